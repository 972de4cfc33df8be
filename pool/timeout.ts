/**
 * Waiting for a promise, but not for ever.
 *
 * @module
 */

import { errors } from "./errors.ts";

/** How long to wait for a result. */
export interface GetOptions {
  /** Milliseconds to wait at the most; left out waits as long as it takes. */
  timeout?: number | undefined;
  /** Ends the wait by rejecting with the signal's reason; the task goes on. */
  signal?: AbortSignal | undefined;
}

/** The longest time that a timer of the platform can be set to. */
const LONGEST = 0x7fffffff;

/** The timeout, if it is one. */
export function checkTimeout(timeout: unknown): number {
  if (typeof timeout !== "number" || Number.isNaN(timeout)) throw errors.badTimeout(timeout);
  return timeout;
}

/** Throw if the options make no sense, or the signal was given already. */
export function checkGetOptions({ timeout, signal }: GetOptions = {}): void {
  if (timeout !== undefined) checkTimeout(timeout);
  if (signal === undefined) return;
  if (!(signal instanceof AbortSignal)) throw errors.badSignal(signal);
  signal.throwIfAborted();
}

/** Wait for a promise, or until a time is over. */
export async function orLater(promise: Promise<unknown>, ms: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, Math.min(ms, LONGEST));
  try {
    await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Await a result for a time, or until a signal. */
export async function within<T>(
  settled: Promise<T>,
  what: string,
  options: GetOptions,
): Promise<T> {
  settled.catch(() => {}); // whoever stops waiting may leave it alone
  checkGetOptions(options);
  const { timeout, signal } = options;
  const ended = Promise.withResolvers<never>();
  const abort = () => ended.reject(signal!.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const late = () => ended.reject(errors.timeout(`The result of ${what}`, timeout!));
  const timer = timeout === undefined || timeout > LONGEST
    ? undefined
    : setTimeout(late, Math.max(0, timeout));
  try {
    return await Promise.race([settled, ended.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
