/**
 * Damaged and hostile files, in memory. `POLYCORE_FUZZ=100000` makes so many (of whole files a tenth)
 * instead of the few thousand of the usual run; `POLYCORE_SEED` repeats a run.
 */
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { blocksInUse } from "@polycore/sync/internal";
import { crc32 } from "node:zlib";
import { HEADER_BYTES, padded } from "./container.ts";
import { LoadError } from "./container_errors.ts";
import { compressors } from "./compressors.ts";
import { containerOf } from "./dump.ts";
import { readContainer } from "./load.ts";
import { PieceSource } from "./source.ts";
import { bytesOf, mutate, oneOfEach, randomFrom, seed } from "./testing/saved_values.ts";
import { readValue } from "./value_reader.ts";

const rounds = Number(Deno.env.get("POLYCORE_FUZZ") ?? 4000);

/** The longest that one file may take: far more than it does, far less than a hang. */
const LONGEST_MS = 2000;

/** Single values, as damage in a small file hits something more often, and all of them together. */
const values = [...Object.values(oneOfEach()), oneOfEach()];

/** What became of a file: a value, or a LoadError; anything else fails the test. */
async function outcome(read: () => unknown, round: number): Promise<"value" | "error"> {
  const begin = performance.now();
  try {
    await read();
    return "value";
  } catch (error) {
    const told = error instanceof LoadError && /[.?]$/.test(error.message);
    if (!told) throw new Error(`round ${round} of POLYCORE_SEED=${seed}`, { cause: error });
    return "error";
  } finally {
    assert(performance.now() - begin < LONGEST_MS, `round ${round} of POLYCORE_SEED=${seed}`);
  }
}

function fileOf(value: unknown): Uint8Array<ArrayBuffer> {
  const pieces = [...containerOf(value)].map((piece) => new Uint8Array(piece));
  return new Uint8Array(pieces.flatMap((piece) => [...piece]));
}

function readFile(bytes: Uint8Array, shared: boolean): Promise<unknown> {
  const source = new PieceSource(ReadableStream.from([bytes.subarray(HEADER_BYTES)]));
  const limits = { fileSize: bytes.length, maxBytes: 2 ** 30, shared };
  return readContainer(bytes.subarray(0, HEADER_BYTES), source, limits);
}

Deno.test(`${rounds} damaged codec bytes are a value or a LoadError (POLYCORE_SEED=${seed})`, async () => {
  const random = randomFrom(seed), whole = values.map(bytesOf);
  const seen = { value: 0, error: 0 };
  for (let round = 0; round < rounds; round++) {
    const bytes = mutate(whole[round % whole.length]!, random);
    seen[await outcome(() => readValue(bytes, 0), round)]++;
  }
  assert(seen.value > rounds / 100 && seen.error > rounds / 10, JSON.stringify(seen));
});

Deno.test(`${rounds / 10} damaged files are a LoadError (POLYCORE_SEED=${seed})`, async () => {
  const random = randomFrom(seed), before = blocksInUse();
  const file = fileOf([new Float64Array(8200).fill(1), { a: "text" }, new Int8Array(65_541)]);
  assertEquals((await readFile(file, false) as unknown[])[1], { a: "text" });
  for (let round = 0; round < rounds / 10; round++) {
    const bytes = mutate(file, random);
    const same = bytes.length === file.length && bytes.every((byte, i) => byte === file[i]);
    const expected = same ? "value" : "error";
    assertStrictEquals(await outcome(() => readFile(bytes, !same), round), expected);
  }
  assertStrictEquals(blocksInUse(), before);
});

Deno.test(`${rounds} hostile files with right check sums are a value or a LoadError (POLYCORE_SEED=${seed})`, async () => {
  const random = randomFrom(seed), whole = values.map(fileOf);
  const seen = { value: 0, error: 0 };
  for (let round = 0; round < rounds; round++) {
    const file = whole[round % whole.length]!;
    const code = mutate(file.subarray(HEADER_BYTES), random);
    const bytes = new Uint8Array(HEADER_BYTES + padded(code.length));
    bytes.set(file.subarray(0, HEADER_BYTES));
    bytes.set(code, HEADER_BYTES);
    const head = new DataView(bytes.buffer);
    // Sizes that fit the file, or claim up to petabytes.
    const claimed = random() < 0.5 ? code.length : Math.floor(random() * 2 ** (random() * 53));
    head.setUint32(12, random() < 0.5 ? 0 : random() * 2 ** 32, true);
    head.setBigUint64(16, BigInt(claimed), true);
    head.setBigUint64(24, BigInt(random() < 0.5 ? bytes.length : claimed * 2), true);
    head.setUint32(32, crc32(bytes.subarray(HEADER_BYTES, HEADER_BYTES + claimed)), true);
    head.setUint32(44, crc32(bytes.subarray(0, 44)), true);
    seen[await outcome(() => readFile(bytes, false), round)]++;
  }
  assert(seen.error > rounds / 10, JSON.stringify(seen));
});

for (const method of ["zlib", "gzip", "zstd", "bz2", "lz4", "xz"] as const) {
  const count = Math.ceil(rounds / 20);
  Deno.test(`${count} damaged ${method} streams are the same value or a LoadError (POLYCORE_SEED=${seed})`, async () => {
    const random = randomFrom(seed), { compress, decompress } = compressors[method];
    const value = { text: "one of a kind", noise: Array.from({ length: 200 }, random) };
    const packed = await new Response(
      ReadableStream.from(await compress(containerOf(value), undefined)),
    ).bytes();
    const read = async (bytes: Uint8Array) => {
      await using source = new PieceSource(await decompress(ReadableStream.from([bytes])));
      const head = new Uint8Array(HEADER_BYTES);
      const there = head.subarray(0, await source.read(head));
      return await readContainer(there, source, { maxBytes: 2 ** 20, shared: false });
    };
    assertEquals(await read(packed), value);
    let thrown = 0;
    for (let round = 0; round < count; round++) {
      const bytes = mutate(packed, random);
      const told = await outcome(async () => assertEquals(await read(bytes), value), round);
      if (told === "error") thrown++;
    }
    assert(thrown > count / 2, `${thrown}`);
  });
}
