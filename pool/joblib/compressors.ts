/**
 * The ways to compress, by joblib's names.
 *
 * @module
 */

import { pipeline, Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { decompressBz2 } from "./bz2_read.ts";
import { compressBz2 } from "./bz2_write.ts";
import type { CompressMethod } from "./compress_option.ts";
import { compressLz4, decompressLz4 } from "./lz4.ts";
import { compressLzma, compressXz, decompressXz } from "./xz.ts";

/** Bytes in pieces. */
export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A way to compress. Both directions keep only a few pieces in memory. */
export interface Compressor {
  /** Whether a file begins as those of this method do. */
  detect(head: Uint8Array): boolean;
  /** Compress the pieces. */
  compress(pieces: Pieces, level: number | undefined): Promise<AsyncIterable<Uint8Array>>;
  /** Give back what was compressed. */
  decompress(pieces: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>>;
}

/** joblib's level where none is given. */
const DEFAULT_LEVEL = 3;

/** The runtime's streams take no shared memory. */
async function* unshared(pieces: Pieces): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece.buffer instanceof ArrayBuffer ? piece : new Uint8Array(piece);
  }
}

function through(pieces: Pieces, transform: Transform): Promise<AsyncIterable<Uint8Array>> {
  // An error of either reaches the reader of the transform, so it is not looked at here.
  pipeline(Readable.from(unshared(pieces)), transform, () => {});
  return Promise.resolve(transform);
}

function begins(...magic: number[]): (head: Uint8Array) => boolean {
  return (head) => magic.every((byte, i) => head[i] === byte);
}

const level = (given = DEFAULT_LEVEL): zlib.ZlibOptions => ({ level: given });

/** The methods. */
export const compressors: Record<CompressMethod, Compressor> = {
  zlib: {
    detect: (head) =>
      (head[0]! & 15) === 8 && head[0]! < 128 && (head[0]! << 8 | head[1]!) % 31 === 0,
    compress: (pieces, given) => through(pieces, zlib.createDeflate(level(given))),
    decompress: (pieces) => through(pieces, zlib.createInflate()),
  },
  gzip: {
    detect: begins(0x1f, 0x8b),
    compress: (pieces, given) => through(pieces, zlib.createGzip(level(given))),
    decompress: (pieces) => through(pieces, zlib.createGunzip()),
  },
  bz2: {
    detect: begins(0x42, 0x5a, 0x68),
    compress: (pieces, given) => Promise.resolve(compressBz2(pieces, given)),
    decompress: (pieces) => Promise.resolve(decompressBz2(pieces)),
  },
  lzma: {
    detect: begins(0x5d, 0x00, 0x00),
    compress: compressLzma,
    decompress: (pieces) => decompressXz("lzma", pieces),
  },
  xz: {
    detect: begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
    compress: compressXz,
    decompress: (pieces) => decompressXz("xz", pieces),
  },
  lz4: {
    detect: begins(0x04, 0x22, 0x4d, 0x18),
    compress: (pieces) => Promise.resolve(compressLz4(pieces)),
    decompress: (pieces) => Promise.resolve(decompressLz4(pieces)),
  },
  zstd: {
    detect: begins(0x28, 0xb5, 0x2f, 0xfd),
    compress: (pieces, given = DEFAULT_LEVEL) =>
      through(
        pieces,
        zlib.createZstdCompress({ params: { [zlib.constants.ZSTD_c_compressionLevel]: given } }),
      ),
    decompress: (pieces) => through(pieces, zlib.createZstdDecompress()),
  },
};
