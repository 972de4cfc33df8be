/**
 * One call of `Parallel` on workers.
 *
 * @module
 */

import { atPlace } from "../chunks.ts";
import { nameOf } from "../functions.ts";
import type { PoolTask } from "../job_table.ts";
import { MAP, STARMAP } from "../protocol.ts";
import { task } from "../task.ts";
import type { BackendRun, BackendStart } from "./backends.ts";
import type { DelayedCall } from "./delayed.ts";
import { callLent, Lender } from "./lent_arrays.ts";
import { type CrewKind, end, giveBack, type Lease, leaseWorkers } from "./reusable_workers.ts";

/** A call of a batch in which the functions differ. */
const makeCall = task(import.meta, function makeCall([fn, args]: DelayedCall<unknown>) {
  return fn(...args);
});

/** Sends batches to leased workers. */
export class WorkersRun implements BackendRun {
  readonly #kind: CrewKind;
  readonly #lender: Lender | undefined;
  #lease: Lease | undefined;

  /** `share` is how many processors each worker may take for its own workers. */
  constructor({ nJobs, level, maxNbytes }: BackendStart, share: number) {
    this.#kind = { workers: nJobs, level: level + 1, share };
    if (maxNbytes !== null) this.#lender = new Lender(maxNbytes);
  }

  /** Rejects at once when an argument cannot be copied, with the path to it. */
  async run(batch: readonly DelayedCall<unknown>[], first: number): Promise<unknown[]> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
    const sent: PoolTask = {
      id: 0,
      get fn() {
        return [...new Set(batch.map(([fn]) => nameOf(fn)))].join(" or ");
      },
      first,
      settle: (ok, value) => ok ? resolve(value as unknown[]) : reject(value),
    };
    const root = {
      get calls() {
        return atPlace(batch.map(([fn, args]) => ({ fn, args })), first);
      },
    };
    const { dispatcher } = this.#lease ??= leaseWorkers(this.#kind);
    const [fn] = batch[0]!;
    const lent = this.#lender?.lend(batch);
    if (lent) dispatcher.submit(callLent, MAP, lent, root, sent);
    else if (batch.some((call) => call[0] !== fn)) {
      dispatcher.submit(makeCall, MAP, batch, root, sent);
    } // The function is sent once, and a single argument needs no array.
    else if (batch.every(([, args]) => args.length === 1)) {
      dispatcher.submit(fn, MAP, batch.map(([, args]) => args[0]), root, sent);
    } else dispatcher.submit(fn, STARMAP, batch.map(([, args]) => args), root, sent);
    return await promise;
  }

  /** Workers that still run what nobody wants are ended; the next call gets new ones. */
  async end(aborted: boolean): Promise<void> {
    using _ = this.#lender;
    const lease = this.#lease;
    if (!lease) return;
    const { size, broken } = lease.dispatcher;
    await (aborted && size > 0 || broken ? end(lease) : giveBack(lease));
  }
}
