import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { Queue } from "@polycore/shm";
import {
  delayed,
  MaybeEncodingError,
  Parallel,
  type ParallelCall,
  Pool,
  releaseWorkers,
  type RemoteTraceback,
  TimeoutError,
  WorkerDiedError,
} from "../mod.ts";
import { CODES, DEATHS, die, square } from "../testing/tasks.ts";
import {
  consume,
  dieOf,
  inPool,
  letEnd,
  meet,
  never,
  squareBut2,
} from "./testing/parallel_tasks.ts";

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** The threads that run two calls at once. */
async function threadsOf(parallel: ParallelCall): Promise<unknown[]> {
  const [arrived, go] = [new Queue(), new Event()];
  const both = parallel([delayed(meet)(arrived, go), delayed(meet)(arrived, go)]);
  await arrived.getAsync();
  await arrived.getAsync();
  go.set();
  return (await both).sort();
}

Deno.test("test_loky_reuse_workers: the next call has the same workers, of any Parallel", async () => {
  const one = Parallel({ nJobs: 2 });
  const first = await threadsOf(one);
  assertEquals(new Set(first).size, 2);
  assertEquals(await threadsOf(one), first);
  assertEquals(await threadsOf(Parallel({ nJobs: 2 })), first);
  await releaseWorkers();
  const next = await threadsOf(one);
  assertEquals(next.filter((pid) => first.includes(pid)), []);
  await releaseWorkers();
  await releaseWorkers(); // there are none: that is fine
});

Deno.test("another number of jobs has other workers, and calls at once have their own", async () => {
  await using two = Parallel({ nJobs: 2 });
  const first = await threadsOf(two);
  assertEquals(await Parallel({ nJobs: 3 })(range(9).map((x) => delayed(square)(x))), [
    0,
    1,
    4,
    9,
    16,
    25,
    36,
    49,
    64,
  ]);
  assertNotEquals(await threadsOf(two), first);
  const [a, b] = await Promise.all([threadsOf(two), threadsOf(Parallel({ nJobs: 2 }))]);
  assertEquals(new Set([...a, ...b]).size, 4);
});

for (const backend of ["workers", "eventLoop"]) {
  Deno.test(`test_dispatch_multiprocessing: ${backend} takes the input only so far ahead`, async () => {
    await using parallel = Parallel({ nJobs: 2, batchSize: 1, preDispatch: 3, backend });
    const log = new Queue<string>();
    function* produce() {
      for (const x of range(6)) {
        log.put(`Produced ${x}`);
        yield delayed(consume)(log, x);
      }
    }
    await parallel(produce());
    const lines = range(12).map(() => log.get());
    assertEquals(lines.slice(0, 3), ["Produced 0", "Produced 1", "Produced 2"]);
    assert(lines[3]!.startsWith("Consumed"), lines[3]);
  });
}

Deno.test("test_batching_auto_subprocesses: short calls are sent many at once", async () => {
  await using parallel = Parallel({ nJobs: 2, verbose: 10 });
  const { error } = console;
  const lines: string[] = [];
  console.error = (line: string) => lines.push(line);
  try {
    await parallel(range(2000).map((x) => delayed(square)(x)));
  } finally {
    console.error = error;
  }
  assert(lines.some((line) => line.endsWith("Setting batch_size=2.")), lines.join("\n"));
});

const ORDERS: [batchSize: number, order: string][] = [
  [1, "P0 C0 P1 C1 P2 C2 P3 C3 P4 C4 P5 C5"],
  [4, "P0 P1 P2 P3 C0 C1 C2 C3 P4 P5 C4 C5"],
];

for (const [batchSize, order] of ORDERS) {
  Deno.test(`test_dispatch_one_job: batchSize ${batchSize}`, async () => {
    const log: string[] = [];
    function* produce() {
      for (const x of range(6)) {
        log.push(`P${x}`);
        yield delayed((x: number) => log.push(`C${x}`))(x);
      }
    }
    await Parallel({ nJobs: 1, batchSize })(produce());
    assertEquals(log.join(" "), order);
  });
}

for (const backend of ["workers", "eventLoop"]) {
  Deno.test(`test_parallel_timeout_fail: ${backend}`, async () => {
    const [begun, go] = [new Event(), new Event()];
    const calls = [delayed(never)(begun, go), delayed(never)(begun, go)];
    const options = { nJobs: 2, timeout: 20, backend };
    const late = "never with input 0 was not done within 20 ms";
    await using parallel = Parallel(options);
    await assertRejects(() => parallel(calls), TimeoutError, late);
    for (const returnAs of ["generator", "generator_unordered"] as const) {
      await using generator = Parallel({ ...options, returnAs });
      await assertRejects(() => generator(calls).next(), TimeoutError, late);
    }
    await letEnd(go);
  });
}

Deno.test("test_parallel_timeout_success: no timeout while the calls are quick; none with one job", async () => {
  await using parallel = Parallel({ nJobs: 2, timeout: 600_000 });
  const calls = range(10).map((x) => delayed(square)(x));
  assertEquals(await parallel(calls), range(10).map((x) => x * x));
  assertEquals(await Parallel({ nJobs: 1, timeout: 0 })(calls), range(10).map((x) => x * x));
});

Deno.test("an error ends the calls that run, and the next call has new workers", async () => {
  await using parallel = Parallel({ nJobs: 2, batchSize: 1 });
  const [begun, go] = [new Event(), new Event()];
  const calls = [delayed(never)(begun, go), delayed(squareBut2)(2)];
  await assertRejects(() => parallel<typeof calls[number]>(calls), RangeError, "no square of 2");
  assertEquals(await parallel([delayed(square)(3)]), [9]);
});

Deno.test("a worker that dies ends the call with the input that it was at", async () => {
  await using parallel = Parallel({ nJobs: 2, batchSize: 2 });
  const calls = range(6).map((x) => delayed(dieOf)(x));
  const error = await assertRejects(() => parallel(calls), WorkerDiedError, "dieOf with input 1");
  assertEquals(error.exitcode, 9);
  assertEquals(await parallel([delayed(square)(3)]), [9]);
});

Deno.test("in the worker of a Pool, which may start no workers, calls are a plain loop", async () => {
  await using pool = new Pool(1);
  assertEquals(await pool.apply(inPool), [1]);
});

for (const death of DEATHS) {
  Deno.test(`a call that ends its worker by ${death} is an error that names it, and no hang`, async () => {
    await using parallel = Parallel({ nJobs: 2, batchSize: 1 });
    const calls = [delayed(die)(death)];
    const error = await assertRejects(() => parallel(calls), WorkerDiedError, "die with input 0");
    assertEquals(error.exitcode, CODES[death]);
  });
}

for (const nJobs of [1, 2]) {
  Deno.test(`a signal gives up the whole call, nJobs ${nJobs}`, async () => {
    const control = new AbortController();
    const { signal } = control;
    await using parallel = Parallel({ nJobs, signal, returnAs: "generator" });
    const [begun, go] = [new Event(), new Event()];
    function* calls() {
      yield delayed(square)(1);
      for (;;) yield delayed(never)(begun, go);
    }
    const results = parallel(calls());
    await results.next();
    if (nJobs > 1) await begun.waitAsync();
    control.abort(new EvalError("enough"));
    await assertRejects(() => results.next(), EvalError, "enough");
    assertThrows(() => parallel([]), EvalError, "enough");
  });
}

Deno.test("a result that cannot be copied is an error of its call", async () => {
  await using parallel = Parallel({ nJobs: 2, batchSize: 2 });
  const calls = range(4).map((x) => delayed((x: number) => x === 3 ? new WeakMap() : x)(x));
  const error = await assertRejects(
    () => parallel<typeof calls[number]>(calls),
    MaybeEncodingError,
  );
  assertEquals((error.cause as RemoteTraceback).index, 3);
});
