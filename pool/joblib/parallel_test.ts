import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { cpuCount, delayed, effectiveNJobs, Parallel, RemoteTraceback } from "../mod.ts";
import { add, identity, later, square } from "../testing/tasks.ts";
import { squareBut2 } from "./testing/parallel_tasks.ts";

/** The back ends over which joblib runs the same test. */
export const BACKENDS = ["workers", "eventLoop", "sequential"] as const;

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const squares = (n: number) => range(n).map((x) => x * x);

for (const backend of BACKENDS) {
  for (const nJobs of [1, 2]) {
    Deno.test(`test_simple_parallel: ${backend}, nJobs ${nJobs}`, async () => {
      await using parallel = Parallel({ nJobs, backend });
      assertEquals(await parallel(range(10).map((x) => delayed(square)(x))), squares(10));
      assertEquals(await parallel(range(5).map((x) => delayed(add)(x, 1))), [1, 2, 3, 4, 5]);
      assertEquals(await parallel([delayed(later)(7), delayed(square)(3)]), [7, 9]);
    });
  }

  Deno.test(`${backend}: functions of all sorts in one call, and none`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, batchSize: 3 });
    const calls = [
      delayed(square)(2),
      delayed(add)(3, 4),
      delayed(() => "self-contained")(),
      delayed(async () => await Promise.resolve(undefined))(),
      delayed(identity)([1, { a: 2 }]),
      delayed(Math.max)(1, 5, 3),
    ].slice(0, backend === "workers" ? 5 : 6);
    const results: unknown[] = [4, 7, "self-contained", undefined, [1, { a: 2 }], 5];
    assertEquals(await parallel(calls), results.slice(0, calls.length));
    assertEquals(await parallel([]), []);
  });

  Deno.test(`test_parallel_with_exhausted_iterator: ${backend}`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend });
    assertEquals(await parallel([].values()), []);
  });

  Deno.test(`test_error_capture: ${backend}`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, batchSize: 1 });
    const calls = range(9).map((x) => delayed(squareBut2)(x));
    const error = await assertRejects(() => parallel(calls), RangeError, "no square of 2");
    if (backend === "workers") {
      assert(error.cause instanceof RemoteTraceback);
      assertEquals([error.cause.task, error.cause.index], ["squareBut2", 2]);
      assert(error.cause.stack!.includes("parallel_tasks.ts"), error.cause.stack);
    }
    assertEquals(await parallel(range(3).map((x) => delayed(square)(x))), [0, 1, 4]);
  });

  Deno.test(`test_error_in_task_iterator: ${backend}`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend });
    function* calls() {
      yield delayed(square)(1);
      yield delayed(square)(2);
      throw new SyntaxError("the input ends badly");
    }
    await assertRejects(() => parallel(calls()), SyntaxError, "the input ends badly");
    assertEquals(await parallel([delayed(square)(3)]), [9]);
  });
}

for (const batchSize of [1, 3, 7, "auto"] as const) {
  for (const preDispatch of [1, "n_jobs", "2 * n_jobs", "all"]) {
    Deno.test(`nothing is lost or doubled: batchSize ${batchSize}, preDispatch ${preDispatch}`, async () => {
      await using parallel = Parallel({ nJobs: 2, batchSize, preDispatch });
      assertEquals(await parallel(range(50).map((x) => delayed(square)(x))), squares(50));
    });
  }
}

Deno.test("the same names as joblib's for backends", async () => {
  for (const backend of ["loky", "multiprocessing", "threading"]) {
    await using parallel = Parallel({ nJobs: 2, backend });
    assertEquals(await parallel([delayed(square)(3)]), [9]);
  }
});

Deno.test("test_effective_n_jobs, test_effective_n_jobs_None", () => {
  assertEquals(effectiveNJobs(), cpuCount());
  assertEquals(effectiveNJobs(-1), cpuCount());
  assertEquals([effectiveNJobs(1), effectiveNJobs(7), effectiveNJobs(null)], [1, 7, 1]);
  assertThrows(() => effectiveNJobs(0), RangeError, "nJobs == 0 in Parallel has no meaning");
});

Deno.test("test_invalid_backend, test_invalid_batch_size, test_invalid_njobs: told at once", () => {
  const bad = (options: object) => () => Parallel(options as { nJobs?: number });
  assertThrows(
    bad({ backend: "unit-testing" }),
    RangeError,
    "Invalid backend: unit-testing, expected one of ['eventLoop', 'loky', 'multiprocessing', 'sequential', 'threading', 'workers'",
  );
  assertThrows(bad({ backend: {} }), TypeError, "The backend is");
  for (const batchSize of [0, -1, 1.42]) {
    assertThrows(
      bad({ batchSize }),
      RangeError,
      `batchSize must be 'auto' or a positive integer, got: ${batchSize}`,
    );
  }
  assertThrows(bad({ nJobs: 0 }), RangeError, "nJobs == 0 in Parallel has no meaning");
  assertThrows(bad({ nJobs: "four" }), TypeError, "nJobs could not be converted to int");
  assertThrows(bad({ returnAs: "tuple" }), RangeError, "returnAs is");
  assertThrows(bad({ preDispatch: "exit()" }), RangeError, "preDispatch is");
  assertThrows(bad({ maxNbytes: "1T" }), RangeError, "maxNbytes is");
  assertThrows(bad({ timeout: "1s" }), TypeError, "timeout is");
  assertThrows(bad({ verbose: "yes" }), TypeError, "verbose is");
  assertThrows(bad({ prefer: "fibers" }), RangeError, "prefer is");
  assertThrows(bad({ require: "speed" }), RangeError, "require is");
  assertThrows(bad({ n_jobs: 2 }), TypeError, "n_jobs");
  assertThrows(() => delayed(3 as never), TypeError, "The argument of delayed");
});

Deno.test("what is no delayed call is named by its place", async () => {
  for (const nJobs of [1, 2]) {
    await using parallel = Parallel({ nJobs });
    const calls = [delayed(square)(1), square(2) as never];
    await assertRejects(() => parallel(calls), TypeError, "Input 1 of Parallel is 4");
    await assertRejects(() => parallel(3 as never), TypeError, "The input is 3");
  }
});

Deno.test("an argument that cannot be copied is named by its path", async () => {
  await using parallel = Parallel({ nJobs: 2, batchSize: 2 });
  const weak = { rows: [1, { key: new WeakMap() }] };
  const calls = range(5).map((x) => delayed(identity)(x === 3 ? weak : x));
  const error = await assertRejects(() => parallel(calls));
  assert((error as Error).message.startsWith("calls[3].args[0].rows[1].key is"), String(error));
});
