/**
 * What a cache prints: joblib's lines.
 *
 * @module
 */

import type { BoundArguments } from "./bound_arguments.ts";

const WIDTH = 80;

/** A value as text, shortened. */
export function repr(value: unknown): string {
  let text: string;
  try {
    text = Deno.inspect(value, { depth: 2, iterableLimit: 10, strAbbreviateSize: 700 });
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > 1500 ? `${text.slice(0, 700)}...` : text;
}

/** Arguments as text, by name. */
export function reprs(bound: BoundArguments): Record<string, string> {
  return Object.fromEntries(bound.map(([name, value]) => [name, repr(value)]));
}

/** A call as one writes it. */
export function signatureOf(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map(repr).join(", ")})`;
}

/** A time as joblib prints it. */
function formatTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return `${seconds.toFixed(1)}s, ${(seconds / 60).toFixed(1)}min`;
}

/** The lines before a call. */
export function callLines(module: string, name: string, args: readonly unknown[]): string {
  return `${"_".repeat(WIDTH)}\n[Memory] Calling ${module}.${name}...\n${signatureOf(name, args)}`;
}

/** The line after a call, or after a load. */
export function endLine(what: string, milliseconds: number): string {
  return `${what} - ${formatTime(milliseconds)}`.padStart(WIDTH, "_");
}

/** The line before a result is loaded. */
export function loadLine(
  name: string,
  inputArgs: Record<string, string>,
  sinceStart: number,
  verbose: number,
  folder: string,
): string {
  const args = Object.entries(inputArgs).map(([key, value]) => `${key}=${value}`).join(", ");
  const line = `[Memory]${formatTime(sinceStart).padEnd(16)}: Loading ${name}(${args})`;
  return verbose < 10 ? `${line}...` : `${line} from ${folder}`;
}
