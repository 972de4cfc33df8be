import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { compressLz4, decompressLz4 } from "./lz4.ts";
import { compressBlock, decompressBlock } from "./lz4_block.ts";
import { mutate, randomFrom, seed } from "./testing/saved_values.ts";

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return await new Response(ReadableStream.from(pieces)).bytes();
}

const pack = (bytes: Uint8Array) => whole(compressLz4([bytes]));
const unpack = (bytes: Uint8Array) => whole(decompressLz4(ReadableStream.from([bytes])));

/** Bytes that repeat now and then. */
function sample(length: number): Uint8Array {
  const random = randomFrom(length), bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const run = 1 + Math.floor(random() * 40), from = Math.floor(random() * at);
    for (let i = 0; i < run && at < length; i++, at++) {
      bytes[at] = at > 0 && run > 12 ? bytes[from + i]! : random() * 256;
    }
  }
  return bytes;
}

Deno.test("bytes come back, of every short length and of several blocks", async () => {
  for (let length = 0; length < 40; length++) {
    for (const bytes of [sample(length), new Uint8Array(length).fill(7)]) {
      assertEquals(await unpack(await pack(bytes)), bytes);
    }
  }
  for (const length of [70_000, 1 << 20, 2_500_000]) {
    const bytes = sample(length), packed = await pack(bytes);
    assert(packed.length < length);
    assertEquals(await unpack(packed), bytes);
  }
  const noise = crypto.getRandomValues(new Uint8Array(50_000));
  assertEquals(await unpack(await pack(noise)), noise);
  assertEquals((await pack(new Uint8Array(1 << 20))).length < 5000, true);
});

Deno.test("frames one after the other, and skipped ones", async () => {
  const skipped = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
  const [a, b] = [await pack(Uint8Array.of(1, 2)), await pack(Uint8Array.of(3))];
  assertEquals(await unpack(Uint8Array.of(...a, ...skipped, ...b)), Uint8Array.of(1, 2, 3));
  await assertRejects(() => unpack(Uint8Array.of(...a, 9)), Error, "no LZ4 frame");
});

Deno.test(`damaged blocks and frames throw, and write nowhere else (POLYCORE_SEED=${seed})`, async () => {
  const random = randomFrom(seed), bytes = sample(2000);
  const block = new Uint8Array(bytes.length);
  const packed = block.slice(0, compressBlock(bytes, block)), frame = await pack(bytes);
  let thrown = 0;
  for (let round = 0; round < 3000; round++) {
    const into = new Uint8Array(2100).fill(0xee);
    try {
      const end = decompressBlock(mutate(packed, random), into, 0, 2000);
      assert(end <= 2000);
    } catch (error) {
      assert((error as Error).message.startsWith("an LZ4 block with"), String(error));
      thrown++;
    }
    assert(into.subarray(2000).every((byte) => byte === 0xee));
  }
  assert(thrown > 1000);
  thrown = 0;
  for (let round = 0; round < 300; round++) {
    const damaged = mutate(frame, random);
    if (damaged.length === 0) continue;
    const back = await unpack(damaged).catch(() => void thrown++);
    // Damage may name another place with the same bytes; never do other bytes come.
    if (back) assertEquals(back, bytes, `round ${round}`);
  }
  assert(thrown > 200);
});

Deno.test("a copy from before the beginning", () => {
  const far = Uint8Array.of(0x10, 65, 2, 0, 0);
  assertThrows(
    () => decompressBlock(far, new Uint8Array(99), 0, 99),
    Error,
    "before its beginning",
  );
});
