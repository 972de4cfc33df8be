/**
 * The words that values are made of.
 *
 * A word with its lowest bit set is a whole number of 31 bits. Any other word is a tag (bits 1 to 7,
 * so tags are even) with a payload of 24 bits above it; what follows depends on the tag.
 *
 * @module
 */

/** Bits of a word that hold the tag. */
export const TAG_BITS = 0xff;

/** How far the payload is shifted. */
export const PAYLOAD_SHIFT = 8;

/** The largest payload. */
export const MAX_PAYLOAD = 0xffffff;

// Tag 0 means nothing, so that zeroed memory is seen to be damaged. The tags are single constants and
// no table, so that the readers' switch compiles to a jump.

/** `undefined`. */
export const UNDEFINED = 2;
/** `null`. */
export const NULL = 4;
/** `true`. */
export const TRUE = 6;
/** `false`. */
export const FALSE = 8;
/** A whole number of 32 bits: one word. */
export const INT32 = 10;
/** Any other number: two words. */
export const DOUBLE = 12;
/** Payload: length. One byte per character, four in a word. */
export const LATIN1 = 14;
/** As {@linkcode LATIN1}, the length in a word. */
export const LATIN1_LONG = 16;
/** Length in bytes, then UTF-8. */
export const UTF8 = 18;
/** Length in units, then UTF-16: for strings with lone surrogates. */
export const UTF16 = 20;
/** Payload: shape. The values of the shape's keys. */
export const OBJECT = 22;
/** Payload: shape. As {@linkcode OBJECT}, then further keys, each with its value, until {@linkcode END}. */
export const OBJECT_MORE = 24;
/** The end of the further keys. */
export const END = 26;
/** Payload: length. The elements. */
export const ARRAY = 28;
/** Payload: length. As {@linkcode ARRAY}, with holes. */
export const ARRAY_HOLEY = 30;
/** As {@linkcode ARRAY_HOLEY}, the length in a word. */
export const ARRAY_LONG = 32;
/** So many elements are missing: one word. Only in arrays. */
export const HOLES = 34;
/** Payload: length. Numbers only, two words each. */
export const NUMBERS = 36;
/** An array, then the number of further fields, and their keys and values in turn. */
export const ARRAY_NAMED = 70;
/** An object that was met before: its number, in the order in which objects were met. */
export const REF = 38;
/** A bigint of 64 bits: two words. */
export const BIGINT64 = 40;
/** Payload: 1 when negative. The digits, hexadecimal, as a string. */
export const BIGINT = 42;
/** Milliseconds: two words. */
export const DATE = 44;
/** Source and flags: two strings. */
export const REGEXP = 46;
/** `Object(primitive)`: the primitive. */
export const BOXED = 48;
/** Number of entries, then keys and values in turn. */
export const MAP = 50;
/** Number of elements, then the elements. */
export const SET = 52;
/** Length in bytes, then the bytes. */
export const BUFFER = 54;
/** As {@linkcode BUFFER}, with the largest length as a double between. */
export const BUFFER_RESIZABLE = 56;
/** Payload: type of the elements. Offset and length as doubles, then the buffer. */
export const VIEW = 58;
/** The shared memory itself. */
export const MEMORY = 60;
/** A SharedArrayBuffer of the user's: its number. */
export const SHARED_BUFFER = 62;
/** Class, message, stack, then a word that says what else follows; see `errors_travel.ts`. */
export const ERROR = 64;
/** Payload: kind. Address, then the array of parts. */
export const SHAREABLE = 66;
/** The number of a function. */
export const FUNCTION = 68;
/** The number of a function and the number of arguments bound to it, then those. */
export const BOUND = 72;

/** Words before an encoded value: mark and flags, and the number of words altogether. */
export const HEADER = 2;

/** In the first word of every encoded value. */
export const MARK = 0x50430000;

/** The bits of the first word that are the mark. */
export const MARK_BITS = 0xffff0000 | 0;

/** In the first word: the value has a {@linkcode REF}, so the reader must number what it builds. */
export const HAS_REFS = 1;

/** In the first word: the value ends with the list of the shareables that are in transit. */
export const HAS_HELD = 2;
