/**
 * How a function gets to another thread: a task by its module and its place in it, any other function
 * by its source text. Both are written once in a table in the shared heap, so that a function is a
 * small number wherever it is sent.
 *
 * @module
 */

import {
  allocate,
  i32,
  LAYOUT,
  load,
  lockInternal,
  store,
  u8,
  unlock,
} from "@polycore/sync/internal";
import { type FunctionText, isGlobal, readFunction } from "./free_names.ts";
import { functionErrors } from "./function_errors.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** Entries of one part of the table; a part begins with the address of the next one. */
const PART = 255;

/** The functions that the modules of this thread marked, by key, and the keys by function. */
const marked = new Map<string, AnyFunction>();
const keys = new WeakMap<AnyFunction, string>();
const marksOf = new Map<string, number>();

/** Mark a function (or class) of a module; the place among the module's marks is its name. */
export function mark(url: string, fn: AnyFunction): void {
  const place = marksOf.get(url) ?? 0;
  marksOf.set(url, place + 1);
  // The text is part of the key: a call of task() that only one thread makes moves the places of the
  // others, and must not make a worker run another function than the one that was meant.
  const key = `${url}#${place}-${hash(textOf(fn))}`;
  marked.set(key, fn);
  keys.set(fn, key);
}

/** Whether a function or class was marked with `task`. */
export function isMarked(fn: AnyFunction): boolean {
  return keys.has(fn);
}

/** The URL of the module that marked a function; nothing if none did. */
export function moduleOfTask(fn: AnyFunction): string | undefined {
  const key = keys.get(fn);
  return key === undefined ? undefined : moduleOf(key);
}

/** FNV-1a: small, and good enough to tell the functions of one module apart. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}

/** What errors call a function. */
export function nameOf(fn: AnyFunction): string {
  let name = names.get(fn);
  if (name === undefined) names.set(fn, name = fn.name || nameByPlace(keys.get(fn)));
  return name;
}

/** Kept, because a name is asked for with each task. */
const names = new WeakMap<AnyFunction, string>();

function nameByPlace(key: string | undefined): string {
  if (key === undefined) return "a function";
  const place = Number.parseInt(key.slice(key.lastIndexOf("#") + 1));
  const module = moduleOf(key);
  return `task ${place + 1} of ${module.slice(module.lastIndexOf("/") + 1)}`;
}

/** What this thread knows of the table, by number. */
const entries: Entry[] = [];
const numbers = new Map<string, number>();
const numberOf = new WeakMap<AnyFunction, number>();

interface Entry {
  text: string;
  fn: AnyFunction | undefined;
  /** A function of this thread that travelled as its text: it may be a closure, so it is not kept. */
  made?: WeakRef<AnyFunction>;
}

/**
 * The number of a function, which any thread understands.
 *
 * @throws {TypeError} If it has no text that could travel, or uses what is outside of it.
 */
export function functionNumber(fn: AnyFunction): number {
  const known = numberOf.get(fn);
  if (known !== undefined) return known;
  const key = keys.get(fn);
  const text = key !== undefined ? `t${key}` : `s${sourceOf(fn)}`;
  const number = numberOfText(text);
  numberOf.set(fn, number);
  const entry = entries[number]!;
  if (key !== undefined) entry.fn = fn;
  else if (entry.fn === undefined && !entry.made?.deref()) entry.made = new WeakRef(fn);
  return number;
}

function sourceOf(fn: AnyFunction): string {
  const source = textOf(fn);
  if (/\{\s*\[native code\]\s*\}$/.test(source) || /^class[\s{]/.test(source)) {
    throw functionErrors.notTask(fn.name || "The function");
  }
  if (!numbers.has(`s${source}`)) checkSelfContained(fn, source);
  return source;
}

/** Throw if the text names what a worker does not have. */
function checkSelfContained(fn: AnyFunction, source: string): void {
  let text: FunctionText;
  try {
    text = readFunction(source);
  } catch {
    return; // the worker tells if a name is missing
  }
  const names = text.free.filter((name) => !isGlobal(name, travelling(source)));
  if (names.length > 0) throw functionErrors.uses(fn.name, names, source, text);
}

/** The texts of all functions that travel or may do so. */
function* travelling(source: string): Generator<string> {
  yield source;
  for (const { text } of entries) if (text.startsWith("s")) yield text;
  for (const fn of marked.values()) yield textOf(fn);
}

/** The text of a function, as the runtime has it: without types. */
export function textOf(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn);
}

function numberOfText(text: string): number {
  readEntries();
  const known = numbers.get(text);
  if (known !== undefined) return known;
  lockInternal(LAYOUT.tableLock);
  try {
    readEntries();
    return numbers.get(text) ?? append(text);
  } finally {
    unlock(LAYOUT.tableLock);
  }
}

function append(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const block = allocate(1 + Math.ceil(bytes.length / 4));
  i32[block] = bytes.length;
  u8.set(bytes, (block + 1) * 4);
  const number = load(LAYOUT.functionCount);
  i32[placeOf(number, true)] = block;
  store(LAYOUT.functionCount, number + 1);
  readEntries();
  return number;
}

/** The word of the table that belongs to a number. */
function placeOf(number: number, grow: boolean): number {
  let link: number = LAYOUT.functionTable;
  for (let part = Math.floor(number / PART);; part--) {
    if (i32[link] === 0 && grow) {
      const block = allocate(PART + 1);
      i32[block] = 0;
      i32[link] = block;
    }
    if (part === 0) return i32[link]! + 1 + number % PART;
    link = i32[link]!;
  }
}

/** Read what other threads have added to the table. */
function readEntries(): void {
  const count = load(LAYOUT.functionCount);
  for (let number = entries.length; number < count; number++) {
    const block = i32[placeOf(number, false)]!;
    const at = (block + 1) * 4;
    const text = new TextDecoder().decode(u8.slice(at, at + i32[block]!));
    entries.push({ text, fn: undefined });
    numbers.set(text, number);
  }
}

function entryOf(number: number): Entry {
  if (number >= entries.length) readEntries();
  const entry = entries[number];
  if (!entry) throw new Error(`[polycore bug] no function has the number ${number}`);
  return entry;
}

/** Whether the function with a number was used in this thread before. */
export function isLoaded(number: number): boolean {
  return entries[number]?.fn !== undefined;
}

/** The function with a number if it was used in this thread before. */
export function functionIfLoaded(number: number): AnyFunction | undefined {
  return entries[number]?.fn ?? entries[number]?.made?.deref();
}

/** The function with a number; its module must be loaded. */
export function functionOf(number: number): AnyFunction {
  const entry = entryOf(number);
  return entry.fn ?? entry.made?.deref() ?? (entry.fn = resolve(entry.text, number));
}

function resolve(text: string, number: number): AnyFunction {
  const rest = text.slice(1);
  const fn = text.startsWith("t") ? marked.get(rest) : fromText(rest);
  if (!fn) throw functionErrors.notLoaded(rest);
  numberOf.set(fn, number);
  return fn;
}

/** Build a function from its text: an arrow or function expression, or a method, getter or setter. */
export function fromText(source: string): AnyFunction {
  for (const text of [`(${source})`, `({ ${source} })`]) {
    try {
      const made = (0, eval)(`"use strict"; ${text}`);
      if (typeof made === "function") return made;
      const [method] = Reflect.ownKeys(made);
      const { value, get, set } = Object.getOwnPropertyDescriptor(made, method!)!;
      return value ?? get ?? set;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  throw functionErrors.badSource(source, undefined);
}

/** Load the modules of some functions; `undefined` when all are there already. */
export function ensureLoaded(numbers: readonly number[]): Promise<void> | undefined {
  const missing = numbers.filter((number) => {
    const { text, fn } = entryOf(number);
    return fn === undefined && text.startsWith("t") && !marked.has(text.slice(1));
  });
  return missing.length === 0 ? undefined : importModules(missing);
}

async function importModules(numbers: number[]): Promise<void> {
  for (const number of numbers) {
    const key = entryOf(number).text.slice(1);
    importing = moduleOf(key);
    try {
      await import(importing);
    } catch (error) {
      // It may have come as far as to mark some: they are not to be run the next time either.
      for (const k of [...marked.keys()]) if (moduleOf(k) === importing) marked.delete(k);
      throw error;
    } finally {
      importing = undefined;
    }
    if (!marked.has(key)) throw functionErrors.noSuchTask(key);
  }
}

function moduleOf(key: string): string {
  return key.slice(0, key.lastIndexOf("#"));
}

let importing: string | undefined;

/** The module that this worker is importing because a task lives there, if it is just doing so. */
export function moduleBeingImported(): string | undefined {
  return importing;
}

/**
 * The same error, told better when a function from its text named something that it cannot see.
 */
export function explain(error: unknown, fn: AnyFunction | undefined): unknown {
  if (!(error instanceof ReferenceError) || !fn || keys.has(fn)) return error;
  const name = /^(\S+) is not defined$/.exec(error.message)?.[1];
  return name ? functionErrors.captures(name, String(fn), error) : error;
}
