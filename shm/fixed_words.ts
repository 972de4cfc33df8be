/**
 * Words of the memory's fixed part that this package uses. `LAYOUT` of `@polycore/sync` leaves those
 * between its free lists and its thread table to the packages above.
 *
 * @module
 */

/** Changes whenever something happens at a channel that somebody watches together with others. */
export const BELL = 128;

/** The lock of the names of shared memory. */
export const NAMES_LOCK = 144;

/** The address of the first segment of shared memory that has a name, 0 for none. */
export const FIRST_NAME = 145;
