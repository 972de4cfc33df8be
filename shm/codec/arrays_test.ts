import { assert, assertEquals } from "@std/assert";
import { encode } from "./mod.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";

Deno.test("holes stay holes", () => {
  assertAsCloned([, 1, , , 2, ,]);
  assertAsCloned(new Array(3));
  assertAsCloned([undefined, , undefined]);
  assertAsCloned([0.5, , 1.5]);
  assertAsCloned([{ a: 1 }, , "x"]);
});

Deno.test("holes in arrays of every length stay where they are", () => {
  for (const length of [255, 256, 257, 300, 1000, 5000]) {
    const array = new Array(length);
    assertAsCloned(array);
    array[length - 1] = "last";
    assertAsCloned(array);
    array[0] = "first";
    array[length >> 1] = 0.5;
    assertAsCloned(array);
  }
});

Deno.test("a sparse array takes the time of its elements, not of its length", () => {
  const array: unknown[] = [];
  for (let i = 0; i < 2000; i++) array[i * 1_000_003] = i;
  array.length = 2 ** 32 - 1;
  const before = performance.now();
  const copy = roundTrip(array);
  assert(performance.now() - before < 1000);
  assertEquals(copy.length, 2 ** 32 - 1);
  assertEquals(Object.keys(copy), Object.keys(array));
  assertEquals(copy[1999 * 1_000_003], 1999);
  assert(encode(array) < 10_000);
});

Deno.test("an array of more elements than fit into the first word comes through", () => {
  const array = new Array(2 ** 24 + 3).fill(1);
  array[2 ** 24] = "x";
  const copy = roundTrip(array);
  assertEquals(copy.length, array.length);
  assertEquals(copy[2 ** 24], "x");
  assertEquals(copy[2 ** 24 + 2], 1);
});

Deno.test("the result of a match keeps index, input and groups", () => {
  const match = /(?<year>\d+)-(\d+)/.exec("on 2024-05")!;
  const copy = roundTrip(match);
  assertEquals([...copy], ["2024-05", "2024", "05"]);
  assertEquals(copy.index, 3);
  assertEquals(copy.input, "on 2024-05");
  assertEquals({ ...copy.groups }, { year: "2024" });
  assertAsCloned([..."a1b2".matchAll(/[a-z](\d)/g)]);
});

Deno.test("a subclass of Array arrives as an array", () => {
  class Stack extends Array<number> {}
  assertAsCloned(Stack.from([1, 2, 3]));
});
