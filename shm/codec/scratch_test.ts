import { assertEquals, assertNotEquals } from "@std/assert";
import { blocksInUse, free } from "@polycore/sync/internal";
import { decode, detachScratch, encode, releaseScratch, scratchAddress } from "./mod.ts";

Deno.test("a value of any size fits, and the large block is given back", () => {
  const blocks = blocksInUse();
  for (const length of [10, 4000, 5000, 100_000, 2_000_000]) {
    const words = encode(Array.from({ length }, (_, i) => i));
    assertEquals((decode(scratchAddress()) as number[]).at(-1), length - 1);
    assertEquals(words, length + 3);
    assertEquals(blocksInUse(), blocks);
  }
  const large = scratchAddress();
  encode(1);
  assertNotEquals(scratchAddress(), large);
  assertEquals(blocksInUse(), blocks);
});

Deno.test("a value that grows in the middle of nested objects comes out whole", () => {
  for (const text of ["x".repeat(30), "x".repeat(3000), "ä".repeat(5000), "\ud800".repeat(9000)]) {
    const value = Array.from({ length: 300 }, (_, i) => ({
      i,
      text: text + i,
      map: new Map([[i, { half: i / 2 }]]),
      bytes: new Uint8Array(i),
      more: { [`1${i}`]: { [`2${i}`]: {} } },
      numbers: [i, i + 0.5, ...new Array(i % 50).fill(0.25)],
    }));
    encode(value);
    assertEquals(decode(scratchAddress()), value);
  }
});

Deno.test("a detached block stays as it is until its new owner frees it", () => {
  encode(["kept"]);
  const blocks = blocksInUse();
  const block = detachScratch();
  assertEquals(blocksInUse(), blocks + 1);
  encode(["other"]);
  assertEquals(decode(block), ["kept"]);
  free(block);
  assertEquals(blocksInUse(), blocks);
});

Deno.test("the block can be released, and is taken again when needed", () => {
  encode(1);
  const blocks = blocksInUse();
  releaseScratch();
  releaseScratch();
  assertEquals(blocksInUse(), blocks - 1);
  encode([2]);
  assertEquals(decode(scratchAddress()), [2]);
  assertEquals(blocksInUse(), blocks);
});
