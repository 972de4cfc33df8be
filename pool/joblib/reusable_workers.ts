/**
 * Workers that outlive a call of `Parallel`, because a start takes 15 to 20 ms each. One idle crew is
 * kept, as loky keeps one executor; calls at the same time have a crew each.
 *
 * @module
 */

import { Dispatcher } from "../dispatcher.ts";
import { enterLevel } from "./nesting.ts";

/** What a crew of workers is for; only an equal call can use it. */
export interface CrewKind {
  /** How many workers. */
  workers: number;
  /** Their nesting level. */
  level: number;
  /** The processors that are each one's share. */
  share: number;
}

/** A crew and what it is for. */
export interface Lease {
  /** Sends tasks to the workers. */
  readonly dispatcher: Dispatcher;
  /** What it is for. */
  readonly kind: CrewKind;
}

/** Milliseconds after which idle workers end, as loky's. */
const IDLE = 300_000;

let idle: Lease | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function takeIdle(): Lease | undefined {
  clearTimeout(timer);
  const lease = idle;
  idle = undefined;
  return lease;
}

/** Workers of a kind: the idle ones if they fit, else new ones. */
export function leaseWorkers(kind: CrewKind): Lease {
  const kept = takeIdle();
  if (kept) {
    const fits = kept.kind.workers === kind.workers && kept.kind.level === kind.level &&
      kept.kind.share === kind.share && !kept.dispatcher.broken;
    if (fits) return kept;
    void end(kept);
  }
  const { workers, level, share } = kind;
  const options = { workers, initializer: enterLevel, initargs: [level, share], maxTasks: 0 };
  return { dispatcher: new Dispatcher(options), kind };
}

/** Give workers back that have nothing to do; they stay for the next call. */
export async function giveBack(lease: Lease): Promise<void> {
  const older = takeIdle();
  idle = lease;
  timer = setTimeout(releaseWorkers, IDLE);
  Deno.unrefTimer(timer);
  if (older) await end(older);
}

/** End workers: idle ones in peace, so that they end their own workers first; else with what they run. */
export async function end({ dispatcher }: Lease): Promise<void> {
  if (dispatcher.size === 0) dispatcher.close();
  else dispatcher.terminate();
  await dispatcher.join();
}

/**
 * End the idle workers that {@linkcode Parallel} keeps for its next call. They never keep the program
 * alive, and end by themselves after five minutes. joblib's `get_reusable_executor().shutdown()`.
 *
 * `await using parallel = Parallel(...)` does the same at the end of the block; use that where you can.
 *
 * @example
 * ```ts
 * import { delayed, Parallel, releaseWorkers } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const calls = ["2", "3"].map((text) => delayed(parseFloat)(text));
 * assertEquals(await Parallel({ nJobs: 1 })(calls), [2, 3]);
 * await releaseWorkers();
 * ```
 */
export async function releaseWorkers(): Promise<void> {
  const lease = takeIdle();
  if (lease) await end(lease);
}
