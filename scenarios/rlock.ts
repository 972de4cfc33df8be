/**
 * A function that holds a lock calls itself: a Lock deadlocks, an RLock does not.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** n! by recursion, every level under the same lock. */
function factorial(n: number, lock: mp.Lock | mp.RLock): number {
  using _ = lock.hold(); // the level above holds it already
  return n <= 1 ? 1 : n * factorial(n - 1, lock);
}

const compute = mp.task(import.meta, (n: number, lock: mp.Lock | mp.RLock) => {
  return factorial(n, lock);
});

/** Acquire twice, let go once, and wait for the parent to look. */
const holdTwice = mp.task(import.meta, (lock: mp.RLock, inside: mp.Event, go: mp.Event) => {
  using _outer = lock.hold();
  {
    using _inner = lock.hold();
  }
  inside.set(); // released once of two times: still held
  go.wait();
});

async function run(pool: mp.Pool, n: number, lock: mp.Lock | mp.RLock) {
  const result = await pool.apply(compute, [n, lock]).catch((error: Error) => error);
  return { result, free: !lock.locked };
}

async function othersWait(pool: mp.Pool) {
  const [lock, inside, go] = [new mp.RLock(), new mp.Event(), new mp.Event()];
  const held = pool.applyAsync(holdTwice, [lock, inside, go]);
  await inside.waitAsync();
  const meanwhile = lock.acquire({ timeout: 0 }); // only tries
  go.set();
  await held.get();
  return { meanwhile, afterwards: lock.acquire({ timeout: 0 }) };
}
// #endregion

/** How one kind of lock did. */
export interface Result {
  /** The result, or the error. */
  result: number | Error;
  /** Whether the lock is free in the end. */
  free: boolean;
}

/** What must hold of both kinds. */
export function checkRecursion(expected: number, plain: Result, recursive: Result): Check[] {
  const error = plain.result instanceof Error ? plain.result : undefined;
  return [
    { claim: "With a Lock the deadlock is reported.", holds: error?.name === "DeadlockError" },
    { claim: "With an RLock the result is right.", holds: recursive.result === expected },
    { claim: "Both locks are free in the end.", holds: plain.free && recursive.free },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "rlock",
  deck: "PNNL",
  slide: "Multiprocessor manager: RLock; Firenze: Synchronization",
  summary: "a recursion under a Lock deadlocks itself; an RLock not",
  question:
    "A recursive function takes a lock and calls itself, which takes the same lock again. " +
    "Who lets go first?",
  takes: { size: { means: "levels of the recursion", full: 10, min: 2, max: 18 } },
  next: "deadlock",

  async run({ size }, print) {
    const expected = Array.from({ length: size }, (_, i) => i + 1).reduce((a, b) => a * b, 1);
    await using pool = new mp.Pool(1);
    // #region lesson
    const plain = await run(pool, size, new mp.Lock({ name: "the lock" })); // <- waits for itself
    print(`${size}! by recursion under a Lock`);
    const recursive = await run(pool, size, new mp.RLock({ name: "the lock" })); // <- counts
    // #endregion
    print(`${size}! by recursion under an RLock`);
    const others = await othersWait(pool);
    print("a worker acquired an RLock twice and released it once; the parent tried to get it");
    const show = ({ result }: Result) =>
      result instanceof Error ? result.name : result.toLocaleString("en-US");
    return {
      found: `Lock: ${show(plain)}; RLock: ${show(recursive)}`,
      answer: [
        {
          columns: ["lock", `${size}! is`, "free in the end"],
          rows: [["Lock", show(plain), plain.free], ["RLock", show(recursive), recursive.free]],
        },
        plain.result instanceof Error ? plain.result.message : "No deadlock was reported.",
      ],
      why:
        "A Lock is taken by whoever is first, and does not ask who asks: the second level waits " +
        "for the first, which waits for the second. In Python that waits for ever; here it is an " +
        "error in that thread, and as the error unwinds, `using` lets the lock go. An RLock " +
        "knows its owner and counts: the owner gets it again at once, and it is free after as " +
        "many releases. For everybody else it is an ordinary lock.",
      beside: {
        columns: ["a recursion under", "Python", "here"],
        rows: [["Lock", "waits for ever", show(plain)], ["RLock", "runs", show(recursive)]],
      },
      check: [
        ...checkRecursion(expected, plain, recursive),
        {
          claim: "Others get an RLock only after its last release.",
          holds: !others.meanwhile && others.afterwards,
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
