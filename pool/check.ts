/**
 * Whether what a caller gave makes sense.
 *
 * @module
 */

import { mayHaveChildren } from "./current_process.ts";
import { errors } from "./errors.ts";
import { moduleBeingImported } from "./functions.ts";
import { processErrors } from "./process_errors.ts";

/** Throw while a worker imports the module of a task: what it starts there it would start without end. */
export function checkNotImporting(): void {
  const importing = moduleBeingImported();
  if (importing) throw errors.guard(importing);
}

/** Throw unless workers can be started here and now. */
export function checkMayStart(): void {
  checkNotImporting();
  if (!mayHaveChildren()) throw processErrors.daemonChildren();
}

/** Throw unless the options are an object with nothing in it that is not known. */
export function checkOptions(what: string, options: unknown, known: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null) {
    throw errors.notOptions(what, options, known);
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw errors.unknownOption(what, name, known);
  }
}

/** Throw unless it is a function. */
export function checkFunction(what: string, fn: unknown): void {
  if (typeof fn !== "function") throw errors.notFunction(what, fn);
}

/** The number, if it is a whole one of at least 1. */
export function checkPositive(what: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw errors.notPositive(what, value);
  }
  return value;
}

/** The inputs, if they can be iterated. */
export function checkIterable(inputs: unknown): Iterable<unknown> {
  if (typeof (inputs as Iterable<unknown> | null)?.[Symbol.iterator] === "function") {
    return inputs as Iterable<unknown>;
  }
  throw errors.notIterable(inputs);
}

/** Throw unless the arguments are in an array. */
export function checkArguments(args: unknown): void {
  if (!Array.isArray(args)) throw errors.notArguments(args);
}
