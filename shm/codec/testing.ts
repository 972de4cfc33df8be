/**
 * What the tests of the codec share.
 *
 * @module
 */

import { allocate, free, i32 } from "@polycore/sync/internal";
import { decode, encode, scratchAddress } from "./mod.ts";

/** Encode, move the words to an odd address, as a queue may, and decode them there. */
export function roundTrip<T>(value: T): T {
  const words = encode(value);
  const block = allocate(words + 1);
  i32.copyWithin(block + 1, scratchAddress(), scratchAddress() + words);
  try {
    return decode(block + 1) as T;
  } finally {
    free(block);
  }
}

/**
 * How two values differ, or `undefined`: types, prototypes, all own enumerable keys in order, -0 and NaN,
 * holes, and which parts are the same object.
 */
export function difference(
  a: unknown,
  b: unknown,
  path = "value",
  partners: Map<unknown, unknown> = new Map(),
): string | undefined {
  if (Object.is(a, b) && (typeof a !== "object" || a === null)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return `${path}: ${Deno.inspect(a)} is not ${Deno.inspect(b)}`;
  }
  if (partners.has(a) || partners.has(b)) {
    return partners.get(a) === b && partners.get(b) === a ? undefined : `${path}: other identity`;
  }
  partners.set(a, b).set(b, a);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path}: other class`;
  for (const [name, x, y] of parts(a, b)) {
    const found = difference(x, y, path + name, partners);
    if (found) return found;
  }
  return undefined;
}

function* parts(a: object, b: object): Generator<[string, unknown, unknown]> {
  if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) {
    yield ["(bytes)", String(new Uint8Array(a)), String(new Uint8Array(b))];
    yield [".maxByteLength", a.maxByteLength, b.maxByteLength];
    return;
  }
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    yield [".buffer", a.buffer, b.buffer];
    yield [".byteOffset", a.byteOffset, b.byteOffset];
    yield [".byteLength", a.byteLength, b.byteLength];
    return;
  }
  const keys = Object.keys(a);
  yield ["(keys)", keys.join("\n"), Object.keys(b).join("\n")];
  for (const key of keys) {
    yield [`.${key}`, a[key as keyof typeof a], b[key as keyof typeof b]];
  }
  yield* hidden(a, b);
}

function* hidden(a: object, b: object): Generator<[string, unknown, unknown]> {
  if (Array.isArray(a)) yield [".length", a.length, (b as unknown[]).length];
  else if (a instanceof Map) yield* pairs([...a].flat(1), [...(b as typeof a)].flat(1));
  else if (a instanceof Set) yield* pairs([...a], [...(b as typeof a)]);
  else if (a instanceof Date) yield [".getTime()", a.getTime(), (b as Date).getTime()];
  else if (a instanceof RegExp) {
    yield ["(pattern)", String(a), String(b)];
    yield [".lastIndex", 0, (b as RegExp).lastIndex];
  } else if (a instanceof Error) {
    yield [".message", a.message, (b as Error).message];
    yield [".stack", a.stack, (b as Error).stack];
    yield [".cause", a.cause, (b as Error).cause];
  } else if (/^(Number|String|Boolean|BigInt)$/.test(a.constructor?.name)) {
    yield ["(primitive)", a.valueOf(), b.valueOf()];
  }
}

function* pairs(a: unknown[], b: unknown[]): Generator<[string, unknown, unknown]> {
  yield [".size", a.length, b.length];
  for (let i = 0; i < a.length; i++) yield [`(${i})`, a[i], b[i]];
}

/** Throw unless a value comes through a round trip as structured clone would make it. */
export function assertAsCloned(value: unknown): void {
  const found = difference(structuredClone(value), roundTrip(value));
  if (found) throw new Error(found);
}
