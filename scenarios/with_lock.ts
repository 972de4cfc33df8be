/**
 * `using` releases a lock when its block throws; acquire without try and finally does not.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
function mayFail(): void {
  throw new Error("the disk is full");
}

/** Three ways to hold a lock around work that fails. */
const ways = {
  "acquire, release": mp.task(import.meta, (lock: mp.Lock) => {
    lock.acquire();
    mayFail();
    lock.release(); // <- never reached
  }),
  "acquire, try, finally": mp.task(import.meta, (lock: mp.Lock) => {
    lock.acquire();
    try {
      mayFail();
    } finally {
      lock.release(); // <- reached in any case
    }
  }),
  "using hold()": mp.task(import.meta, (lock: mp.Lock) => {
    using _ = lock.hold(); // <- Python's `with lock:`
    mayFail();
  }),
};

type Way = keyof typeof ways;

/** Run one way in a worker that lives on, and see whether the parent then gets the lock. */
async function run(pool: mp.Pool, way: Way) {
  const lock = new mp.Lock();
  const error = await pool.apply(ways[way], [lock]).catch((error: Error) => error);
  return {
    way,
    error: error instanceof Error ? error.message : "no error",
    free: lock.acquire({ timeout: 0 }), // only tries
  };
}
// #endregion

/** How one way ended. */
export interface Result {
  /** The way. */
  way: string;
  /** The message of the error that the task ended with. */
  error: string;
  /** Whether somebody else then got the lock. */
  free: boolean;
}

/** What must hold of the three ways. */
export function checkWays(results: readonly Result[]): Check[] {
  const free = (way: Way) => results.find((result) => result.way === way)?.free;
  return [
    {
      claim: "All three report the error.",
      holds: results.length === 3 && results.every(({ error }) => error === "the disk is full"),
    },
    { claim: "Without finally the lock stays held.", holds: free("acquire, release") === false },
    { claim: "With finally it is free.", holds: free("acquire, try, finally") === true },
    { claim: "With `using` it is free.", holds: free("using hold()") === true },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "with-lock",
  deck: "Firenze",
  slide: "Synchronization: with some_lock",
  summary: "`using` releases a lock when the block throws",
  question:
    "The slide says that `with lock:` is the same as acquire, try, finally, release. What " +
    "if the work throws, and there is neither?",
  takes: {},
  next: "semaphore",

  async run(_, print) {
    await using pool = new mp.Pool(1);
    const results: Result[] = [];
    for (const way of Object.keys(ways) as Way[]) {
      results.push(await run(pool, way));
      print(`${way}: the work in the worker threw, and the parent tried to get the lock`);
    }
    const held = results.filter(({ free }) => !free).map(({ way }) => way);
    return {
      found: `left held by: ${held.join("; ")}`,
      answer: [
        {
          columns: ["way", "error of the task", "lock free afterwards"],
          rows: results.map(({ way, error, free }) => [way, error, free]),
        },
      ],
      why: "An error leaves a function at once, and the lines that follow do not run, so the " +
        "release() is skipped. The worker lives on and owns the lock, and whoever wants it next " +
        "waits. `finally` runs however the block is left. `using _ = lock.hold()` is the short " +
        "form: the lock is released when the variable goes out of its block, by return, break, " +
        "error or the closing brace. RLock, Semaphore and Condition have hold() too.",
      check: checkWays(results),
    };
  },
};

if (import.meta.main) await alone(scenario);
