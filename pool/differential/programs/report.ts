/**
 * Prints lines `label: value`, the value as JSON, exactly as report.py does.
 *
 * @module
 */

import { Event } from "@polycore/sync";

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return rawJSON(String(value));
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  }
  if (ArrayBuffer.isView(value)) return [...value as unknown as Iterable<number>];
  return value === undefined ? null : value;
}

/** Print one line. */
export function line(label: string, value: unknown): void {
  console.log(`${label}: ${JSON.stringify(value, plain) ?? "null"}`);
}

/** An error. */
export function raised(error: unknown): unknown {
  const { name, message } = error as Error;
  return { raised: name, says: message };
}

/** What a call returns, or what it throws. */
export function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return raised(error);
  }
}

/** As {@linkcode outcome}, for a call that gives a promise. */
export async function outcomeAsync(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return raised(error);
  }
}

/** Print what a call returns, or what it throws. */
export function tell(label: string, call: () => unknown): void {
  line(label, outcome(call));
}

/** As {@linkcode tell}, for a call that gives a promise. */
export async function tellAsync(label: string, call: () => unknown): Promise<void> {
  line(label, await outcomeAsync(call));
}

/** For what another thread is about to do. */
export function until(condition: () => boolean): void {
  const never = new Event();
  while (!condition()) never.wait({ timeout: 1 });
}

/** The whole numbers from 0 on. */
export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
