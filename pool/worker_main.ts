/**
 * What a worker does once it shares the memory: it says that it lives, runs its process or serves its
 * pool, and leaves its exit code behind, however it ends.
 *
 * @module
 */

import {
  beginRunning,
  bury,
  isAlive,
  me,
  releaseHoldings,
  requestStop,
  stopRequested,
  stopWord,
  throwIfStopped,
  waitAsync,
} from "@polycore/sync/internal";
import { StoppedError } from "@polycore/sync";
import "@polycore/shm"; // so that every kind of shared object can arrive
import { dropHeld, releaseScratch } from "@polycore/shm/internal";
import { PoolTerminatedError } from "./errors.ts";
import { ExitSignal } from "./exit.ts";
import "./manager/manager.ts"; // and every proxy
import { holdForLife, lifeLockName } from "./life.ts";
import { getLogger } from "./logging.ts";
import { type PoolJob, servePool } from "./pool_worker.ts";
import { type ProcessJob, runProcess } from "./process_worker.ts";
import { leaveCode, leaveTrouble } from "./will.ts";
import { abandonChildren, endChildren, TERMINATED } from "./worker_thread.ts";

/** What a worker is started for. */
export type Job = PoolJob | ProcessJob;

/** What {@linkcode main} gets. */
interface MainData {
  /** The main thread's part of the life lock's name. */
  program: string;
  job: Job;
  /** See `will.ts`. */
  will: number;
}

/** Milliseconds within which the platform cuts off a thread that called `Deno.exit`. */
const CUT_OFF_LIMIT = 1000;

/** Whether what the thread does is done, and only its children are not. */
let ending = false;

/** Called by the first module of the thread. */
export async function main({ program, job, will }: MainData): Promise<void> {
  await holdForLife(lifeLockName(program, me));
  const exitCodeFor = (error: unknown) => tell(error, job.name, will);
  const endNow = leaveCodeBehind(exitCodeFor, will);
  beginRunning();
  let code: number;
  try {
    throwIfStopped();
    void endWhenTold(endNow);
    code = job.kind === "pool" ? await servePool(job, will) : await runProcess(job, will);
  } catch (error) {
    code = exitCodeFor(error);
  }
  if (!stopRequested()) {
    getLogger().info("process shutting down");
    ending = true;
    await endChildren();
  }
  end(code, will);
  self.close();
}

/** A thread that awaits is told to end by the word; one that blocks unwinds before it gets here. */
async function endWhenTold(endNow: (code: number) => never): Promise<void> {
  while (!stopRequested()) {
    const told = waitAsync(stopWord, 0, Infinity);
    if (typeof told !== "string") await told;
  }
  if (isAlive(me)) endNow(TERMINATED);
}

/** The exit code that an error stands for; an error of the program's own is printed as Python does. */
function tell(error: unknown, name: string, will: number): number {
  if (error instanceof ExitSignal) return error.code;
  if (error instanceof StoppedError || !isAlive(me)) return TERMINATED;
  console.error(`Process ${name}:\n${Deno.inspect(error)}`);
  leaveTrouble(will, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return 1;
}

/** Give everything back and say that this thread has ended; nothing of it may run after this. */
function end(code: number, will: number): void {
  if (!isAlive(me)) return; // it ended before, or its parent gave it up
  abandonChildren();
  getLogger().info(`process exiting with exitcode ${code}`);
  requestStop(me);
  dropHeld(0); // it may end in a getter of a value that it was just encoding
  releaseScratch();
  releaseHoldings();
  leaveCode(will, code);
  bury(me, code);
}

/** See to it that every way out of the worker leaves an exit code in the thread table. */
function leaveCodeBehind(
  exitCodeFor: (error: unknown) => number,
  will: number,
): (code: number) => never {
  const { exit } = Deno;
  const close = self.close.bind(self);
  const endNow = (code: number): never => {
    end(code, will);
    exit(code);
    // Unlike close() it cuts this thread off, but a moment later: nothing may run until then, as what it
    // would take hold of nobody would let go of.
    for (const late = performance.now() + CUT_OFF_LIMIT; performance.now() < late;);
    throw new ExitSignal(code);
  };
  Deno.exit = (code?: number): never => endNow(code ?? Deno.exitCode);
  self.close = () => isAlive(me) ? endNow(0) : close();
  addEventListener("error", (event) => {
    event.preventDefault();
    endNow(exitCodeFor((event as ErrorEvent).error));
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    const { reason } = event as PromiseRejectionEvent;
    if (ending && reason instanceof PoolTerminatedError) return; // the end of the process did that
    endNow(exitCodeFor(reason));
  });
  return endNow;
}
