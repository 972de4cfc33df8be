/**
 * ArrayBuffers, SharedArrayBuffers and the views on them. A view is its place and its buffer; the
 * buffer is an object like others, so two views on one buffer share it afterwards.
 *
 * @module
 */

import { buffer as memory, i32, u8 } from "@polycore/sync/internal";
import { defineBuiltin, defineClass } from "./classes.ts";
import { readNext } from "./decode.ts";
import { put } from "./encode.ts";
import { errors, orBug, refusals } from "./errors.ts";
import { putRaw, takeRaw } from "./numbers.ts";
import { defineRead, expect, met, reader, reserve, settle, takeCount, takeWord } from "./reader.ts";
import { grow, limit } from "./scratch.ts";
import { BUFFER, BUFFER_RESIZABLE, MEMORY, PAYLOAD_SHIFT, SHARED_BUFFER, VIEW } from "./tags.ts";

/** How SharedArrayBuffers that are not the shared memory reach another thread. */
export interface BufferCodec {
  /** The number of a buffer, under which other threads can get it. */
  idOf(buffer: SharedArrayBuffer): number;
  /** The buffer with that number. */
  bufferOf(id: number): SharedArrayBuffer;
}

let codec: BufferCodec | undefined;

/** Let SharedArrayBuffers of the user's own travel. */
export function installBufferCodec(buffers: BufferCodec): void {
  codec = buffers;
}

const lengthOf = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")!.get!;

defineBuiltin(ArrayBuffer, (buffer) => lengthOf.call(buffer), (buffer: ArrayBuffer, at) => {
  if (buffer.detached) throw refusals.detached(buffer);
  const length = buffer.byteLength;
  const words = Math.ceil(length / 4);
  if (at + words > limit) at = grow(at, words);
  i32[at] = buffer.resizable ? BUFFER_RESIZABLE : BUFFER;
  i32[at + 1] = length;
  at += 2;
  if (buffer.resizable) at = putRaw(buffer.maxByteLength, at);
  u8.set(new Uint8Array(buffer), at * 4);
  return at + words;
});

function takeBytes(into: ArrayBuffer): ArrayBuffer {
  const from = reader.at * 4;
  new Uint8Array(into).set(u8.subarray(from, from + into.byteLength));
  reader.at += Math.ceil(into.byteLength / 4);
  return met(into);
}

defineRead(BUFFER, () => {
  const length = takeCount();
  expect(Math.ceil(length / 4));
  return takeBytes(new ArrayBuffer(length));
});

defineRead(BUFFER_RESIZABLE, () => {
  const length = takeCount();
  const maxByteLength = takeRaw();
  expect(Math.ceil(length / 4));
  return takeBytes(orBug(() => new ArrayBuffer(length, { maxByteLength })));
});

defineClass(SharedArrayBuffer, (buffer: SharedArrayBuffer, at) => {
  if (buffer === memory) {
    i32[at] = MEMORY;
    return at + 1;
  }
  if (codec === undefined) throw refusals.ownSharedBuffer(buffer);
  i32[at] = SHARED_BUFFER;
  i32[at + 1] = codec.idOf(buffer);
  return at + 2;
});

defineRead(MEMORY, () => met(memory));

defineRead(SHARED_BUFFER, () => {
  const id = takeWord();
  if (codec === undefined) throw errors.bug(`buffer ${id} arrived where nothing knows buffers`);
  return met(codec.bufferOf(id));
});

/** Makes a view. */
type ViewClass = new (buffer: ArrayBufferLike, offset: number, length?: number) => ArrayBufferView;

/** The types of elements, by the numbers under which they travel. */
const TYPES: ViewClass[] = [
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  BigUint64Array,
  BigInt64Array,
  Float16Array,
  Float32Array,
  Float64Array,
  DataView,
];

/** In place of a length: the view is as long as its resizable buffer. */
const TRACKING = -1;

function lengthOfView(view: ArrayBufferView): number {
  return view instanceof DataView ? view.byteLength : (view as Uint8Array).length;
}

/** Whether a view grows with its buffer; the only way to know is to grow it. */
function tracksLength(view: ArrayBufferView): boolean {
  const buffer = view.buffer;
  if (!(buffer instanceof ArrayBuffer) || !buffer.resizable) return false;
  const before = buffer.byteLength, length = lengthOfView(view);
  const more = Math.min(before + 8, buffer.maxByteLength);
  buffer.resize(more);
  const tracks = lengthOfView(view) !== length;
  buffer.resize(before);
  return tracks;
}

TYPES.forEach((cls, type) => {
  const write = (view: ArrayBufferView, at: number): number => {
    if ((view.buffer as ArrayBuffer).detached) throw refusals.detached(view);
    i32[at] = VIEW | type << PAYLOAD_SHIFT;
    at = putRaw(view.byteOffset, at + 1);
    at = putRaw(tracksLength(view) ? TRACKING : lengthOfView(view), at);
    return put(view.buffer, at);
  };
  const probe = (view: object) => {
    if (!ArrayBuffer.isView(view)) throw view;
  };
  defineBuiltin(cls, probe, write);
});

defineRead(VIEW, (type) => {
  const number = reserve();
  const offset = takeRaw(), length = takeRaw();
  const buffer = readNext();
  if (!(buffer instanceof ArrayBuffer) && !(buffer instanceof SharedArrayBuffer)) {
    throw errors.bug("a view on something that is no buffer"); // a number would be taken for a length
  }
  const cls = TYPES[type];
  if (cls === undefined) throw errors.bug(`a view of the type ${type}`);
  return settle(
    number,
    orBug(() => length === TRACKING ? new cls(buffer, offset) : new cls(buffer, offset, length)),
  );
});
