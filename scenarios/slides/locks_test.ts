/**
 * The slides on synchronization.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { drain, range } from "./python.ts";

type Counts = mp.Array<"i">;
const [INSIDE, MOST, DONE] = [0, 1, 2];

/** Count who is inside, in steps that a second one in the same place would spoil. */
function enterAndLeave(counts: Counts, guard: mp.Lock): void {
  guard.acquire();
  counts[INSIDE] += 1;
  counts[MOST] = Math.max(counts[MOST], counts[INSIDE]);
  guard.release();
  guard.acquire();
  counts[INSIDE] -= 1;
  counts[DONE] += 1;
  guard.release();
}

/** Start functions with their arguments, and wait until all have ended well. */
async function runAll(processes: mp.Process[]): Promise<void> {
  for (const p of processes) p.start();
  for (const p of processes) await p.join();
  assertEquals(processes.map((p) => p.exitcode), processes.map(() => 0));
}

const increment = mp.task(import.meta, (lock: mp.Lock, n: mp.Value<"i">) => {
  for (const _ of range(500)) {
    lock.acquire();
    n.value += 1;
    lock.release();
  }
});

const incrementWith = mp.task(import.meta, (lock: mp.Lock, n: mp.Value<"i">) => {
  for (const _ of range(500)) {
    using _lock = lock.hold();
    n.value += 1;
  }
});

Deno.test("Firenze, Synchronization: Lock by acquire and release, and by with", async () => {
  const lock = new mp.Lock();
  const n = new mp.Value("i", 0);
  const targets = [increment, incrementWith, increment, incrementWith];
  await runAll(targets.map((target) => new mp.Process({ target, args: [lock, n] })));
  assertEquals(n.value, 2000);
});

const useResource = mp.task(
  import.meta,
  (places: mp.Semaphore, counts: Counts, guard: mp.Lock, begun: mp.Barrier) => {
    begun.wait();
    for (const _ of range(100)) {
      using _place = places.hold();
      enterAndLeave(counts, guard);
    }
  },
);

const meetInside = mp.task(import.meta, (places: mp.Semaphore, inside: mp.Barrier) => {
  places.acquire();
  inside.wait();
  places.release();
});

Deno.test("Firenze, Synchronization: Semaphore limits how many are inside at once", async () => {
  const places = new mp.Semaphore(2);
  const counts = new mp.Array("i", 3);
  const args: [mp.Semaphore, Counts, mp.Lock, mp.Barrier] = [
    places,
    counts,
    new mp.Lock(),
    new mp.Barrier(4),
  ];
  await runAll([...range(4)].map(() => new mp.Process({ target: useResource, args })));
  assert(counts[MOST] <= 2, `${counts[MOST]} were inside`);
  assertEquals([counts[INSIDE], counts[DONE]], [0, 400]);
  // And two do get in at once: each of them waits for the other one inside.
  const inside = new mp.Barrier(2);
  await runAll([1, 2].map(() => new mp.Process({ target: meetInside, args: [places, inside] })));
});

const twoSteps = mp.task(
  import.meta,
  (n: number, barrier: mp.Barrier, out: mp.Queue<string>) => {
    out.put(`step 1 of ${n}`);
    barrier.wait();
    out.put(`step 2 of ${n}`);
  },
);

Deno.test("Firenze, Synchronization: Barrier, nobody begins step 2 before all have done step 1", async () => {
  const out = new mp.Queue<string>();
  const barrier = new mp.Barrier(3);
  await runAll(
    [...range(3)].map((n) => new mp.Process({ target: twoSteps, args: [n, barrier, out] })),
  );
  const lines = drain(out);
  assertEquals(lines.slice(0, 3).toSorted(), ["step 1 of 0", "step 1 of 1", "step 1 of 2"]);
  assertEquals(lines.slice(3).toSorted(), ["step 2 of 0", "step 2 of 1", "step 2 of 2"]);
});

type Stage = [cond: mp.Condition, stage: mp.Value<"i">, out: mp.Queue<string>];

const stage1 = mp.task(import.meta, (...[cond, stage, out]: Stage) => {
  using _ = cond.hold();
  out.put("stage 1");
  stage.value = 1;
  cond.notifyAll();
});

const stage2 = mp.task(import.meta, (...[cond, stage, out]: Stage) => {
  using _ = cond.hold();
  cond.waitFor(() => stage.value === 1);
  out.put("stage 2");
});

Deno.test("Firenze, Synchronization: Condition, a stage of a workflow waits for the one before", async () => {
  const args: Stage = [new mp.Condition(), new mp.Value("i", 0), new mp.Queue<string>()];
  await runAll([stage2, stage2, stage1].map((target) => new mp.Process({ target, args })));
  assertEquals(drain(args[2]), ["stage 1", "stage 2", "stage 2"]);
});

Deno.test("Firenze, Synchronization: with a lock is acquire, try, finally, release", () => {
  const someLock = new mp.Lock();
  const seen: boolean[] = [];
  const withLock = () => {
    using _ = someLock.hold();
    seen.push(someLock.locked);
    throw new Error("inside");
  };
  const tryFinally = () => {
    someLock.acquire();
    try {
      seen.push(someLock.locked);
      throw new Error("inside");
    } finally {
      someLock.release();
    }
  };
  for (const block of [withLock, tryFinally]) {
    assertThrows(block, Error, "inside");
    seen.push(someLock.locked);
  }
  assertEquals(seen, [true, false, true, false]);
});
