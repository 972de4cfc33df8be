/**
 * The functions of `@std/cli` that this project uses, for machines that cannot reach JSR.
 *
 * @module
 */
import * as std from "npm:deno-std@1.4.0/cli/parse_args.js";

/** What {@linkcode parseArgs} is told. */
export interface ParseOptions {
  /** Names of flags without a value. */
  boolean?: readonly string[];
  /** Names of flags whose value stays text. */
  string?: readonly string[];
  /** Names of flags that may be given more than once. */
  collect?: readonly string[];
  /** Short names of long flags. */
  alias?: Record<string, string | readonly string[]>;
  /** Values of flags that are not given. */
  default?: Record<string, unknown>;
  /** Names of flags that may be negated by `--no-`. */
  negatable?: readonly string[];
  /** Stop at the first word that is no flag. */
  stopEarly?: boolean;
  /** Called with each flag that is not named above; `false` leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Read the command line. */
export const parseArgs: (
  args: readonly string[],
  options?: ParseOptions,
) => Record<string, unknown> & { _: (string | number)[] } = std.parseArgs;
