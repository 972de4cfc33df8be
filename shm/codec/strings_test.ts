import { assertEquals, assertStrictEquals } from "@std/assert";
import { i32 } from "@polycore/sync/internal";
import { decode, encode, scratchAddress } from "./mod.ts";
import { roundTrip } from "./testing.ts";

/** Of every length around the limits between the ways in which strings travel. */
const LENGTHS = [...Array(70).keys(), 255, 1000, 4095, 4096, 4097, 8191, 100_000];

function fill(length: number, alphabet: string): string {
  let s = "";
  while (s.length < length) s += alphabet;
  return s.slice(0, length);
}

for (
  const [name, alphabet] of Object.entries({
    ASCII: "Hello, world 0123456789",
    "Latin-1": "Grüße, Ärger, ÿ\u0080\u0000",
    "other scripts": "日本語 Ελληνικά",
    "emoji, cut anywhere": "👩‍🚀🎉",
    "lone surrogates": "a\ud800b\udc00",
    "byte order marks": "\ufeffx",
  })
) {
  Deno.test(`strings of ${name} come through at every length`, () => {
    for (const length of LENGTHS) {
      const s = fill(length, alphabet);
      assertStrictEquals(roundTrip(s), s);
      assertStrictEquals(roundTrip([1, s, 2])[1], s);
    }
  });
}

Deno.test("a string that is one other letter at its end comes through", () => {
  for (const length of LENGTHS) {
    for (const last of ["ÿ", "Ā", "\ud83d", "\uffff"]) {
      const s = fill(length, "ascii ") + last;
      assertStrictEquals(roundTrip(s), s);
    }
  }
});

Deno.test("strings that were put together come through", () => {
  let s = "";
  for (let i = 0; i < 3000; i++) s += i;
  assertStrictEquals(roundTrip(s), s);
  assertStrictEquals(roundTrip(s.slice(5, 30)), s.slice(5, 30));
});

Deno.test("strings come through at the far end of the memory", () => {
  for (const s of ["short", "ASCII ".repeat(100), "Grüße ".repeat(100), "日本語".repeat(100)]) {
    const words = encode([s, 0.5]);
    const far = i32.length - words - 1;
    i32.copyWithin(far, scratchAddress(), scratchAddress() + words);
    assertEquals(decode(far), [s, 0.5]);
  }
});
