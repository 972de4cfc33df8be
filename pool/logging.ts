import { LAYOUT, load, store } from "@polycore/sync/internal";
import { currentProcess } from "./current_process.ts";
import { processErrors } from "./process_errors.ts";

/**
 * The levels of a {@linkcode Logger}, as in Python's `logging` and `multiprocessing.util`.
 *
 * @example
 * ```ts
 * import { LogLevels } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([LogLevels.DEBUG, LogLevels.INFO, LogLevels.WARNING], [10, 20, 30]);
 * ```
 */
export const LogLevels = {
  NOTSET: 0,
  SUBDEBUG: 5,
  DEBUG: 10,
  INFO: 20,
  SUBWARNING: 25,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
} as const;

/** A level: a number, or one of the names of {@linkcode LogLevels}. */
export type LogLevel = number | keyof typeof LogLevels;

function checkLevel(level: unknown): number {
  if (typeof level === "string" && Object.hasOwn(LogLevels, level)) {
    return LogLevels[level as keyof typeof LogLevels];
  }
  if (typeof level === "number" && level === (level | 0) && level >= 0) return level;
  throw processErrors.logLevel(level, Object.keys(LogLevels));
}

function nameOfLevel(level: number): string {
  const known = Object.entries(LogLevels).find(([, number]) => number === level);
  return known?.[0] ?? `Level ${level}`;
}

/**
 * Tells on stderr what the library does: processes and workers that start, run and end. There is one in
 * each process; they have their level in common, through the shared memory. Python's logger named
 * `multiprocessing`.
 *
 * @example
 * ```ts
 * import { getLogger } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const logger = getLogger();
 * assertEquals([logger.level, logger.getEffectiveLevel()], [0, 30]);
 * logger.info("nobody sees this, as logToStderr was not called");
 * ```
 */
export class Logger {
  /** The level that was set; 0 when none was. */
  get level(): number {
    return load(LAYOUT.logLevel);
  }

  /**
   * Let messages below a level be dropped, in all processes.
   *
   * @throws {RangeError} If there is no such level.
   */
  setLevel(level: LogLevel): void {
    store(LAYOUT.logLevel, checkLevel(level));
  }

  /** The level from which on messages appear: that of `WARNING` when none was set. */
  getEffectiveLevel(): number {
    return this.level || LogLevels.WARNING;
  }

  /** Whether a message of a level would appear. */
  isEnabledFor(level: LogLevel): boolean {
    return load(LAYOUT.logging) === 1 && checkLevel(level) >= this.getEffectiveLevel();
  }

  /** Print `[LEVEL/process] message`, if the level is high enough. */
  log(level: LogLevel, message: string): void {
    if (load(LAYOUT.logging) === 0 || !this.isEnabledFor(level)) return;
    console.error(`[${nameOfLevel(checkLevel(level))}/${currentProcess().name}] ${message}`);
  }

  /** As {@linkcode Logger.log} with `DEBUG`: each step of a pool. */
  debug(message: string): void {
    this.log(LogLevels.DEBUG, message);
  }

  /** As {@linkcode Logger.log} with `INFO`: a process begins, ends, ends its children. */
  info(message: string): void {
    this.log(LogLevels.INFO, message);
  }

  /** As {@linkcode Logger.log} with `WARNING`. */
  warning(message: string): void {
    this.log(LogLevels.WARNING, message);
  }

  /** As {@linkcode Logger.log} with `ERROR`. */
  error(message: string): void {
    this.log(LogLevels.ERROR, message);
  }

  /** As {@linkcode Logger.log} with `CRITICAL`. */
  critical(message: string): void {
    this.log(LogLevels.CRITICAL, message);
  }
}

const logger = new Logger();

/**
 * The logger of the library. Python's `multiprocessing.get_logger()`. It prints nothing before
 * {@linkcode logToStderr} was called in any process.
 *
 * @example
 * ```ts
 * import { getLogger } from "@polycore/pool";
 * import { assert } from "@std/assert";
 *
 * assert(getLogger() === getLogger());
 * ```
 */
export function getLogger(): Logger {
  return logger;
}

/**
 * Let the logger of every process print to stderr. Python's `multiprocessing.log_to_stderr()`; calling it
 * twice prints nothing twice.
 *
 * @param level From which level on; without it that which was set, else `WARNING`.
 * @returns The logger.
 * @throws {RangeError} If there is no such level.
 * @example
 * ```ts
 * import { logToStderr } from "@polycore/pool";
 *
 * const logger = logToStderr("WARNING");
 * logger.info("too low"); // with "INFO" it would print "[INFO/MainProcess] too low"
 * ```
 */
export function logToStderr(level?: LogLevel): Logger {
  if (level !== undefined) logger.setLevel(level);
  store(LAYOUT.logging, 1);
  return logger;
}
