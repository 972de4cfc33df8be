/**
 * The path to a value inside another one, as one would write it in JavaScript. Only errors need it, so
 * nothing is noted while a value is encoded: it is looked for afterwards, in the same order.
 *
 * @module
 */

import { Shareable } from "@polycore/sync";

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
  if (Array.isArray(object)) {
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

/**
 * The path to `wanted` inside `value`.
 *
 * @param root The name of `value`.
 */
export function pathTo(wanted: unknown, value: unknown, root: string): string {
  const seen = new Set<object>();
  // A stack of our own: the trouble may be that the value is nested too deeply for the other one.
  const open: { steps: Iterator<Step>; suffix: string }[] = [];
  let current: Step = [value, root];
  for (;;) {
    const [inside, suffix] = current;
    if (Object.is(inside, wanted)) return open.map((o) => o.suffix).join("") + suffix;
    if (isObject(inside) && !seen.has(inside)) {
      seen.add(inside);
      open.push({ steps: steps(inside), suffix });
    }
    let next = open.at(-1)?.steps.next();
    while (next?.done) {
      open.pop();
      next = open.at(-1)?.steps.next();
    }
    // A getter that gives another value each time hides what was seen.
    if (next === undefined) return `something inside ${root}`;
    current = next.value;
  }
}
