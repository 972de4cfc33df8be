import { assert, assertEquals, assertRejects } from "@std/assert";
import { decompressBz2 } from "./bz2_read.ts";
import { codeLengths, compressBz2 } from "./bz2_write.ts";
import { mutate, randomFrom, seed } from "./testing/saved_values.ts";

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return await new Response(ReadableStream.from(pieces)).bytes();
}

const pack = (bytes: Uint8Array, level?: number) => whole(compressBz2([bytes], level));

/** Unpack, from pieces that end anywhere. */
const unpack = (bytes: Uint8Array, step = 7000) =>
  whole(decompressBz2(ReadableStream.from((function* () {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  })())));

const text = (length: number) => {
  const random = randomFrom(length);
  return Uint8Array.from({ length }, () => 97 + Math.floor(26 * random() ** 3));
};

Deno.test("bytes come back: short, equal, periodic, random, and of several blocks", async () => {
  const values = [1, 2, 3, 4, 5, 50, 254, 255, 256, 259, 260, 1000].flatMap((length) => [
    new Uint8Array(length).fill(200),
    Uint8Array.from({ length }, (_, i) => i % 3),
    text(length),
  ]);
  values.push(new Uint8Array(0), crypto.getRandomValues(new Uint8Array(9000)));
  values.push(Uint8Array.from({ length: 256 }, (_, i) => i), new Uint8Array(400_000));
  for (const bytes of values) assertEquals(await unpack(await pack(bytes)), bytes);
  const long = text(230_000), packed = await pack(long, 1);
  assert(packed.length < long.length * 0.6);
  assertEquals(await unpack(packed), long);
  assertEquals(await unpack(packed, 1), long);
});

Deno.test("streams one after the other", async () => {
  const [a, b] = [await pack(text(300)), await pack(text(20))];
  assertEquals(await unpack(Uint8Array.of(...a, ...b)), Uint8Array.of(...text(300), ...text(20)));
  await assertRejects(
    () => unpack(Uint8Array.of(...a, 1, 2, 3, 4)),
    Error,
    "something else behind",
  );
});

Deno.test(`damaged streams throw (POLYCORE_SEED=${seed})`, async () => {
  const random = randomFrom(seed), bytes = text(3000), packed = await pack(bytes, 1);
  for (let round = 0; round < 600; round++) {
    const damaged = mutate(packed, random);
    if (damaged.length === 0) continue;
    try {
      assertEquals(await unpack(damaged), bytes, `round ${round}: another value`);
    } catch (error) {
      const { message } = error as Error;
      assert(message.startsWith("a bzip2 stream with"), `round ${round}: ${message}`);
    }
  }
});

Deno.test("no code is longer than 17 bits, however the symbols occur", () => {
  const fibonacci = [1, 1];
  while (fibonacci.length < 40) fibonacci.push(fibonacci.at(-1)! + fibonacci.at(-2)!);
  const lengths = codeLengths(fibonacci);
  assert(Math.max(...lengths) <= 17);
  assert(lengths.reduce((sum, length) => sum + 2 ** -length, 0) <= 1);
});
