/**
 * Encoding: the value is walked once and written into this thread's scratch block, word by word.
 *
 * Every function here takes the address to write at and gives the address behind what it wrote, so
 * that no position lives in memory. The block may move while a value is written ({@linkcode grow}), so
 * what is written later is remembered by its distance from {@linkcode base}.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { nextElement, putHoles, putMatch, putSparse } from "./arrays.ts";
import { writerFor } from "./classes.ts";
import { errors, Refusal, refusals, TooDeep } from "./errors.ts";
import { boundParts, forgetFunctions, functionsInLastEncode, putFunction } from "./functions.ts";
import { dropHeld, heldSoFar, keepHeld, putHeld } from "./held.ts";
import { forgetObjects, numberOf, objectsMet } from "./memo.ts";
import { putBigint, putDouble, putNumbers } from "./numbers.ts";
import { nameOf, pathTo, type Root } from "./path.ts";
import { base, begin, grow, limit } from "./scratch.ts";
import { childOf, ROOT, type Shape } from "./shapes.ts";
import { putString } from "./strings.ts";
import {
  ARRAY,
  ARRAY_HOLEY,
  ARRAY_LONG,
  END,
  FALSE,
  HAS_HELD,
  HAS_REFS,
  HEADER,
  INT32,
  MARK,
  MAX_PAYLOAD,
  NULL,
  OBJECT,
  OBJECT_MORE,
  PAYLOAD_SHIFT,
  REF,
  TRUE,
  UNDEFINED,
} from "./tags.ts";

/** Up to this element an array is still tried as one of numbers only. */
const LATEST_DOUBLE = 8;

/** What {@linkcode putNumber} takes for a number that is no int32. */
const DOUBLE_WORDS = 3;

/**
 * Objects inside objects that are allowed. A fixed limit, because how deep the stack reaches depends on
 * what was compiled so far: what one thread can encode any other shall be able to decode.
 */
const DEEPEST = 1000;

let busy = false;
let depth = 0;
/** The flags of the value: {@linkcode HAS_REFS} as soon as something occurs twice. */
let refs = 0;
/** Whether somebody gave all objects an enumerable key, which `for in` then shows. */
let inherited = false;

/**
 * Encode a value into this thread's scratch block in the shared heap. The words stay valid until the
 * next call, and may be copied to any other address. Shareables inside count one more holder each
 * until the words are decoded or discarded: do exactly one of the two, once.
 *
 * @param root What error messages call the value; or the values as the caller knows them, by name, when
 * `value` has them in another form.
 * @returns The number of words; they begin at {@linkcode scratchAddress}.
 * @throws {UncloneableError} If something inside cannot pass; the message names the path to it.
 *
 * @example
 * ```ts
 * import { decode, encode, scratchAddress } from "./mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * encode({ i: 7, s: "hello" });
 * assertEquals(decode(scratchAddress()), { i: 7, s: "hello" });
 * ```
 */
export function encode(value: unknown, root: Root = "value"): number {
  if (busy) throw errors.nested(nameOf(root));
  busy = true;
  try {
    refs = depth = 0;
    inherited = inheritsKeys();
    forgetFunctions(0);
    begin();
    let at = put(value, base + HEADER);
    if (heldSoFar() > 0) {
      at = putHeld(at);
      refs |= HAS_HELD;
    }
    i32[base] = MARK | refs;
    return i32[base + 1] = at - base;
  } catch (error) {
    dropHeld(0);
    throw explain(error, value, root);
  } finally {
    busy = false; // first: where the stack is full, the next call may throw
    keepHeld();
    forgetObjects(0);
  }
}

/** Say where in the value the trouble is. Costs nothing unless there is some. */
function explain(error: unknown, value: unknown, root: Root): unknown {
  if (error instanceof Refusal) {
    return errors.uncloneable(pathTo(error.offender, value, root), error);
  }
  if (error instanceof TooDeep) return errors.tooDeep(nameOf(root), DEEPEST);
  return error;
}

/** Whether an object has keys that are not its own. */
function inheritsKeys(): boolean {
  for (const _ in Object.prototype) return true;
  return false;
}

/** Encode any value. What comes behind it has to look at {@linkcode limit} again. */
export function put(value: unknown, at: number): number {
  if (at > limit) at = grow(at);
  switch (typeof value) {
    case "number":
      return putNumber(value, at);
    case "string":
      return putString(value, at);
    case "object":
      if (value !== null) return putObject(value, at);
      i32[at] = NULL;
      return at + 1;
    case "undefined":
      i32[at] = UNDEFINED;
      return at + 1;
    case "boolean":
      i32[at] = value ? TRUE : FALSE;
      return at + 1;
    case "bigint":
      return putBigint(value, at);
    case "function":
      return boundParts(value) ? putObject(value, at) : putFunction(value, at);
    default:
      throw refusals.symbol(value as symbol);
  }
}

/** Write a length or count without a tag. */
export function putCount(count: number, at: number): number {
  if (at > limit) at = grow(at);
  i32[at] = count;
  return at + 1;
}

function putNumber(value: number, at: number): number {
  const whole = value | 0;
  if (whole !== value || (whole === 0 && Object.is(value, -0))) return putDouble(value, at);
  if (whole << 1 >> 1 === whole) {
    i32[at] = whole << 1 | 1;
    return at + 1;
  }
  i32[at] = INT32;
  i32[at + 1] = whole;
  return at + 2;
}

function putObject(object: object, at: number): number {
  const number = numberOf(object);
  if (number >= 0) {
    refs |= HAS_REFS;
    i32[at] = REF;
    i32[at + 1] = number;
    return at + 2;
  }
  if (++depth > DEEPEST) throw new TooDeep();
  if (Array.isArray(object)) {
    at = (object as { index?: unknown }).index === undefined
      ? putArray(object, at)
      : putMatch(object, at);
  } else {
    const prototype = Object.getPrototypeOf(object);
    at = prototype === Object.prototype && !inherited
      ? putPlain(object, at)
      : writerFor(prototype, putInstance)(object, at);
  }
  depth--;
  return at;
}

/** A plain object: one walk over its keys that also walks down the tree of shapes. */
function putPlain(object: object, at: number): number {
  const head = at - base;
  at++;
  let shape = ROOT;
  let more = false;
  for (const key in object) {
    if (!more) {
      const child = shape.lastKey === key ? shape.lastChild : childOf(shape, key);
      if (child !== undefined) {
        shape = child;
        at = put((object as Record<string, unknown>)[key], at);
        continue;
      }
      more = true;
    }
    at = put(key, at);
    at = put((object as Record<string, unknown>)[key], at);
  }
  return endObject(shape, more, head, at);
}

function endObject(shape: Shape, more: boolean, head: number, at: number): number {
  if (more) {
    if (at > limit) at = grow(at);
    i32[at++] = END;
  }
  i32[base + head] = (more ? OBJECT_MORE : OBJECT) | shape.id << PAYLOAD_SHIFT;
  return at;
}

/** An instance of a class: it may inherit enumerable keys, so its own are listed first. */
function putInstance(object: object, at: number): number {
  const head = at - base;
  at++;
  let shape = ROOT;
  let more = false;
  for (const key of Object.keys(object)) {
    const child = more ? undefined : shape.lastKey === key ? shape.lastChild : childOf(shape, key);
    if (child === undefined) {
      more = true;
      at = put(key, at);
    } else {
      shape = child;
    }
    at = put((object as Record<string, unknown>)[key], at);
  }
  return endObject(shape, more, head, at);
}

/** An array: a word for each element and what belongs to it, or two for each if all are numbers. */
export function putArray(array: unknown[], at: number): number {
  const length = array.length;
  const head = at - base;
  let tag = length > MAX_PAYLOAD ? ARRAY_LONG : ARRAY;
  if (tag === ARRAY_LONG) i32[++at] = length;
  at++;
  let numbersOnly = tag === ARRAY;
  for (let i = 0; i < length; i++) {
    const value = array[i];
    if (typeof value === "number") {
      if (at > limit) at = grow(at);
      const next = putNumber(value, at);
      if (next - at === DOUBLE_WORDS && numbersOnly && i < LATEST_DOUBLE) {
        if (base + head + length * 2 > limit) grow(at, length * 2);
        const end = putNumbers(array, length, base + head);
        if (end > 0) return end;
        numbersOnly = false;
        at = base + head + 1; // it wrote over the elements so far
        i = -1;
        continue;
      }
      at = next;
      continue;
    }
    numbersOnly = false;
    if (value === undefined && !(i in array)) {
      if (tag === ARRAY) tag = ARRAY_HOLEY;
      const next = nextElement(array, i);
      if (next < 0) {
        at = putSparse(array, i, at);
        break;
      }
      at = putHoles(next - i, at);
      i = next - 1;
    } else {
      at = put(value, at);
    }
  }
  i32[base + head] = tag === ARRAY_LONG ? tag : tag | length << PAYLOAD_SHIFT;
  return at;
}

/** How far encoding has come, so that what follows can be taken back. */
export interface Savepoint {
  /** Words written. */
  words: number;
  /** Objects met. */
  objects: number;
  /** Shareables held. */
  held: number;
  /** Functions met. */
  functions: number;
  /** Objects around the place. */
  depth: number;
}

/** Remember how far encoding has come. */
export function savepoint(at: number): Savepoint {
  return {
    words: at - base,
    objects: objectsMet(),
    held: heldSoFar(),
    functions: functionsInLastEncode().length,
    depth,
  };
}

/** Take back what was encoded since; give the address to go on at. */
export function rollBack(to: Savepoint): number {
  forgetObjects(to.objects);
  dropHeld(to.held);
  forgetFunctions(to.functions);
  depth = to.depth;
  return base + to.words;
}
