/**
 * Calls whose end is checked: each ends once, with its own result or with the error that was asked for.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { BrokenExecutorError, CancelledError, type Future, type GetOptions } from "../../mod.ts";
import { PoolTerminatedError, TimeoutError } from "../../mod.ts";

/** How a call may end. */
export type End = "result" | "cancelled" | "timeout" | "aborted" | "terminated" | "broken";

/** What of the hosts of calls a call's end depends on. */
export interface Fate {
  /** Whether the pool or executor was ended by force. */
  forced: boolean;
}

const CLASSES = [
  [CancelledError, "cancelled"],
  [TimeoutError, "timeout"],
  [PoolTerminatedError, "terminated"],
  [BrokenExecutorError, "broken"],
] as const;

/** Counts the ends of all calls. */
export class Tracker {
  /** How many calls ended in which way. */
  readonly ends: Record<End, number> = {
    result: 0,
    cancelled: 0,
    timeout: 0,
    aborted: 0,
    terminated: 0,
    broken: 0,
  };
  /** How many calls were made, and how many of them have not ended. */
  made = 0;
  pending = 0;
  /** The first thing that was wrong. */
  wrong: unknown;
  readonly #calls: Promise<void>[] = [];
  #futures: { future: Future<number>; cancelled: boolean; calledBack: number }[] = [];

  /** Take note of a call: what it has to give, and how else it may end. */
  call(result: PromiseLike<unknown>, value: unknown, limits: GetOptions, fate: Fate): void {
    this.#note(this.#see(result, value, () => {
      const ends: End[] = ["result"];
      if (limits.timeout !== undefined) ends.push("timeout");
      if (limits.signal?.aborted) ends.push("aborted");
      if (fate.forced) ends.push("terminated", "broken", "cancelled");
      return ends;
    }));
  }

  /** Take note of a future: it is cancelled if, and only if, `cancel` said so. */
  future(future: Future<number>, value: number, fate: Fate): void {
    const about = { future, cancelled: false, calledBack: 0 };
    this.#futures.push(about);
    future.addDoneCallback(() => about.calledBack++);
    this.#note(
      this.#see(future, value, () => {
        if (about.cancelled) return ["cancelled"];
        return fate.forced ? ["result", "broken", "cancelled"] : ["result"];
      }).then(() => {
        assertEquals(about.calledBack, 1, "a callback was not called once");
        assertEquals([future.done(), future.running()], [true, false]);
        if (about.cancelled) assertEquals([future.cancelled(), future.cancel()], [true, true]);
      }),
    );
  }

  /** Cancel one of the futures that were noted lately. */
  cancelOne(below: (end: number) => number): void {
    if (this.#futures.length > 100) this.#futures = this.#futures.slice(-20);
    const about = this.#futures[below(this.#futures.length)];
    if (about && about.future.cancel() && !about.cancelled) {
      about.cancelled = about.future.cancelled();
    }
  }

  #note(seen: Promise<void>): void {
    this.made++;
    this.pending++;
    this.#calls.push(
      seen.catch((error) => {
        this.wrong ??= error;
      }).finally(() => this.pending--),
    );
  }

  async #see(result: PromiseLike<unknown>, value: unknown, allowed: () => End[]): Promise<void> {
    let end: End = "result";
    try {
      assertEquals(await result, value);
    } catch (error) {
      end = endOf(error);
    }
    assert(allowed().includes(end), `a call ended as ${end}; it may end as ${allowed()}`);
    this.ends[end]++;
  }

  /** Wait until all calls have ended; fails if one did not end as it may. */
  async finish(): Promise<void> {
    await Promise.all(this.#calls);
    if (this.wrong) throw this.wrong;
    assertEquals(Object.values(this.ends).reduce((a, b) => a + b), this.made);
  }
}

function endOf(error: unknown): End {
  if (error === ABORTED) return "aborted";
  for (const [cls, end] of CLASSES) if (error instanceof cls) return end;
  throw error;
}

/** The reason with which calls are aborted. */
export const ABORTED = new Error("aborted on purpose");
