import type { Key } from "./keys.ts";

/** What a set of a manager can do, in the proxy and in the server. */
export interface SetMethods<T extends Key> {
  /** Whether a value is in it. */
  has(value: T): boolean;
  /** Take out a value; whether it was there. Python's `discard`. */
  delete(value: T): boolean;
  /**
   * Take out the oldest value.
   *
   * @throws {KeyError} If the set is empty.
   */
  pop(): T;
  /** A copy of the values, oldest first. */
  values(): T[];
  /** A copy of the set, in this thread's own memory. */
  copy(): Set<T>;
  /** Take out all values. */
  clear(): void;
}
