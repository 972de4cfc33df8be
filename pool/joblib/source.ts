/**
 * Where `load` reads from: the file itself, or what is unpacked from it.
 *
 * @module
 */

import { LoadError, loadErrors } from "./container_errors.ts";

/** Bytes in their order. */
export interface Source {
  /**
   * Fill an array with the next bytes.
   *
   * @returns How many there were: fewer than wanted only at the end.
   */
  read(into: Uint8Array): Promise<number>;
}

/** A file is read straight into the arrays, also those in the shared heap. */
export class FileSource implements Source {
  constructor(private file: Deno.FsFile) {}

  async read(into: Uint8Array): Promise<number> {
    let at = 0;
    while (at < into.length) {
      const count = await this.file.read(into.subarray(at));
      if (count === null) break;
      at += count;
    }
    return at;
  }
}

/** Pieces of any length, one after the other; an error of theirs means that the file is damaged. */
export class PieceSource implements Source {
  #pieces: AsyncIterator<Uint8Array>;
  #rest = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async read(into: Uint8Array): Promise<number> {
    let at = 0;
    while (at < into.length) {
      if (this.#rest.length === 0 && !await this.#next()) break;
      const part = this.#rest.subarray(0, into.length - at);
      into.set(part, at);
      at += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return at;
  }

  async #next(): Promise<boolean> {
    try {
      const { value, done } = await this.#pieces.next();
      this.#rest = done ? this.#rest : value as Uint8Array<ArrayBuffer>;
      return !done;
    } catch (error) {
      if (error instanceof LoadError) throw error;
      throw loadErrors.unpack(error);
    }
  }

  /** Stop reading. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pieces.return?.();
  }
}
