import { buffer } from "@polycore/sync/internal";
import { errors } from "./errors.ts";

/** The typed array behind each typecode. */
const VIEWS = {
  b: Int8Array,
  B: Uint8Array,
  h: Int16Array,
  H: Uint16Array,
  i: Int32Array,
  I: Uint32Array,
  l: Int32Array,
  L: Uint32Array,
  q: BigInt64Array,
  Q: BigUint64Array,
  f: Float32Array,
  d: Float64Array,
} as const satisfies Record<TypeCode, unknown>;

/**
 * The type of the elements, in the letters of Python's `array` module: `b B` 8 bits signed and
 * unsigned, `h H` 16, `i I` and `l L` 32, `q Q` 64 (as bigint), `f` single and `d` double precision.
 * A whole number out of range wraps around, as in Python; one with a fraction is a mistake under a
 * typecode of whole numbers, as in Python.
 */
export type TypeCode = "b" | "B" | "h" | "H" | "i" | "I" | "l" | "L" | "q" | "Q" | "f" | "d";

/** What an element of a typecode is in JavaScript: `bigint` for `q` and `Q`, else `number`. */
export type ElementOf<C extends TypeCode> = C extends "q" | "Q" ? bigint : number;

/** The typed array of a typecode. */
export type ViewOf<C extends TypeCode> = C extends "b" ? Int8Array<SharedArrayBuffer>
  : C extends "B" ? Uint8Array<SharedArrayBuffer>
  : C extends "h" ? Int16Array<SharedArrayBuffer>
  : C extends "H" ? Uint16Array<SharedArrayBuffer>
  : C extends "i" | "l" ? Int32Array<SharedArrayBuffer>
  : C extends "I" | "L" ? Uint32Array<SharedArrayBuffer>
  : C extends "q" ? BigInt64Array<SharedArrayBuffer>
  : C extends "Q" ? BigUint64Array<SharedArrayBuffer>
  : C extends "f" ? Float32Array<SharedArrayBuffer>
  : Float64Array<SharedArrayBuffer>;

/** Bytes of an element; throws when the typecode is none. */
export function sizeOf(typecode: TypeCode): number {
  const view = typeof typecode === "string" && Object.hasOwn(VIEWS, typecode) && VIEWS[typecode];
  if (!view) throw errors.typecode(typecode);
  return view.BYTES_PER_ELEMENT;
}

/** The shared memory as elements of a typecode. */
export function viewAt<C extends TypeCode>(
  typecode: C,
  byteOffset: number,
  length: number,
): ViewOf<C> {
  const View = VIEWS[typecode] as unknown as new (
    buffer: SharedArrayBuffer,
    byteOffset: number,
    length: number,
  ) => ViewOf<C>;
  return new View(buffer, byteOffset, length);
}

/** The value as an element of a typecode; throws when it is of the wrong kind. */
export function toElement<C extends TypeCode>(typecode: C, value: unknown): ElementOf<C> {
  if (typecode === "q" || typecode === "Q") {
    if (typeof value === "bigint") return value as ElementOf<C>;
    if (Number.isInteger(value)) return BigInt(value as number) as ElementOf<C>;
  } else if (typecode === "d" || typecode === "f") {
    if (typeof value === "number") return value as ElementOf<C>;
  } else if (Number.isInteger(value)) return value as ElementOf<C>;
  throw errors.element(typecode, value);
}
