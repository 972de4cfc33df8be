/**
 * The words of a text.
 *
 * @module
 */
import { SharedArray } from "@polycore/shm";
import { expectResult, type KernelSpec } from "./kernel.ts";
import { wasm } from "./wasm.ts";
import { Xoshiro128 } from "./xoshiro128.ts";

type Data = [text: SharedArray<"B">];

const SPACE = 32;

interface Module {
  scalar(text: number, length: number, before: number): number;
  simd(text: number, length: number, before: number): number;
}

/** A word belongs to the range in which it begins, so the byte before a range matters. */
const before = (text: Uint8Array, from: number): number => from === 0 ? SPACE : text[from - 1];

function plain([text]: Data, from: number, to: number): number {
  const part = String.fromCharCode(before(text.view, from)) +
    new TextDecoder().decode(text.view.slice(from, to));
  return part.match(/(?<=\s)\S/g)?.length ?? 0;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= 9 && byte <= 13);
}

function tuned([text]: Data, from: number, to: number): number {
  const bytes = text.view;
  let words = 0;
  let spaceBefore = isSpace(before(bytes, from));
  for (let i = from; i < to; i++) {
    const space = isSpace(bytes[i]);
    words += +(spaceBefore && !space);
    spaceBefore = space;
  }
  return words;
}

const compiled = (name: keyof Module) => ([text]: Data, from: number, to: number): number =>
  wasm<Module>("word_count")[name](text.view.byteOffset + from, to - from, before(text.view, from));

/** The kernel. */
export const wordCount: KernelSpec<Data> = {
  name: "word-count",
  title: "Word count",
  about:
    "The words of a text of plain letters are counted: bytes are read once and compared, so it is " +
    "bound by the cores until vectors make it so fast that the memory is the limit.",
  unit: "bytes",
  grain: 16,
  tasksPerWorker: 1,
  sizes: { full: 64_000_000, quick: 16_000_000 },
  sharedBytesPerUnit: 1,
  bytesPerUnit: 1,
  flopsPerUnit: null,
  variants: {
    "typescript-plain": plain,
    "typescript": tuned,
    "wasm": compiled("scalar"),
    "wasm-simd": compiled("simd"),
  },
  prepare(size) {
    const text = new SharedArray("B", size);
    const expected = fill(text.view, new Xoshiro128(1));
    return {
      data: [text],
      check(words) {
        expectResult("Word count", words, expected);
        return `${words.toLocaleString("en-US")} words`;
      },
    };
  },
};

/** Write words of 1 to 8 letters with a space or the end of a line between; gives their number. */
function fill(text: Uint8Array, random: Xoshiro128): number {
  let words = 0;
  for (let at = 0; at < text.length; words++) {
    const bits = random.next();
    for (let rest = bits & 7; rest >= 0 && at < text.length; rest--) {
      text[at++] = 97 + (bits >>> 8) % 26;
    }
    if (at < text.length) text[at++] = (bits >>> 16 & 15) === 0 ? 10 : SPACE;
  }
  return words;
}
