/**
 * Bytes in pieces of one size, for formats that are made of blocks.
 *
 * @module
 */

import type { Pieces } from "./compressors.ts";

/** The same bytes in pieces of one size; the last is what is left. */
export async function* inSteps(pieces: Pieces, size: number): AsyncGenerator<Uint8Array> {
  let step = new Uint8Array(size), at = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + size - at);
      step.set(part, at);
      from += part.length;
      at += part.length;
      if (at < size) continue;
      yield step;
      step = new Uint8Array(size);
      at = 0;
    }
  }
  if (at > 0) yield step.subarray(0, at);
}
