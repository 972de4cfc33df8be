/**
 * The errors of functions that are to travel.
 *
 * @module
 */

import { show } from "./errors.ts";
import type { FunctionText } from "./free_names.ts";

/** A function that is longer is not shown whole. */
const LONGEST = 80;

/** What a function has because it was called on or with something; no module can give it that. */
const OF_OBJECT = /^(?:this|super|arguments|new\.target|#.*)$/;

/** The texts, each with what was seen, what is allowed and the way out. */
export const functionErrors = {
  notMeta: (value: unknown): Error =>
    new TypeError(`The first argument of task is ${show(value)}: give \`import.meta\`.`),
  notTask: (name: string): Error =>
    new TypeError(
      `${name} has no source text that could travel. Write it at the top level of a module as ` +
        "`const f = task(import.meta, (x) => ...)`.",
    ),
  uses: (name: string, names: readonly string[], source: string, { head }: FunctionText): Error => {
    const one = names.length === 1;
    const why =
      `The function${name && ` "${name}"`} uses ${listOf(names)}, which ${one ? "is" : "are"} ` +
      "outside of it; a worker gets the text of a function, not what surrounds it. Pass ";
    if (names.some((n) => OF_OBJECT.test(n))) {
      return new TypeError(why + "what it needs as arguments.");
    }
    return new TypeError(
      why +
        `${one ? "it as an argument" : "them as arguments"}, or mark the function in its module ` +
        'so that workers import it:\n\n    import { task } from "@polycore/pool";\n' +
        `    const ${/^[\w$]+$/.test(name) ? name : "f"} = ` +
        `task(import.meta, ${sketch(source, head)});\n`,
    );
  },
  captures: (name: string, source: string, cause: unknown): Error =>
    new ReferenceError(
      `The function \`${source.slice(0, 60)}\` names \`${name}\`, which it cannot see in the ` +
        "worker: a plain function travels as its text. Pass the value as an argument, or write " +
        "the function at the top level of a module as `const f = task(import.meta, ...)`.",
      { cause },
    ),
  notLoaded: (key: string): Error =>
    new TypeError(
      `The task ${key} is not loaded in this thread: import its module here before you receive it.`,
    ),
  noSuchTask: (key: string): Error =>
    new TypeError(
      `The task ${key} is not there when a worker imports the module: call task() at the top ` +
        "level of the module, always, in the same order, not inside a function or an `if`.",
    ),
  badSource: (source: string, cause: unknown): Error =>
    new TypeError(
      `A worker cannot run this function from its source text alone: ${source.slice(0, 80)}. ` +
        "Mark it with `task(import.meta, ...)` at the top level of a module.",
      { cause },
    ),
};

/** The names in quotes, with "and" before the last. */
function listOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop()!;
  return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}

/** A function as one would write it in a line. */
function sketch(source: string, head: string): string {
  const fits = (text: string) => text.length <= LONGEST && !text.includes("\n");
  if (head === "" || !fits(head)) return "...";
  if (fits(source)) return source;
  return head.endsWith("=>") ? `${head} ...` : `${head} { ... }`;
}
