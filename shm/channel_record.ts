/**
 * The records of a channel: what their headers say.
 *
 * @module
 */

/**
 * A record is a header word and its payload. The header is 0 until the payload is there; then its lowest
 * two bits say what the record is and the others how many words of payload it has.
 */
const INLINE = 1, BLOCK = 2;

/** The header of a record whose payload follows. */
export function inlineHeader(words: number): number {
  return words << 2 | INLINE;
}

/** The header of a record whose one word of payload is the address of a block with the value. */
export const BLOCK_HEADER: number = 1 << 2 | BLOCK;

/** Whether a header belongs to a record with a block of its own. */
export function isBlock(header: number): boolean {
  return (header & 3) === BLOCK;
}

/** Words of a record, header included. */
export function recordWords(header: number): number {
  return 1 + (header >>> 2);
}
