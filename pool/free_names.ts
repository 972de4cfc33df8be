/**
 * Which names a function uses that are declared outside of it, found in its text: a plain function
 * travels as its text, so what surrounds it stays behind.
 *
 * @module
 */

import { Statements } from "./free_names_statements.ts";

/** What the text of a function tells. */
export interface FunctionText {
  /** The names that are neither declared inside nor asked for by `typeof`, in order. */
  free: string[];
  /** The text before the body, as in `(x) =>`; nothing for a method, which cannot stand alone. */
  head: string;
}

/**
 * Read the text of a function.
 *
 * @throws {Doubt} If something in it is not understood, so that nothing is known.
 */
export function readFunction(source: string): FunctionText {
  try {
    const reader = new Statements(source);
    return { free: reader.read(false), head: source.slice(0, reader.bodyStart).trim() };
  } catch {
    return { free: new Statements(source).read(true), head: "" };
  }
}

/** What a thread has by itself, as far as nobody added to it before this module was loaded. */
const GLOBALS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(EventTarget.prototype),
  // what only a worker has
  "WorkerGlobalScope",
  "DedicatedWorkerGlobalScope",
  "WorkerLocation",
  "WorkerNavigator",
  "location",
  "postMessage",
  "onmessage",
  "onmessageerror",
  // what only the main thread has
  ..."Window Navigator Location Storage localStorage sessionStorage alert confirm prompt closed"
    .split(" "),
]);

/** Puts names on `globalThis` that are not in the text. */
const UNNAMED =
  /\b(?:assign|defineProperty|defineProperties)\(\s*(?:globalThis|self)\b|\b(?:globalThis|self)\s*\[/;

/**
 * Whether a name stands for something in every thread, or may do so because a function that travels
 * puts it on `globalThis`, as an initializer does.
 *
 * @param texts The texts of those functions.
 */
export function isGlobal(name: string, texts: Iterable<string>): boolean {
  if (GLOBALS.has(name)) return true;
  const word = new RegExp(`(?<![\\w$])${RegExp.escape(name)}(?![\\w$])`);
  for (const text of texts) {
    if (/\b(?:globalThis|self)\b/.test(text) && (word.test(text) || UNNAMED.test(text))) {
      return true;
    }
  }
  return false;
}
