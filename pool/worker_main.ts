/**
 * What a worker does once it shares the memory: it says that it lives, runs its process or serves its
 * pool, and leaves its exit code behind, however it ends.
 *
 * @module
 */

import { beginRunning, bury, me, releaseHoldings, throwIfStopped } from "@polycore/sync/internal";
import { StoppedError } from "@polycore/sync";
import "@polycore/shm"; // so that every kind of shared object can arrive
import { ExitSignal } from "./exit.ts";
import { holdForLife, lifeLockName } from "./life.ts";
import { type PoolJob, servePool } from "./pool_worker.ts";
import { type ProcessJob, runProcess } from "./process_worker.ts";
import { TERMINATED } from "./worker_thread.ts";

/** What a worker is started for. */
export type Job = PoolJob | ProcessJob;

/** What {@linkcode main} gets. */
interface MainData {
  /** The main thread's part of the life lock's name. */
  program: string;
  job: Job;
}

/** Called by the first module of the thread. */
export async function main({ program, job }: MainData): Promise<void> {
  await holdForLife(lifeLockName(program, me));
  leaveCodeBehind();
  beginRunning();
  postMessage("alive");
  let code: number;
  try {
    throwIfStopped();
    code = job.kind === "pool" ? await servePool(job) : await runProcess(job);
  } catch (error) {
    code = exitCodeFor(error, job.name);
  }
  end(code);
}

/** The exit code that an error stands for; an error of the program's own is printed as Python does. */
function exitCodeFor(error: unknown, name: string): number {
  if (error instanceof ExitSignal) return error.code;
  if (error instanceof StoppedError) return TERMINATED;
  console.error(`Process ${name}:\n${error instanceof Error ? error.stack ?? error : error}`);
  return 1;
}

const closeWorker = self.close.bind(self);

function end(code: number): void {
  releaseHoldings();
  bury(me, code);
  closeWorker();
}

/** See to it that every way out of the worker leaves an exit code in the thread table. */
function leaveCodeBehind(): void {
  self.close = () => end(0);
  const exit = Deno.exit;
  Deno.exit = (code?: number): never => {
    end(code ?? Deno.exitCode);
    return exit(code);
  };
  addEventListener("message", (event) => {
    if ((event as MessageEvent).data === "stop") end(TERMINATED);
  });
  const fail = (event: globalThis.Event, error: unknown) => {
    event.preventDefault();
    end(exitCodeFor(error, me.toString()));
  };
  addEventListener("error", (event) => fail(event, (event as ErrorEvent).error));
  addEventListener("unhandledrejection", (event) => {
    fail(event, (event as PromiseRejectionEvent).reason);
  });
}
