/**
 * What came out of a task, encoded: its result, or what it threw.
 *
 * @module
 */

import { StoppedError } from "@polycore/sync";
import { i32, throwIfStopped } from "@polycore/sync/internal";
import { discard, encode, scratchAddress } from "@polycore/shm/internal";
import { errors, show } from "./errors.ts";
import { ExitSignal } from "./exit.ts";
import type { Failure } from "./protocol.ts";

/** Throw what ends the worker; its parent sees which task it was running. */
export function throwIfEnding(error: unknown): void {
  if (error instanceof ExitSignal || error instanceof StoppedError) throw error;
}

/**
 * Encode a result; throws an error that says what cannot be copied.
 *
 * @param item For the results of a chunk, the word that says at which one the worker is.
 * @returns The number of words, as `encode`.
 */
export function encodeResult(result: unknown, item: number | undefined): number {
  try {
    return encode(result, "result");
  } catch (error) {
    throwIfEnding(error);
    if (item === undefined) throw errors.sendResult(show(result), reasonOf(error));
    const results = result as unknown[];
    for (i32[item] = 0; i32[item]! < results.length; i32[item]!++) {
      encodeResult(results[i32[item]!], undefined); // the one that fails is the one to tell of
      discard(scratchAddress());
    }
    throw error; // each one alone could be copied: they are too large together
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : show(error);
}

/** Encode what a task threw. */
export function encodeFailure(error: unknown, worker: string, index: number): number {
  const failure: Failure = { error, stack: "", worker, index };
  try {
    failure.stack = error instanceof Error ? error.stack ?? String(error) : show(error);
    throwIfStopped(); // the engine goes on if Deno.exit is called while it makes the text of a stack
    return encode(failure, { error });
  } catch (why) {
    throwIfEnding(why);
    const told = error instanceof Error
      ? plain(error)
      : errors.sendError(show(error), reasonOf(why));
    return encode({ ...failure, error: told }, "error");
  }
}

/** An error with fields that cannot be copied, or cannot even be read: what of it can. */
function plain(error: Error): Error {
  try {
    const told = new Error(String(error.message));
    told.name = String(error.name);
    return told;
  } catch (why) {
    throwIfEnding(why);
    return new Error("The task threw an error whose name and message cannot be read.");
  }
}
