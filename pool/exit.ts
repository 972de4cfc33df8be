import { isMainThread } from "@polycore/sync/internal";
import { processErrors } from "./process_errors.ts";

/** Thrown by {@linkcode exit} to unwind the worker; not meant to be caught. */
export class ExitSignal extends Error {
  override name = "ExitSignal";
  /** The exit code. */
  code: number;

  /** Made by {@linkcode exit}. */
  constructor(code: number) {
    super(`exit(${code})`);
    this.code = code;
  }
}

/**
 * End this worker with an exit code; `finally` blocks run. Python's `sys.exit` in a child process.
 *
 * @param code A whole number; nothing, `null` and `false` are 0, `true` is 1; a text is printed to stderr
 * and the code is 1.
 * @throws {TypeError} If the code is something else.
 * @throws {Error} In the main thread, which `Deno.exit` ends.
 * @example
 * ```ts
 * import { exit, Process } from "@polycore/pool";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => exit(1), Error, "Deno.exit"); // this is the main thread
 * ```
 */
export function exit(code?: number | boolean | string | null): never {
  if (isMainThread) throw processErrors.exitInMain();
  if (typeof code === "string") {
    console.error(code);
    throw new ExitSignal(1);
  }
  const number = Number(code ?? 0);
  if (number !== (number | 0) || typeof code === "object" && code !== null) {
    throw processErrors.exitCode(code);
  }
  throw new ExitSignal(number);
}
