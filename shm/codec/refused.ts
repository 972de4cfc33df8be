/**
 * Classes whose instances cannot pass, and what to do instead. Without this table some of them would
 * arrive as an empty object.
 *
 * @module
 */

import { defineClass } from "./classes.ts";
import { refusals, withArticle } from "./errors.ts";

const COLLECTED =
  "what it holds depends on this thread's garbage collector, so send a Map, a Set or " +
  "the object itself";
const HERE =
  "it belongs to this thread, so send data about it, and talk through a Queue, Pipe or Event";
const STREAM = "read it here and send what it contained";

/** What all async generators inherit from; it has no global name. */
const asyncIterator: object = Object.getPrototypeOf(
  Object.getPrototypeOf((async function* () {}).prototype),
);

/** `[class, what it is, the way out]`; what it is defaults to the name of the object's class. */
const table: [{ prototype: object }, string, string?][] = [
  [Symbol, "send a string and look the symbol up there", "a symbol as an object"],
  [Promise, "await it, and send what it resolves to"],
  [WeakMap, COLLECTED],
  [WeakSet, COLLECTED],
  [WeakRef, COLLECTED],
  [FinalizationRegistry, COLLECTED],
  [Iterator, "collect its values first: `[...iterator]`", "a generator or iterator"],
  [{ prototype: asyncIterator }, "collect its values first", "an async generator"],
  [URL, "send its `href`"],
  [URLSearchParams, "send `[...params]`"],
  [Headers, "send `[...headers]`"],
  [FormData, "send `[...form]`"],
  [Blob, "send `await blob.arrayBuffer()`"],
  [Request, STREAM],
  [Response, STREAM],
  [ReadableStream, STREAM],
  [WritableStream, HERE],
  [TransformStream, HERE],
  [AbortController, "pass `{ signal }` to the call itself"],
  [AbortSignal, "pass `{ signal }` to the call itself"],
  [EventTarget, HERE], // Worker, MessagePort, WebSocket, BroadcastChannel, ...
  [WebAssembly.Module, "send the bytes that it was compiled from"],
];

/**
 * Say that the objects of a class cannot pass.
 *
 * @param what What such an object is, with its article.
 * @param wayOut What to do instead: the second half of a sentence.
 *
 * @example
 * ```ts
 * import { encode, refuseClass, UncloneableError } from "./mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * class Door {}
 * refuseClass(Door, "a door", "send its key");
 * assertThrows(() => encode([new Door()]), UncloneableError, "send its key");
 * ```
 */
export function refuseClass(cls: { prototype: object }, what: string, wayOut: string): void {
  defineClass(cls, (object) => {
    throw refusals.ofClass(object, what, wayOut);
  });
}

for (const [cls, wayOut, what] of table) {
  defineClass(cls, (object) => {
    throw refusals.ofClass(object, what ?? withArticle(object.constructor.name), wayOut);
  });
}
