import { encode } from "./mod.ts";
import { randomFrom, randomValue, seedOf } from "./random_values.ts";
import { difference, roundTrip } from "./testing.ts";

const seed = seedOf("CODEC_SEED");

Deno.test(`random values come through as structured clone makes them (CODEC_SEED=${seed})`, () => {
  const random = randomFrom(seed);
  for (let round = 0; round < 4000; round++) {
    const value = randomValue(random, 1 + round % 6);
    const found = difference(structuredClone(value), roundTrip(value));
    if (found) throw new Error(`round ${round} of CODEC_SEED=${seed}: ${found}`);
  }
  encode(0);
});
