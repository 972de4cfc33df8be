import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  cpuCount,
  delayed,
  effectiveNJobs,
  Parallel,
  type ParallelBackend,
  parallelConfig,
  registerParallelBackend,
} from "../mod.ts";
import { nestingLevel } from "./nesting.ts";
import { settingsFor } from "./parallel_config.ts";

/** Runs the calls here, and notes what it was asked for. */
class NotingBackend implements ParallelBackend {
  readonly name = "noting";
  readonly batches: number[] = [];
  ends: boolean[] = [];
  effectiveNJobs(nJobs: number): number {
    return nJobs < 0 ? 2 : nJobs;
  }
  start() {
    return {
      run: async (
        batch: readonly (readonly [(...args: unknown[]) => unknown, readonly unknown[]])[],
      ) => {
        this.batches.push(batch.length);
        return await Promise.all(batch.map(([fn, args]) => fn(...args)));
      },
      end: (aborted: boolean) => void this.ends.push(aborted),
    };
  }
}

const nameOf = (options: Parameters<typeof settingsFor>[0]) => settingsFor(options).backend.name;

Deno.test("test_parallel_config: what is set counts until the block ends, and is inherited", () => {
  assertEquals([effectiveNJobs(null), Parallel().nJobs], [1, null]);
  {
    using _outer = parallelConfig({ nJobs: 3, verbose: 5 });
    assertEquals([effectiveNJobs(null), Parallel().nJobs, Parallel({ nJobs: 2 }).nJobs], [3, 3, 2]);
    {
      using _inner = parallelConfig({ backend: "threading", maxNbytes: null });
      const { nJobs, verbose, maxNbytes } = settingsFor({});
      assertEquals([nJobs, verbose, maxNbytes, nameOf({})], [3, 5, null, "eventLoop"]);
      assertEquals(settingsFor({ verbose: 0, maxNbytes: "1K" }).maxNbytes, 1024);
    }
    assertEquals([nameOf({}), settingsFor({}).maxNbytes], ["workers", 1 << 20]);
  }
  assertEquals(effectiveNJobs(null), 1);
  using _all = parallelConfig({ nJobs: -1 });
  assertEquals(effectiveNJobs(null), cpuCount());
});

Deno.test("test_backend_hinting_and_constraints", () => {
  assertEquals(nameOf({}), "workers");
  assertEquals(nameOf({ prefer: "processes" }), "workers");
  assertEquals(nameOf({ prefer: "threads" }), "eventLoop");
  assertEquals(nameOf({ require: "sharedmem" }), "eventLoop");
  assertEquals(nameOf({ prefer: "threads", backend: "loky" }), "workers");
  using _ = parallelConfig({ backend: "workers", nJobs: 2 });
  assertEquals(nameOf({ prefer: "threads" }), "workers", "what was configured is more than a hint");
  assertEquals(nameOf({ require: "sharedmem" }), "eventLoop");
  assertEquals(settingsFor({ require: "sharedmem" }).nJobs, null, "as joblib, without its nJobs");
});

Deno.test("test_invalid_backend_hinting_and_constraints", () => {
  assertThrows(
    () => Parallel({ prefer: "processes", require: "sharedmem" }),
    RangeError,
    "prefer == 'processes' and require == 'sharedmem' are inconsistent settings",
  );
  assertThrows(
    () => Parallel({ backend: "loky", require: "sharedmem" }),
    RangeError,
    "Backend workers does not support shared memory",
  );
  assertThrows(() => parallelConfig({ backend: "nobody" }), RangeError, "Invalid backend: nobody");
  assertThrows(
    () => parallelConfig({ backend: "threading", innerMaxNumThreads: 1 }),
    RangeError,
    "eventLoop does not accept setting innerMaxNumThreads",
  );
  assertThrows(
    () => parallelConfig({ innerMaxNumThreads: 0 }),
    RangeError,
    "innerMaxNumThreads is 0",
  );
  assertThrows(() => parallelConfig({ jobs: 3 } as never), TypeError, "jobs");
  using _ = parallelConfig({ innerMaxNumThreads: 2 });
  parallelConfig({ backend: "threading" })[Symbol.dispose](); // the limit is of others, and just unused
  assertEquals(effectiveNJobs(null), 1, "a configuration that was refused changes nothing");
});

Deno.test("require sharedmem: the calls see the caller's own objects", async () => {
  const seen = new Set<number>();
  const calls = [1, 2, 3].map((x) => delayed(() => seen.add(x))());
  await Parallel({ nJobs: 2, require: "sharedmem" })(calls);
  assertEquals(seen, new Set([1, 2, 3]));
});

Deno.test("inside a call the configuration of the outside does not count", async () => {
  using _ = parallelConfig({ backend: "eventLoop", nJobs: 4, verbose: 0 });
  const [inside] = await Parallel()([delayed(() => [nestingLevel(), effectiveNJobs(null)])()]);
  assertEquals(inside, [1, 1]);
});

Deno.test("test_register_parallel_backend, test_overwrite_default_backend", async () => {
  const noting = new NotingBackend();
  registerParallelBackend("noting", () => noting);
  const calls = () => Array.from({ length: 7 }, (_, x) => delayed((x: number) => x + 1)(x));
  await using parallel = Parallel({ nJobs: 2, backend: "noting" });
  assertEquals(await parallel(calls()), [1, 2, 3, 4, 5, 6, 7]);
  assertEquals(noting.batches, [1, 1, 1, 1, 1, 1, 1], "it did not ask for batches");
  assertEquals(
    await Parallel({ nJobs: -1, backend: noting, batchSize: 2, preDispatch: "all" })(calls()),
    [
      1,
      2,
      3,
      4,
      5,
      6,
      7,
    ],
  );
  assertEquals(noting.batches.slice(7), [2, 2, 1, 1, 1], "the last ones are shared out");
  assertEquals(noting.ends, [false, false]);
  registerParallelBackend("default", () => noting, { makeDefault: true });
  try {
    assertEquals(nameOf({}), "noting");
  } finally {
    const workers = settingsFor({ backend: "workers" }).backend;
    registerParallelBackend("workers", () => workers, { makeDefault: true });
  }
  assertEquals(nameOf({}), "workers");
  assertThrows(() => registerParallelBackend(3 as never, () => noting), TypeError, "The name");
  assertThrows(() => registerParallelBackend("x", noting as never), TypeError, "The factory");
});

Deno.test("a backend that throws instead of rejecting, or at the end, is an error and no hang", async () => {
  const broken = (run: () => Promise<unknown[]>, end: () => void): ParallelBackend => ({
    name: "broken",
    effectiveNJobs: () => 2,
    start: () => ({ run, end }),
  });
  const fail = () => {
    throw new EvalError("broken on purpose");
  };
  const one = [delayed(Math.abs)(-1)];
  const backends = [broken(fail, () => {}), broken(() => Promise.resolve([1]), fail)];
  for (const backend of backends) {
    await assertRejects(() => Parallel({ nJobs: 2, backend })(one), EvalError, "broken on purpose");
  }
});
