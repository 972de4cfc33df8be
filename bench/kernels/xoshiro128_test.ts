import { assertEquals } from "@std/assert";
import { seedState, Xoshiro128, type Xoshiro128State } from "./xoshiro128.ts";

Deno.test("Xoshiro128 gives what the authors' C program gives for the state 1, 2, 3, 4", () => {
  const random = new Xoshiro128([1, 2, 3, 4]);
  assertEquals(Array.from({ length: 10 }, () => random.next() >>> 0), [
    641,
    1573767,
    3222811527,
    3517856514,
    836907274,
    4247214768,
    3867114732,
    1355841295,
    495546011,
    621204420,
  ]);
});

Deno.test("seedState() gives what SplitMix64 gives for the seed 1234567", () => {
  const words = [6457827717110365317n, 3203168211198807973n];
  assertEquals(
    seedState(1234567),
    words.flatMap((w) => [Number(w & 0xffffffffn), Number(w >> 32n)]) as Xoshiro128State,
  );
});

Deno.test("neighbouring seeds give unrelated streams", () => {
  const firsts = Array.from({ length: 1000 }, (_, seed) => new Xoshiro128(seed).next());
  assertEquals(new Set(firsts).size, 1000);
});
