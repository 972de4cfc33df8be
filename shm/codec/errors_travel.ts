/**
 * Errors as values: they arrive as the same class if it is known by name, with message, stack, cause
 * and fields. A field that cannot pass stays behind, with a note in its place, because the error
 * itself must get through.
 *
 * @module
 */

import {
  BrokenBarrierError,
  DeadlockError,
  HeapFullError,
  OwnerDiedError,
  StoppedError,
} from "@polycore/sync";
import { i32 } from "@polycore/sync/internal";
import { defineClass } from "./classes.ts";
import { readNext, readString } from "./decode.ts";
import { put, putCount, rollBack, savepoint } from "./encode.ts";
import { Refusal, RemoteError, UncloneableError } from "./errors.ts";
import { defineField, defineRead, expect, reserve, settle, takeCount } from "./reader.ts";
import { pathTo } from "./path.ts";
import { ERROR, PAYLOAD_SHIFT } from "./tags.ts";

/** A class of errors. */
// deno-lint-ignore no-explicit-any
export type ErrorClass = new (...args: any[]) => Error;

const classes: Map<string, ErrorClass> = new Map();

/**
 * Make a class of errors known by its name, so that its errors arrive as the same class. Every thread
 * that receives them has to do this; the built-in classes are known. The constructor is not called on
 * arrival: the fields are restored instead, so private ones are missing.
 *
 * @param cls The class.
 *
 * @example
 * ```ts
 * import { decode, encode, registerErrorClass, scratchAddress } from "./mod.ts";
 * import { assertInstanceOf } from "@std/assert";
 *
 * class QuotaError extends Error {}
 * registerErrorClass(QuotaError);
 * encode(new QuotaError("all used up"));
 * assertInstanceOf(decode(scratchAddress()), QuotaError);
 * ```
 */
export function registerErrorClass(cls: ErrorClass): void {
  classes.set(cls.name, cls);
}

for (
  const cls of [
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    AggregateError,
    SuppressedError,
    DOMException,
    UncloneableError,
    RemoteError,
    BrokenBarrierError,
    DeadlockError,
    HeapFullError,
    OwnerDiedError,
    StoppedError,
  ]
) registerErrorClass(cls);

/** Fields of errors that travel although they are not enumerable. */
const HIDDEN = ["name", "cause", "errors", "error", "suppressed"];

/** Payload: the class only happens to have the name of a known one. */
const NAMESAKE = 1;

const isOwnEnumerable = Object.prototype.propertyIsEnumerable;

defineClass(Error, (error: Error, at) => {
  const prototype: object = Object.getPrototypeOf(error);
  const className = prototype.constructor?.name ?? "Error";
  const known = classes.get(className);
  const namesake = known !== undefined && known.prototype !== prototype;
  const fields = Object.keys(error);
  const hidden = HIDDEN.filter((key) =>
    Object.hasOwn(error, key) && !isOwnEnumerable.call(error, key)
  );
  i32[at] = ERROR | (namesake ? NAMESAKE : 0) << PAYLOAD_SHIFT;
  at = put(className, at + 1);
  at = put(String(error.name), at);
  at = put(String(error.message), at);
  at = put(typeof error.stack === "string" ? error.stack : undefined, at);
  at = putCount(hidden.length + fields.length, putCount(hidden.length, at));
  for (const key of [...hidden, ...fields]) {
    at = putOrNote((error as unknown as Record<string, unknown>)[key], key, put(key, at));
  }
  return at;
});

/** Encode a field; if it cannot pass, a note in its place. */
function putOrNote(value: unknown, key: string, at: number): number {
  const before = savepoint(at);
  try {
    return put(value, at);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const path = pathTo(refusal.offender, value, key);
    return put(`[stayed behind: ${path} is ${refusal.what}]`, rollBack(before));
  }
}

defineRead(ERROR, (payload) => {
  const number = reserve();
  const className = readString(), name = readString(), message = readString();
  const error = settle(number, make(payload & NAMESAKE ? "" : className, name, message));
  if (error instanceof RemoteError) Object.assign(error, { name, className });
  const stack = readNext();
  if (typeof stack === "string") error.stack = stack;
  const hidden = takeCount(), count = takeCount();
  expect(count * 2);
  for (let i = 0; i < count; i++) defineField(error, readString(), readNext(), i >= hidden);
  return error;
});

/** An error of the class, without calling its constructor, whose parameters nobody knows here. */
function make(className: string, name: string, message: string): Error {
  const cls = classes.get(className) ?? RemoteError;
  if (cls === DOMException) return new DOMException(message, name);
  const frames = Error.stackTraceLimit;
  Error.stackTraceLimit = 0; // the stack comes from the other thread
  const error: Error = Reflect.construct(Error, message === "" ? [] : [message], cls);
  Error.stackTraceLimit = frames;
  return error;
}
