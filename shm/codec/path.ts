/**
 * The path to a value inside another one, as one would write it in JavaScript. Only errors need it, so
 * nothing is noted while a value is encoded: it is looked for afterwards, in the same order.
 *
 * @module
 */

import { Shareable } from "@polycore/sync";
import { boundParts } from "./functions.ts";

/** What a value is called; or, when it is made of values that the caller knows by names, those. */
export type Root = string | Readonly<Record<string, unknown>>;

/** A value inside another one, and what to write behind the other one's path. */
type Step = [value: unknown, suffix: string];

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The longest key that is written in full. */
const LONGEST = 60;

/** What is written behind an object to get its property. */
function property(key: string): string {
  return NAME.test(key) ? `.${key}` : `[${quote(key)}]`;
}

function quote(key: unknown): string {
  if (typeof key !== "string") return typeof key === "bigint" ? `${key}n` : String(key);
  return JSON.stringify(key.length > LONGEST ? key.slice(0, LONGEST) + "..." : key);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function* steps(object: object): Generator<Step> {
  if (typeof object === "function") {
    const [func, args] = boundParts(object)!;
    yield [func, ".func"];
    for (const [i, arg] of args.entries()) yield [arg, `.args[${i}]`];
  } else if (Array.isArray(object)) {
    for (const key of Object.keys(object)) yield [object[Number(key)], `[${key}]`];
  } else if (object instanceof Map) {
    yield* stepsOfMap(object);
  } else if (object instanceof Set) {
    let i = 0;
    for (const element of object) yield [element, `.values().drop(${i++}).next().value`];
  } else if (object instanceof Shareable) {
    for (const [i, part] of object.pack().entries()) yield [part, `.pack()[${i}]`];
  } else if (ArrayBuffer.isView(object)) {
    yield [object.buffer, ".buffer"];
  } else if (!(object instanceof Error)) {
    for (const key of Object.keys(object)) {
      yield [(object as Record<string, unknown>)[key], property(key)];
    }
  }
}

function* stepsOfMap(map: Map<unknown, unknown>): Generator<Step> {
  let i = 0;
  for (const [key, value] of map) {
    yield [key, `.keys().drop(${i}).next().value`];
    yield [value, isObject(key) ? `.values().drop(${i}).next().value` : `.get(${quote(key)})`];
    i++;
  }
}

/** What the whole value is called. */
export function nameOf(root: Root): string {
  return typeof root === "string" ? root : Object.keys(root).join(" or ");
}

/**
 * The path to `wanted` inside `value`.
 *
 * @param root What `value` is called, or the values in which to look instead.
 */
export function pathTo(wanted: unknown, value: unknown, root: Root): string {
  const seen = new Set<object>();
  // A stack of our own: the trouble may be that the value is nested too deeply for the other one.
  const open: { steps: Iterator<Step>; suffix: string }[] = [];
  let current: Step = typeof root === "string" ? [value, root] : [root, ""];
  for (;;) {
    const [inside, suffix] = current;
    if (Object.is(inside, wanted)) {
      return (open.map((o) => o.suffix).join("") + suffix).replace(/^\./, "");
    }
    if ((isObject(inside) || boundParts(inside)) && !seen.has(inside as object)) {
      seen.add(inside as object);
      open.push({ steps: steps(inside as object), suffix });
    }
    let next = open.at(-1)?.steps.next();
    while (next?.done) {
      open.pop();
      next = open.at(-1)?.steps.next();
    }
    // A getter that gives another value each time hides what was seen.
    if (next === undefined) return `something inside ${nameOf(root)}`;
    current = next.value;
  }
}
