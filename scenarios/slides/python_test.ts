import { assert, assertEquals } from "@std/assert";
import { Queue } from "@polycore/polycore";
import { dot, drain, full, range, sleep, sum, zip } from "./python.ts";

Deno.test("range stops before its end", () => {
  assertEquals([...range(3)], [0, 1, 2]);
  assertEquals([...range(1, 4)], [1, 2, 3]);
  assertEquals([...range(2, 2)], []);
});

Deno.test("zip ends with the shorter one", () => {
  assertEquals([...zip([1, 2, 3], "ab")], [[1, "a"], [2, "b"]]);
  assertEquals([...zip("a", [1, 2])], [["a", 1]]);
});

Deno.test("sum, dot and full", () => {
  assertEquals(sum([]), 0);
  assertEquals(sum(range(5)), 10);
  assertEquals(dot([1, 2], [3, 4]), 11);
  assertEquals([...full(2, 1.5)], [1.5, 1.5]);
});

Deno.test("sleep waits", async () => {
  const begin = performance.now();
  await sleep(10);
  assert(performance.now() - begin >= 9);
});

Deno.test("drain empties a queue in order", () => {
  const queue = new Queue<number>();
  for (const i of range(3)) queue.put(i);
  assertEquals([drain(queue), queue.empty()], [[0, 1, 2], true]);
});
