import { errors } from "./errors.ts";

/**
 * What a dict of a manager has as keys, and a set as elements: values that are found again by being equal.
 * Python calls them hashable.
 */
export type Key = string | number | bigint | boolean | null | undefined;

/** Throw unless a value can be found again. */
export function checkKey(what: string, key: unknown): void {
  if (typeof key === "object" && key !== null || typeof key === "function") {
    throw errors.objectKey(what, key);
  }
}
