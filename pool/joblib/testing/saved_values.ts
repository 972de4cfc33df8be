/**
 * Values for the tests of `dump` and `load`: one of each sort, and numbers that repeat by their seed.
 *
 * @module
 */

import { writeValue } from "../value_writer.ts";

/** The seed of `POLYCORE_SEED`, or a new one; tests print it in their names. */
export const seed: number = Number(Deno.env.get("POLYCORE_SEED") ?? Date.now() % 1_000_000);

/** mulberry32: numbers from 0 to 1. */
export function randomFrom(state: number): () => number {
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

/** One of each sort of value, which structured clone copies too. */
export function oneOfEach(): Record<string, unknown> {
  const shared = { met: "twice" };
  const holey: unknown[] = [1, , "three"];
  holey.length = 9;
  return {
    nothing: [undefined, null],
    booleans: [true, false],
    whole: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 127, 128, "and a word"],
    doubles: [0.1, -0, NaN, Infinity, -Infinity, 5e-324],
    mixed: [0.5, "half"],
    bigints: [0n, -1n, 2n ** 63n, -(2n ** 200n)],
    strings: [
      "",
      "ascii",
      "ÿ",
      "日本",
      "👩",
      "\ud800 lone",
      "x".repeat(200),
      "\u0000",
      "\ufeffbom",
    ],
    date: [new Date(0), new Date(NaN)],
    regexp: [/a[/]+/gi, /(?:)/u],
    boxed: [Object(1.5), Object("text"), Object(true), Object(9n)],
    holey,
    sparse: Object.assign([], { 4_000_000: "far" }),
    empty: [[], {}, new Map(), new Set()],
    map: new Map<unknown, unknown>([["a", 1], [{ key: 1 }, [2]]]),
    set: new Set<unknown>([1, "two", { three: 3 }]),
    twice: [shared, shared],
    records: [{ id: 1, name: "a" }, { id: 2, name: "b" }],
    "key with words, ключ": { "": 0, 17: 1 },
    arrays: [
      new Int8Array([-1]),
      new Uint8Array([255, 0]),
      new Uint8ClampedArray([255]),
      new Int16Array([-2]),
      new Uint16Array([2]),
      new Int32Array([-3]),
      new Uint32Array([3]),
      new BigInt64Array([-4n]),
      new BigUint64Array([4n]),
      new Float32Array([0.5]),
      new Float64Array([0.1, NaN]),
      new Float16Array([0.25]),
      new Float64Array(0),
      new DataView(new ArrayBuffer(3)),
      new ArrayBuffer(5),
    ],
    errors: [new RangeError("too far", { cause: { of: "it" } }), new AggregateError([1], "many")],
  };
}

/** The codec bytes of a value in one piece. */
export function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
  const { pieces } = writeValue(value);
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Damage bytes in one of the ways in which files are damaged. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const at = Math.floor(random() * bytes.length);
  const damaged = new Uint8Array(bytes);
  switch (Math.floor(random() * 5)) {
    case 0:
      return damaged.slice(0, at);
    case 1:
      damaged[at] ^= 1 << Math.floor(random() * 8);
      return damaged;
    case 2:
      damaged.fill(Math.floor(random() * 256), at, at + 1 + Math.floor(random() * 12));
      return damaged;
    case 3:
      damaged.copyWithin(at, Math.floor(random() * bytes.length), bytes.length);
      return damaged;
    default:
      for (let i = 0; i < 4; i++) damaged[Math.floor(random() * bytes.length)] = random() * 256;
      return damaged;
  }
}

/** Call with a folder of its own. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
