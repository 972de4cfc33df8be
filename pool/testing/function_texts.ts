/**
 * The texts of many functions: all that can be reached from the runtime, its `node:` modules and the
 * modules of this workspace.
 *
 * @module
 */

import { builtinModules } from "node:module";

/** Modules that do something when they are imported; the others only define. */
const RUNS = new Set(["node:repl", "node:test", "node:inspector", "node:inspector/promises"]);

/** The text of each function, once. */
export async function functionTexts(): Promise<Set<string>> {
  const texts = new Set<string>();
  const seen = new Set<object>();
  const open: unknown[] = [globalThis];
  for (const name of builtinModules.map((name) => `node:${name}`)) {
    if (!RUNS.has(name)) open.push(await import(name).catch(() => undefined));
  }
  for (const folder of ["sync", "shm", "pool"]) {
    open.push(await import(import.meta.resolve(`../../${folder}/mod.ts`)));
  }
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "function") note(value, texts);
    else if (typeof value !== "object" || value === null) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    open.push(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (property) open.push(property.value, property.get, property.set);
    }
  }
  return texts;
}

function note(fn: unknown, texts: Set<string>): void {
  const text = Function.prototype.toString.call(fn);
  if (!text.endsWith("[native code] }")) texts.add(text);
}
