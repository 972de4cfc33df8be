import { assertEquals } from "@std/assert";
import { cpuCount, delayed, Parallel, parallelConfig } from "../mod.ts";
import { backendsBelow, shareInside } from "./testing/parallel_tasks.ts";

const twice = (depth: number) => [0, 1].map(() => delayed(backendsBelow)(depth));

Deno.test("test_nested_parallelism_limit: workers, then the event loop, then a plain loop", async () => {
  await using parallel = Parallel({ nJobs: 2 });
  const expected = [[1, 3], [2, 1], [2, 1]];
  assertEquals(await parallel(twice(2)), [expected, expected]);
});

Deno.test("test_nested_parallelism_limit: the event loop twice, then a plain loop", async () => {
  const expected = [[1, 3], [2, 1], [2, 1]];
  assertEquals(await Parallel({ nJobs: 2, backend: "eventLoop" })(twice(2)), [expected, expected]);
});

Deno.test("test_thread_bomb_mitigation: calls in calls in calls come to an end", async () => {
  await using parallel = Parallel({ nJobs: 2 });
  const [all] = await parallel(twice(8));
  assertEquals(all!.length, 9);
  assertEquals(all!.at(-1), [2, 1]);
});

Deno.test("a worker's own work takes its share of the processors, unless it asks for more", async () => {
  const share = Math.max(1, Math.floor(cpuCount() / 2));
  await using parallel = Parallel({ nJobs: 2 });
  const expected = { cpus: share, pool: share, eventLoop: share, own: [2, 2] };
  assertEquals(await parallel([delayed(shareInside)()]), [expected]);
});

Deno.test("test_threadpool_limitation_in_child_override: innerMaxNumThreads is the share", async () => {
  using _ = parallelConfig({ innerMaxNumThreads: 3 });
  await using parallel = Parallel({ nJobs: 2 });
  const [inside] = await parallel([delayed(shareInside)()]);
  assertEquals([inside!.cpus, inside!.pool], [3, 3]);
});
