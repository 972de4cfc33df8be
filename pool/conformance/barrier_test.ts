import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Barrier, BrokenBarrierError, type Lock } from "@polycore/sync";
import { type Connection, Pipe, type Queue, type Value } from "@polycore/shm";
import {
  ALL,
  type BackEnd,
  type Call,
  conformance,
  type Party,
  party,
  takesAtLeast,
} from "./testing/back_ends.ts";
import { task } from "../mod.ts";
import { LIMIT, until } from "../testing/helpers.ts";

/** The parties; one of them is the main thread. */
const N = 5;

/** What CPython counts with lists. */
type Count = Value<"i">;

/** CPython's `run_threads`: N - 1 parties and the main thread run the same function. */
async function runAll<A extends unknown[]>(
  b: BackEnd,
  body: Party<A>,
  ...args: A
): Promise<void> {
  for (let n = 1; n < N; n++) b.spawn(body, ...args);
  await body(b.form, ...args);
  await b.joinAll();
}

const multipass = party(
  import.meta,
  async (call, barrier: Barrier, before: Count, behind: Count, passes: number) => {
    for (let n = 0; n < passes; n++) {
      before.add(1);
      assert(behind.value === n * N);
      await call(barrier, "wait");
      behind.add(1);
      assert(before.value === (n + 1) * N);
      await call(barrier, "wait");
    }
    assertEquals([barrier.nWaiting, barrier.broken, barrier.parties], [0, false, N]);
  },
);

for (const [name, passes] of [["test_barrier", 1], ["test_barrier_10", 10]] as const) {
  conformance(ALL, `_TestBarrier.${name}`, async (b) => {
    const before = b.Value("i", 0), behind = b.Value("i", 0);
    await runAll(b, multipass, b.Barrier(N), before, behind, passes);
    assertEquals([before.value, behind.value], [passes * N, passes * N]);
  });
}

const putIndex = party(import.meta, async (call, barrier: Barrier, indices: Queue<number>) => {
  await call(indices, "put", await call(barrier, "wait"));
});

conformance(ALL, "_TestBarrier.test_wait_return", async (b) => {
  const indices = b.Queue<number>(), seen: number[] = [];
  await runAll(b, putIndex, b.Barrier(N), indices);
  for (let n = 0; n < N; n++) seen.push(await b.call(indices, "get"));
  assertEquals(seen.sort(), [0, 1, 2, 3, 4]);
});

/** Where the action counts: it takes no arguments, so each party says it before it waits. */
let acted: Count | undefined;
const act = task(import.meta, () => void acted!.add(1));

const waitForAction = party(import.meta, async (call, barrier: Barrier, results: Count) => {
  acted = results;
  await call(barrier, "wait");
  assertEquals(results.value, 1);
});

conformance(ALL, "_TestBarrier.test_action", async (b) => {
  const results = b.Value("i", 0);
  await runAll(b, waitForAction, b.Barrier(N, { action: act }), results);
  assertEquals(results.value, 1);
});

/** One party aborts when it has passed once; the others hear of it. Counts who passed and who heard. */
async function abortInTheMiddle(
  call: Call,
  barrier: Barrier,
  passed: Count,
  broken: Count,
): Promise<void> {
  const index = await call(barrier, "wait");
  if (index === N >> 1) return barrier.abort();
  try {
    await call(barrier, "wait");
    passed.add(1);
  } catch (error) {
    if (!(error instanceof BrokenBarrierError)) throw error;
    broken.add(1);
  }
}

const aborted = party(import.meta, abortInTheMiddle);

conformance(ALL, "_TestBarrier.test_abort", async (b) => {
  const barrier = b.Barrier(N), passed = b.Value("i", 0), broken = b.Value("i", 0);
  await runAll(b, aborted, barrier, passed, broken);
  assertEquals([passed.value, broken.value, barrier.broken], [0, N - 1, true]);
  assertEquals(Deno.inspect(barrier), "<Barrier broken>");
  await assertRejects(() => b.call(barrier, "wait"), BrokenBarrierError, "reset()");
});

const resetOnce = party(
  import.meta,
  async (call, barrier: Barrier, passed: Count, broken: Count, again: Count) => {
    const index = await call(barrier, "wait");
    if (index === N >> 1) {
      await until(() => barrier.nWaiting === N - 1);
      assertEquals(Deno.inspect(barrier), `<Barrier waiters=${N - 1}/${N}>`);
      barrier.reset();
    } else {
      try {
        await call(barrier, "wait");
        passed.add(1);
      } catch (error) {
        if (!(error instanceof BrokenBarrierError)) throw error;
        broken.add(1);
      }
    }
    await call(barrier, "wait");
    again.add(1);
  },
);

conformance(ALL, "_TestBarrier.test_reset", async (b) => {
  const barrier = b.Barrier(N),
    passed = b.Value("i", 0),
    broken = b.Value("i", 0),
    again = b.Value("i", 0);
  await runAll(b, resetOnce, barrier, passed, broken, again);
  assertEquals([passed.value, broken.value, again.value], [0, N - 1, N]);
  assertEquals([barrier.broken, barrier.nWaiting], [false, 0]);
});

const abortedAndReset = party(
  import.meta,
  async (
    call,
    barrier: Barrier,
    other: Barrier,
    passed: Count,
    broken: Count,
    again: Count,
  ) => {
    await abortInTheMiddle(call, barrier, passed, broken);
    // All have left it when it is reset, and nobody enters it before.
    if (await call(other, "wait") === N >> 1) barrier.reset();
    await call(other, "wait");
    await call(barrier, "wait");
    again.add(1);
  },
);

conformance(ALL, "_TestBarrier.test_abort_and_reset", async (b) => {
  const passed = b.Value("i", 0), broken = b.Value("i", 0), again = b.Value("i", 0);
  await runAll(b, abortedAndReset, b.Barrier(N), b.Barrier(N), passed, broken, again);
  assertEquals([passed.value, broken.value, again.value], [0, N - 1, N]);
});

/** One party comes only when the barrier has broken; all hear of it. */
const comeLate = party(
  import.meta,
  async (call, barrier: Barrier, timeout: number | undefined, least: number, broken: Count) => {
    // Also the first meeting counts: whoever is delayed behind it does not see the whole wait.
    await takesAtLeast(least, async () => {
      const late = await call(barrier, "wait", { timeout: LIMIT }) === N >> 1;
      if (late) await until(() => barrier.broken);
      await assertRejects(() => call(barrier, "wait", { timeout }), BrokenBarrierError);
    });
    broken.add(1);
  },
);

conformance(ALL, "_TestBarrier.test_timeout", async (b) => {
  const barrier = b.Barrier(N), broken = b.Value("i", 0);
  await runAll(b, comeLate, barrier, 50, 50, broken);
  assertEquals([broken.value, barrier.broken], [N, true]);
});

conformance(ALL, "_TestBarrier.test_default_timeout", async (b) => {
  const barrier = b.Barrier(N, { timeout: 50 }), broken = b.Value("i", 0);
  await runAll(b, comeLate, barrier, undefined, 50, broken);
  assertEquals([broken.value, barrier.broken], [N, true]);
});

conformance(ALL, "_TestBarrier.test_single_thread", async (b) => {
  const barrier = b.Barrier(1);
  for (let n = 0; n < 2; n++) assertEquals(await b.call(barrier, "wait"), 0);
  assertEquals(await b.call(barrier, "wait", { timeout: 0 }), 0);
});

const sendEachRound = party(
  import.meta,
  async (call, barrier: Barrier, passes: number, conn: Connection, lock: Lock) => {
    for (let n = 0; n < passes; n++) {
      await call(barrier, "wait");
      using _ = await call(lock, "hold");
      conn.send(n);
    }
  },
);

conformance(ALL, "_TestBarrier.test_thousand", async (b) => {
  const barrier = b.Barrier(N), lock = b.Lock(), passes = 1000;
  const [conn, theirs] = Pipe(false);
  for (let n = 0; n < N; n++) b.spawn(sendEachRound, barrier, passes, theirs, lock);
  for (let n = 0; n < passes; n++) {
    for (let i = 0; i < N; i++) assertEquals(await b.call(conn, "recv"), n);
  }
});
