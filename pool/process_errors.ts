/**
 * The texts of the errors about processes; see `errors.ts`.
 *
 * @module
 */

import { show } from "./errors.ts";

/** Each with what was seen, what is allowed and the way out. */
export const processErrors = {
  startTwice: (): Error => new Error("cannot start a process twice: make a new Process."),
  daemonChildren: (): Error =>
    new Error(
      "daemonic processes are not allowed to have children, and the workers of a pool are daemonic: " +
        "start them in the main program, or in a Process with daemon: false.",
    ),
  joinBeforeStart: (): Error =>
    new Error("can only join a started process: call start() before join()."),
  notStarted: (): Error => new Error("process not started: call start() first."),
  processClosed: (): Error => new Error("process object is closed: make a new Process."),
  closeWhileRunning: (): Error =>
    new Error(
      "Cannot close a process while it is still running. You should first call join() or " +
        "terminate().",
    ),
  daemonAfterStart: (): Error =>
    new Error("process has already started: set daemon before start()."),
  notName: (value: unknown): Error => new TypeError(`name must be a string: it is ${show(value)}.`),
  unmarkedClass: (name: string): Error =>
    new TypeError(
      `The class ${name} cannot be found by a worker: write it at the top level of a module, with ` +
        "`static { task(import.meta, this); }` inside.",
    ),
  noTarget: (): Error =>
    new TypeError("The process has nothing to run: give a target, or override run()."),
  exitCode: (value: unknown): Error =>
    new TypeError(
      `exit was given ${show(value)}: give a whole number of 32 bits, a text, or nothing.`,
    ),
  exitInMain: (): Error => new Error("exit() ends a worker. In the main thread use Deno.exit()."),
  startOther: (): Error =>
    new Error(
      "can only start a process object created by current process: this one runs in this very thread.",
    ),
  joinOther: (): Error =>
    new Error("can only join a child process: this one runs in this very thread."),
  endSelf: (): Error =>
    new Error("can only end a child process: to end this one, call exit() in it."),
  logLevel: (level: unknown, names: string[]): Error =>
    new RangeError(
      `The level is ${show(level)}: give ${names.join(", ")}, or a whole number of at least 0.`,
    ),
  ending: (name: string): Error =>
    new Error(`${name} was not started: this process is ending, and starts nothing more.`),
};
