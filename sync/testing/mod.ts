/**
 * Threads for the tests of the packages above. Not for programs: it changes without notice.
 *
 * @module
 */
export { runBody } from "./run_body.ts";
export { type Body, LIMIT, type Mode, MODES, type Order, type Sync, sync } from "./sync.ts";
export { assertNobodyLeft, type Crew, startWith } from "./threads.ts";
