/**
 * xz and lzma. Both are read, and xz is written, by liblzma itself, compiled to WebAssembly
 * (`node-liblzma`); it streams. It cannot write the older lzma format, which is LZMA-JS's (`lzma`).
 *
 * @module
 */

import type { Pieces } from "./compressors.ts";
import { inSteps } from "./steps.ts";
import { fromPackage, npmPackage } from "./npm_package.ts";

const LIBLZMA = "npm:node-liblzma@5.1.1/wasm";
const LZMA_JS = "npm:lzma@2.3.2";

/** Bytes that go into liblzma's memory and come out of it at once. */
const IN = 1 << 16, OUT = 1 << 18;

/** Results and actions of `lzma_code`. */
const OK = 0, STREAM_END = 1, BUF_ERROR = 10, RUN = 0, FINISH = 3;

/** The most memory that liblzma's 32-bit build may take to read: enough for its level 9. */
const MOST_MEMORY = 128 << 20;

/** liblzma's default, which is joblib's too. */
const DEFAULT_PRESET = 6;

/** Levels above need more memory than liblzma's WebAssembly build has, 256 MiB; they are this one. */
const HIGHEST_PRESET = 7;

/** One .lzma stream for so many bytes: LZMA-JS keeps them as arrays of numbers. */
const LZMA_STEP = 1 << 20;

interface LzmaStream {
  setInput(at: number, size: number): void;
  setOutput(at: number, size: number): void;
  readonly availIn: number;
  readonly availOut: number;
  free(): void;
}

interface LzmaModule {
  HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(size: number): number;
  _free(at: number): void;
}

interface Liblzma {
  initModule(): Promise<LzmaModule>;
  WasmLzmaStream: new (module: LzmaModule) => LzmaStream;
  encoderInit(stream: LzmaStream, preset: number): void;
  autoDecoderInit(stream: LzmaStream, memoryLimit: number): void;
  code(stream: LzmaStream, action: number): number;
  end(stream: LzmaStream): void;
}

interface LzmaJs {
  default: {
    compress(
      bytes: Uint8Array,
      level: number,
      done: (result: number[], error?: unknown) => void,
    ): void;
  };
}

/** A stream of liblzma, with a piece of its memory for what goes in and one for what comes out. */
class Coder implements Disposable {
  #stream: LzmaStream;
  #in: number;
  #out: number;

  constructor(
    readonly library: Liblzma,
    readonly module: LzmaModule,
    readonly init: (stream: LzmaStream) => void,
  ) {
    this.#stream = new library.WasmLzmaStream(module);
    init(this.#stream);
    this.#in = module._malloc(IN);
    this.#out = module._malloc(OUT);
  }

  /**
   * Code some bytes, or what is left when there are none.
   *
   * @returns Whether the stream has ended, as the last thing.
   */
  *code(bytes: Uint8Array, action: number): Generator<Uint8Array, boolean> {
    this.module.HEAPU8.set(bytes, this.#in);
    this.#stream.setInput(this.#in, bytes.length);
    for (;;) {
      this.#stream.setOutput(this.#out, OUT);
      const result = this.library.code(this.#stream, action);
      const count = OUT - this.#stream.availOut;
      if (count > 0) yield this.module.HEAPU8.slice(this.#out, this.#out + count);
      if (result === STREAM_END) return true;
      if (result === BUF_ERROR) throw new Error("the compressed data end too early");
      if (result !== OK) throw new Error(`liblzma gave the error ${result}`);
      if (action === RUN && this.#stream.availIn === 0 && count < OUT) return false;
    }
  }

  /** Bytes that a stream that ended has left. */
  get left(): number {
    return this.#stream.availIn;
  }

  /** Begin another stream. */
  restart(): void {
    this.library.end(this.#stream);
    this.init(this.#stream);
  }

  [Symbol.dispose](): void {
    this.library.end(this.#stream);
    this.#stream.free();
    this.module._free(this.#in);
    this.module._free(this.#out);
  }
}

function* stepsOf(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.length; at += IN) yield piece.subarray(at, at + IN);
}

async function* encode(coder: () => Coder, pieces: Pieces): AsyncGenerator<Uint8Array> {
  using own = coder();
  for await (const piece of pieces) {
    for (const step of stepsOf(piece)) yield* own.code(step, RUN);
  }
  yield* own.code(new Uint8Array(0), FINISH);
}

/** Streams one after the other, as Python reads them too. */
async function* decode(coder: () => Coder, pieces: Pieces): AsyncGenerator<Uint8Array> {
  using own = coder();
  let within = true;
  for await (const piece of pieces) {
    for (const step of stepsOf(piece)) {
      for (let rest = step; rest.length > 0; rest = rest.subarray(rest.length - own.left)) {
        if (!within) own.restart();
        within = !(yield* own.code(rest, RUN));
        if (within) break;
      }
    }
  }
  if (within) yield* own.code(new Uint8Array(0), FINISH);
}

async function coderOf(method: string, init: (library: Liblzma, stream: LzmaStream) => void) {
  const library = await npmPackage<Liblzma>(method, LIBLZMA);
  const module = await fromPackage(method, LIBLZMA, library.initModule());
  return () => new Coder(library, module, (stream) => init(library, stream));
}

/** Write xz. */
export async function compressXz(
  pieces: Pieces,
  level = DEFAULT_PRESET,
): Promise<AsyncIterable<Uint8Array>> {
  const preset = Math.min(level, HIGHEST_PRESET);
  return encode(
    await coderOf("xz", (library, stream) => library.encoderInit(stream, preset)),
    pieces,
  );
}

/** Read xz or lzma; the method is for an error's words. */
export async function decompressXz(
  method: "xz" | "lzma",
  pieces: Pieces,
): Promise<AsyncIterable<Uint8Array>> {
  const coder = await coderOf(
    method,
    (library, stream) => library.autoDecoderInit(stream, MOST_MEMORY),
  );
  return decode(coder, pieces);
}

/** Write lzma: a row of streams, which other programs read as one. */
export async function compressLzma(
  pieces: Pieces,
  level = DEFAULT_PRESET,
): Promise<AsyncIterable<Uint8Array>> {
  const { default: { compress } } = await npmPackage<LzmaJs>("lzma", LZMA_JS);
  return (async function* () {
    for await (const step of inSteps(pieces, LZMA_STEP)) {
      yield await new Promise<Uint8Array>((resolve, reject) =>
        compress(
          step,
          level,
          (result, error) => error ? reject(error) : resolve(Uint8Array.from(result)),
        )
      );
    }
  })();
}
