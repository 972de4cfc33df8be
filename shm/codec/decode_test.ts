import { assert, assertEquals, assertThrows } from "@std/assert";
import { allocate, free, i32 } from "@polycore/sync/internal";
import { decode, discard, encode, scratchAddress } from "./mod.ts";
import { pick, randomFrom, randomValue, seedOf } from "./random_values.ts";

Deno.test("words that are no value are said to be a bug", () => {
  const block = allocate(16);
  i32.fill(0, block, block + 16);
  assertThrows(() => decode(block), Error, "[polycore bug]");
  assertThrows(() => discard(block), Error, "[polycore bug]");
  free(block);
});

Deno.test("a value that is cut short or too long is said to be a bug", () => {
  const words = encode({ list: [1, "two", { three: 3 }], more: new Map([["k", 0.5]]) });
  const start = scratchAddress();
  for (let length = -1; length < words + 3; length++) {
    if (length === words) continue;
    i32[start + 1] = length;
    assertThrows(() => decode(start), Error, "[polycore bug]");
  }
});

const seed = seedOf("DAMAGE_SEED");

Deno.test(`damaged words give an error or a value, and never hang (seed ${seed})`, () => {
  const random = randomFrom(seed);
  const started = performance.now();
  let errors = 0;
  for (let round = 0; round < 3000; round++) {
    const words = encode(randomValue(random, 4));
    const start = scratchAddress();
    const at = start + 2 + Math.floor(random() * (words - 2));
    i32[at] = pick(random, [
      0,
      -1,
      i32[at]! ^ (1 << (random() * 32)),
      Math.floor(random() * 2 ** 32) | 0,
      Math.floor(random() * 40) * 2,
      i32[at]! | 0x7fffff00,
    ]);
    try {
      decode(start);
    } catch (error) {
      assert(error instanceof Error && error.message.startsWith("[polycore bug]"), String(error));
      errors++;
    }
  }
  assert(errors > 100, `${errors} bugs seen`);
  assert(performance.now() - started < 20_000);
  encode(["works afterwards"]);
  assertEquals(decode(scratchAddress()), ["works afterwards"]);
});
