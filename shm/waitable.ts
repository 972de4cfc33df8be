/**
 * The method by which {@linkcode connectionWait} asks whether something is ready; see {@linkcode Waitable}.
 *
 * @example
 * ```ts
 * import { connectionWait, READY } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const always = { [READY]: () => true };
 * assertEquals(connectionWait([always]), [always]);
 * ```
 */
export const READY: unique symbol = Symbol("ready");

/**
 * What {@linkcode connectionWait} can wait for beside connections: the end of a process, which only the
 * packages above know. Whoever makes it ready rings `channelBell`, as the end of a thread does.
 */
export interface Waitable {
  /** Whether there is something to see. */
  [READY](): boolean;
}

/** Whether a value is a {@linkcode Waitable}. */
export function isWaitable(value: unknown): value is Waitable {
  return typeof value === "object" && value !== null && READY in value;
}
