/**
 * The only module that touches `Atomics`. Everything else synchronises through these functions, so
 * that a test can put a deterministic scheduler in their place and a tracer has one place to listen.
 *
 * All of them work on a word of the shared memory and are sequentially consistent.
 *
 * @module
 */

import { i32 } from "./memory.ts";

/** Read a word. */
export function load(word: number): number {
  return Atomics.load(i32, word);
}

/** Write a word. */
export function store(word: number, value: number): void {
  Atomics.store(i32, word, value);
}

/** Add to a word and give what it held before. */
export function add(word: number, value: number): number {
  return Atomics.add(i32, word, value);
}

/** Write a word and give what it held before. */
export function exchange(word: number, value: number): number {
  return Atomics.exchange(i32, word, value);
}

/** Compare and swap: write `value` if the word holds `expected`; give what it held before. */
export function cas(word: number, expected: number, value: number): number {
  return Atomics.compareExchange(i32, word, expected, value);
}

/** Sleep while the word holds `expected`, for `timeout` milliseconds at the most. */
export function wait(
  word: number,
  expected: number,
  timeout: number,
): "ok" | "not-equal" | "timed-out" {
  return Atomics.wait(i32, word, expected, timeout);
}

/** As {@linkcode wait}, without blocking the thread. */
export function waitAsync(
  word: number,
  expected: number,
  timeout: number,
): "not-equal" | "timed-out" | Promise<"ok" | "timed-out"> {
  const result = Atomics.waitAsync(i32, word, expected, timeout);
  return result.value;
}

/** Wake `count` of the threads that sleep on a word (all, when not given); give how many. */
export function notify(word: number, count?: number): number {
  return Atomics.notify(i32, word, count);
}

/** Tell the processor that this is a spin loop. */
export const pause: () => void = (Atomics as unknown as { pause: () => void }).pause;

/** The typed arrays whose elements can be changed atomically. */
export type IntegerView =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Add to an element of any integer view and give what it held before. */
export function addTo<T extends number | bigint>(view: IntegerView, index: number, value: T): T {
  return Atomics.add(view as Int32Array, index, value as number) as T;
}

const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);
const half = new Int32Array(1);
const single = new Float32Array(half.buffer);

/** Add to a double atomically, by compare and swap on its bits; give what it held before. */
export function addToDouble(view: BigInt64Array, index: number, value: number): number {
  for (;;) {
    const seen = Atomics.load(view, index);
    bits[0] = seen;
    const before = double[0]!;
    double[0] = before + value;
    if (Atomics.compareExchange(view, index, seen, bits[0]!) === seen) return before;
  }
}

/** Add to a single-precision number atomically; give what it held before. */
export function addToSingle(view: Int32Array, index: number, value: number): number {
  for (;;) {
    const seen = Atomics.load(view, index);
    half[0] = seen;
    const before = single[0]!;
    single[0] = before + value;
    if (Atomics.compareExchange(view, index, seen, half[0]!) === seen) return before;
  }
}
