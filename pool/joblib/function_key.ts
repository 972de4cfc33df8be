/**
 * What a function is, so that two functions with one key do the same.
 *
 * @module
 */

import { isGlobal, readFunction } from "../free_names.ts";
import { moduleOfTask, textOf } from "../functions.ts";
import { partialParts } from "../partial.ts";

// deno-lint-ignore no-explicit-any
export type AnyFunction = (...args: any[]) => any;

/** A `partial`, or why a function has no key. */
export type NoKey = { fn: AnyFunction; args: readonly unknown[] } | {
  refused: string;
  wayOut: string;
};

/** Whether a text is that of a function of the runtime, or of `bind`, which hides its arguments. */
export function isNative(text: string): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(text);
}

/** The names that a function uses and that stand for something outside of it, as far as can be told. */
export function namesOutside(text: string): string[] | undefined {
  try {
    return readFunction(text).free.filter((name) => !isGlobal(name, []));
  } catch {
    return undefined;
  }
}

/** The key of a function: its module and text, or its text alone if it needs nothing else. */
export function functionKey(fn: AnyFunction): string | NoKey {
  const parts = partialParts(fn);
  if (parts) return { fn: parts[0], args: parts[1] };
  const text = textOf(fn);
  const module = moduleOfTask(fn);
  if (module !== undefined) return `${module}\n${text}`;
  const name = fn.name ? `the function "${fn.name}"` : "a function";
  const wayOut = "mark it in its module, as in `const f = task(import.meta, ...)`";
  if (isNative(text)) return { refused: `${name} without a source text`, wayOut };
  const outside = namesOutside(text);
  if (outside?.length === 0) return text;
  const uses = outside ? outside.map((n) => `"${n}"`).join(", ") : "what cannot be told";
  return { refused: `${name} that uses what is outside of it (${uses})`, wayOut };
}
