/**
 * Which objects are written how: looked up once for each prototype.
 *
 * @module
 */

import { Refusal, refusals, withArticle } from "./errors.ts";

/** Writes an object; see `encode.ts`. */
// deno-lint-ignore no-explicit-any
export type Write = (object: any, at: number) => number;

/** A class with its own way of being written. */
interface Rule {
  prototype: object;
  write: Write;
}

const rules: Rule[] = [];
const writers: WeakMap<object, Write> = new WeakMap();

/** Say how the instances of a class and its subclasses are written. The first that fits counts. */
export function defineClass(cls: { prototype: object }, write: Write): void {
  rules.push({ prototype: cls.prototype, write });
}

/**
 * As {@linkcode defineClass}, for a class whose instances have something inside that others lack.
 *
 * @param probe Throws for an object that has nothing inside: a Proxy, or one that merely inherits.
 */
export function defineBuiltin(
  cls: { name: string; prototype: object },
  probe: (object: object) => unknown,
  write: Write,
): void {
  defineClass(cls, (object, at) => {
    try {
      probe(object);
    } catch {
      throw refusals.proxy(object, cls.name);
    }
    return write(object, at);
  });
}

/** The function that writes the objects of a prototype; `plain` is for those of no class known here. */
export function writerFor(prototype: object | null, plain: Write): Write {
  if (prototype === null) return plain;
  const known = writers.get(prototype);
  if (known !== undefined) return known;
  const write = find(prototype) ?? plain;
  writers.set(prototype, write);
  return write;
}

/**
 * Why an object cannot leave this thread, or `undefined` if it is plain data or of a class of the
 * user's. Only for objects of no class that is written in a way of its own.
 */
export function refusalOf(object: object): Refusal | undefined {
  const prototype = Object.getPrototypeOf(object);
  try {
    if (prototype !== null) find(prototype)?.(object, 0); // what refuses writes nothing
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
  return undefined;
}

function find(prototype: object): Write | undefined {
  for (const rule of rules) {
    if (
      rule.prototype === prototype || Object.prototype.isPrototypeOf.call(rule.prototype, prototype)
    ) {
      return rule.write;
    }
  }
  const native = nativeClass(prototype);
  if (native === undefined) return undefined;
  return (object) => {
    throw refusals.ofClass(object, withArticle(native), "send what you need of it as plain data");
  };
}

/** The runtime's own class among the ancestors: what it has inside cannot be seen from here. */
function nativeClass(prototype: object): string | undefined {
  for (
    let ancestor: object | null = prototype;
    ancestor !== null && ancestor !== Object.prototype;
    ancestor = Object.getPrototypeOf(ancestor)
  ) {
    const cls = Object.getOwnPropertyDescriptor(ancestor, "constructor")?.value;
    if (typeof cls !== "function" || cls.prototype !== ancestor) continue;
    if (Function.prototype.toString.call(cls).endsWith("{ [native code] }")) return cls.name;
  }
  return undefined;
}
