import { assertEquals } from "@std/assert";
import { nextUint32, seedState, type Xoshiro128State } from "./xoshiro128.ts";

Deno.test("nextUint32() gives what the authors' C program gives for the state 1, 2, 3, 4", () => {
  const state: Xoshiro128State = [1, 2, 3, 4];
  assertEquals(Array.from({ length: 10 }, () => nextUint32(state)), [
    5,
    12295,
    25178119,
    27286542,
    39879690,
    1140358681,
    3276312097,
    4110231701,
    399823256,
    2144435200,
  ]);
});

Deno.test("seedState() gives what SplitMix64 gives for the seed 1234567", () => {
  const words = [6457827717110365317n, 3203168211198807973n];
  assertEquals(
    seedState(1234567),
    words.flatMap((w) => [Number(w & 0xffffffffn), Number(w >> 32n)]) as Xoshiro128State,
  );
});

Deno.test("seedState() gives neighbouring seeds unrelated streams", () => {
  const firsts = Array.from({ length: 1000 }, (_, seed) => nextUint32(seedState(seed)));
  assertEquals(new Set(firsts).size, 1000);
});
