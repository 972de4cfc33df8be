import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { chunksOf, defaultChunkSize, toList } from "./chunks.ts";

Deno.test("the default chunk size is CPython's: four chunks for each worker, rounded up", () => {
  const sizes = [[10, 2, 2], [100, 4, 7], [7, 4, 1], [1000, 8, 32], [0, 4, 0], [1, 1, 1]];
  for (const [n, workers, size] of sizes) {
    assertEquals(defaultChunkSize(n!, workers!), size, `${n} inputs, ${workers} workers`);
  }
});

Deno.test("chunks hold every input once, in order, and only the last may be shorter", () => {
  assertEquals([...chunksOf([1, 2, 3, 4, 5], 2)], [[1, 2], [3, 4], [5]]);
  assertEquals([...chunksOf([1, 2], 5)], [[1, 2]]);
  assertEquals([...chunksOf([], 3)], []);
});

Deno.test("a typed array is cut into typed arrays on the same memory", () => {
  const list = Float64Array.of(1, 2, 3);
  const [first, second] = [...chunksOf(list, 2)] as Float64Array[];
  assertEquals([first, second], [Float64Array.of(1, 2), Float64Array.of(3)]);
  assertStrictEquals(first!.buffer, list.buffer);
});

Deno.test("arrays and typed arrays are lists already; other iterables become one", () => {
  const list = [1, 2];
  assertStrictEquals(toList(list), list);
  assertEquals(toList(new Set([1, 2])), [1, 2]);
  assert(toList(Int8Array.of(1)) instanceof Int8Array);
  assertEquals(toList("ab"), ["a", "b"]);
});
