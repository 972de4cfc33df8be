/**
 * The arguments of a call by the names of the parameters that take them: what a call is known by in a
 * cache.
 *
 * @module
 */

import { memoryErrors } from "./memory_errors.ts";
import type { Parameter, Signature } from "./parameters.ts";

/** Names, each once, and values, in the order of the parameters. */
export type BoundArguments = [name: string, value: unknown][];

/**
 * Bind the arguments of a call. What a function cannot tell apart is bound alike: an argument that is left
 * out, `undefined`, and the default if it is a literal; arguments without a parameter; and properties
 * that an object pattern does not take.
 */
export function bindArguments(
  signature: Signature | undefined,
  args: readonly unknown[],
  ignore: readonly string[] = [],
): BoundArguments {
  if (!signature) return [["*", args]];
  const { parameters, seesAll } = signature;
  const bound: BoundArguments = [];
  parameters.forEach((parameter, i) => {
    const { name, rest, properties } = parameter;
    const value = rest ? args.slice(i) : seesAll ? args[i] : given(parameter, args[i]);
    if (!properties || seesAll || Object(value) !== value) {
      if (!ignore.includes(name)) bound.push([name, without(name, value, ignore)]);
    } else bound.push(...propertiesOf(value as object, properties, ignore));
  });
  if (seesAll) bound.push(["arguments", [args.length, ...args.slice(parameters.length)]]);
  return withOwnNames(bound);
}

/** Properties of two parameters may have one name: the second one gets a mark. */
function withOwnNames(bound: BoundArguments): BoundArguments {
  const seen = new Set<string>();
  for (const pair of bound) {
    while (seen.has(pair[0])) pair[0] += "'";
    seen.add(pair[0]);
  }
  return bound;
}

/** The argument, or the default in its place. */
function given(parameter: Parameter, value: unknown): unknown {
  return value === undefined ? parameter.value : value;
}

function propertiesOf(
  object: object,
  properties: readonly Parameter[],
  ignore: readonly string[],
): BoundArguments {
  const bound: BoundArguments = [];
  const left = { ...object } as Record<string, unknown>;
  for (const property of properties) {
    const { name, rest } = property;
    const value = rest ? left : given(property, (object as Record<string, unknown>)[name]);
    delete left[name];
    if (!ignore.includes(name)) bound.push([name, rest ? without(name, value, ignore) : value]);
  }
  return bound;
}

/** A plain object without the properties that are to be ignored, named as in "options.debug". */
function without(name: string, value: unknown, ignore: readonly string[]): unknown {
  const keys = ignore.filter((text) => text.startsWith(`${name}.`)).map((text) =>
    text.slice(name.length + 1)
  );
  if (keys.length === 0 || Object(value) !== value) return value;
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => !keys.includes(key)));
}

/**
 * Check the names that are to be ignored.
 *
 * @throws {TypeError} If it is no list, or nothing is known of the parameters.
 * @throws {RangeError} If a name is that of no parameter.
 */
export function checkIgnore(
  ignore: unknown,
  name: string,
  signature: Signature | undefined,
): string[] {
  if (ignore === undefined || ignore === null) return [];
  if (!Array.isArray(ignore)) throw memoryErrors.notIgnoreList(ignore);
  if (ignore.length === 0) return [];
  if (!signature) throw memoryErrors.cannotInspect(name);
  const known = signature.parameters.flatMap(({ name, properties }) =>
    properties ? properties.map((property) => property.name) : [name]
  );
  for (const text of ignore) {
    const first = String(text).split(".")[0]!;
    if (typeof text !== "string" || !(known.includes(text) || known.includes(first))) {
      throw memoryErrors.notParameter(text, `${name}(${known.join(", ")})`);
    }
  }
  return [...ignore];
}
