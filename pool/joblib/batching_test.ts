import { assertEquals } from "@std/assert";
import { AutoBatchSize, type BatchChange, nextBatchSize } from "./batching.ts";

Deno.test("the next batch size by joblib's rule, for given times", () => {
  const rows: [size: number, ms: number, next: number][] = [
    [1, 0, 1], // nothing is known
    [1, 0.01, 2], // at most twice the size
    [1, 199, 2],
    [8, 150, 16],
    [8, 200, 8],
    [8, 2000, 8],
    [8, 2001, 1], // trunc(8 * 0.2 / 2.001) is 0
    [100, 2500, 16], // 2 * trunc(100 * 0.2 / 2.5)
    [1, 5000, 1],
  ];
  assertEquals(rows.map(([size, ms]) => nextBatchSize(size, ms)), rows.map((row) => row[2]));
});

Deno.test("test_batching_auto_threading, test_batching_auto_subprocesses: the size follows the times", () => {
  const changes: BatchChange[] = [];
  const auto = new AutoBatchSize((change) => changes.push(change));
  assertEquals(auto.next(), 1);
  auto.completed(1, 0.5);
  assertEquals(auto.next(), 2);
  assertEquals(auto.next(), 2, "the estimate was reset with the change");
  auto.completed(1, 10_000); // of another size: does not count
  assertEquals(auto.next(), 2);
  auto.completed(2, 1000);
  auto.completed(2, 500); // 0.8 * 1000 + 0.2 * 500
  assertEquals(auto.next(), 2);
  auto.completed(2, 10_000); // 0.8 * 900 + 0.2 * 10000
  assertEquals(auto.next(), 1);
  assertEquals(changes, [
    { was: "fast", duration: 0.5, size: 2 },
    { was: "slow", duration: 2720, size: 1 },
  ]);
});
