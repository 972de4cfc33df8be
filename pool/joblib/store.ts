/**
 * A cache on disk: a folder for each function, and in it a folder for each call with its result.
 *
 * @module
 */

import { join } from "node:path";
import type { Compress } from "./compress_option.ts";
import { dump } from "./dump.ts";
import { load } from "./load.ts";

/** What is kept of a call beside its result. */
export interface CallMetadata {
  /** How long it took, in milliseconds. */
  duration: number;
  /** Its arguments as text, shortened, by the names of the parameters. */
  inputArgs: Record<string, string>;
  /** When it began: milliseconds since 1970, as `Date.now()`. */
  time: number;
}

/** What the store does to files. */
export const disk = { dump, load, rename: Deno.rename };

const OUTPUT = "output.bin";
const METADATA = "metadata.json";
const CODE = "func_code.js";
/** How many digits a version of a function has: two must not meet by chance. */
export const VERSION_DIGITS = 16;
/** How the folder of a call is called: the version of the function, and the hash of its arguments. */
const ENTRY = /^[0-9a-f]{48}$/;

/** A temporary file that nobody wrote to for so many milliseconds was left by a program that ended. */
const LEFT_AFTER = 3_600_000;

/** Whether an error says that there is no such file. */
function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** Runs what reads a file; what is not there is `undefined`. */
async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Write a file so that a reader sees the old one or all of the new one, and a program that ends meanwhile
 * leaves the old one: under a name of its own first.
 */
async function replace(path: string, write: (path: string) => Promise<unknown>): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await write(temporary);
    await disk.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

/** The path of a call's result. */
export function outputOf(entry: string): string {
  return join(entry, OUTPUT);
}

/**
 * When the result in a folder was made, and what else is known of it; `undefined` if there is none.
 * Whatever is wrong with the metadata, the result counts: its time is then that of the file.
 */
export function findEntry(entry: string): CallMetadata | undefined {
  let time: number;
  try { // a tenth of the time that a promise takes
    const file = Deno.statSync(outputOf(entry));
    if (!file.isFile) return undefined;
    time = file.mtime?.getTime() ?? 0;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const metadata = { duration: 0, inputArgs: {}, time };
  try {
    return { ...metadata, ...JSON.parse(Deno.readTextFileSync(join(entry, METADATA))) };
  } catch {
    return metadata;
  }
}

/** Read the result in a folder, and note that it was used. */
export async function loadEntry<T>(entry: string, shared: boolean): Promise<T> {
  const path = outputOf(entry);
  const output = await disk.load<T>(path, { shared });
  try { // most file systems note the access once a day, which is too seldom for reduceSize
    Deno.utimeSync(path, new Date(), Deno.statSync(path).mtime ?? new Date());
  } catch {
    // it must not be written, or somebody cleared it
  }
  return output;
}

/** Keep a result. The metadata come last: if they are missing or old, the result is taken for older. */
export async function saveEntry(
  entry: string,
  output: unknown,
  compress: Compress,
  metadata: () => CallMetadata,
): Promise<void> {
  const write = async () => {
    await Deno.mkdir(entry, { recursive: true });
    await replace(outputOf(entry), (path) => disk.dump(output, path, { compress }));
    const text = JSON.stringify(metadata());
    await replace(join(entry, METADATA), (path) => Deno.writeTextFile(path, text));
  };
  // Somebody may clear the cache meanwhile, which takes the folder away.
  if (await ifThere(async () => (await write(), true)) === undefined) await write();
}

/** The text of a function with which the results in its folder were made, as far as it is known. */
export async function readCode(folder: string): Promise<string | undefined> {
  return await ifThere(() => Deno.readTextFile(join(folder, CODE)));
}

/** Keep the text of a function. */
export async function writeCode(folder: string, source: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await replace(join(folder, CODE), (path) => Deno.writeTextFile(path, source));
}

/** Remove a folder with all that is in it. Others may read, write or remove in it at the same time. */
export async function removeFolder(folder: string): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      await ifThere(() => Deno.remove(folder, { recursive: true }));
      return;
    } catch (error) {
      if (tries === 5) throw error; // not empty: somebody writes into it
    }
  }
}

/** Remove the results that other versions of a function left. */
export async function removeVersions(folder: string, keep: readonly string[]): Promise<void> {
  for await (const name of foldersIn(folder)) {
    if (ENTRY.test(name) && !keep.includes(name.slice(0, VERSION_DIGITS))) {
      await removeFolder(join(folder, name));
    }
  }
}

/** The names of the folders in a folder. */
async function* foldersIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) if (isDirectory) yield name;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // somebody cleared it
  }
}

/** The folder of a call. */
export interface Item {
  /** Its path. */
  path: string;
  /** Bytes of all its files. */
  size: number;
  /** When its result was last read or written, in milliseconds since 1970. */
  lastAccess: number;
  /** Files that nobody has written to for an hour and that are no result. */
  leftovers: string[];
}

/** All calls in a cache. */
export async function listItems(root: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const module of foldersIn(root)) {
    for await (const name of foldersIn(join(root, module))) {
      const folder = join(root, module, name);
      for await (const entry of foldersIn(folder)) {
        const item = ENTRY.test(entry) && await itemOf(join(folder, entry));
        if (item) items.push(item);
      }
    }
  }
  return items;
}

async function itemOf(path: string): Promise<Item | undefined> {
  const item: Item = { path, size: 0, lastAccess: 0, leftovers: [] };
  return await ifThere(async () => {
    for await (const { name } of Deno.readDir(path)) {
      const file = await ifThere(() => Deno.stat(join(path, name)));
      if (!file) continue;
      const written = file.mtime?.getTime() ?? 0;
      item.size += file.size;
      if (name === OUTPUT) item.lastAccess = Math.max(file.atime?.getTime() ?? 0, written);
      const old = Date.now() - written > LEFT_AFTER;
      if (old && name.endsWith(".tmp")) item.leftovers.push(join(path, name));
    }
    return item;
  });
}
