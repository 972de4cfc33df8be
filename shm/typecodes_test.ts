import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { allocateZeroed, free } from "@polycore/sync/internal";
import { sizeOf, toElement, type TypeCode, viewAt } from "./typecodes.ts";

const SIZES: Record<TypeCode, number> = {
  b: 1,
  B: 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
};

Deno.test("each typecode has its size and its typed array", () => {
  const block = allocateZeroed(16);
  for (const [code, size] of Object.entries(SIZES) as [TypeCode, number][]) {
    assertEquals(sizeOf(code), size);
    const view = viewAt(code, block * 4, 4);
    assertEquals([view.length, view.byteLength, view.byteOffset], [4, 4 * size, block * 4]);
    assert(view.buffer instanceof SharedArrayBuffer);
    assertEquals(typeof view[0], "qQ".includes(code) ? "bigint" : "number");
  }
  free(block);
});

Deno.test("a bad typecode is named, with those that there are", () => {
  for (const bad of ["x", "", "ii", "toString", "constructor", 7, null, undefined, ["i"]]) {
    const text = typeof bad === "string" ? JSON.stringify(bad) : String(bad);
    assertThrows(
      () => sizeOf(bad as TypeCode),
      TypeError,
      `bad typecode ${text}: it must be one of b B h H i I l L q Q f d.`,
    );
  }
});

Deno.test("an element is of the kind that the typecode holds", () => {
  assertStrictEquals(toElement("d", 1.5), 1.5);
  assertStrictEquals(toElement("f", NaN), NaN);
  assertStrictEquals(toElement("i", 2 ** 40), 2 ** 40);
  assertStrictEquals(toElement("q", 5), 5n);
  assertStrictEquals(toElement("Q", 2n ** 70n), 2n ** 70n);
});

Deno.test("anything else is refused, with what was seen and what is allowed", () => {
  const cases: [TypeCode, unknown, string][] = [
    ["i", 1.5, 'Cannot store 1.5 (number) under typecode "i": it takes a whole number'],
    ["i", NaN, "it takes a whole number, so round it first."],
    ["B", Infinity, "it takes a whole number"],
    ["i", 1n, "Cannot store 1 (bigint)"],
    ["d", 1n, 'under typecode "d": it takes a number.'],
    ["d", "1", 'Cannot store "1" (string)'],
    ["d", null, "Cannot store null (object)"],
    ["q", 0.5, "it takes a bigint or a whole number."],
    ["q", undefined, "Cannot store undefined (undefined)"],
    ["i", true, "Cannot store true (boolean)"],
  ];
  for (const [code, value, text] of cases) {
    assertThrows(() => toElement(code, value), TypeError, text);
  }
});
