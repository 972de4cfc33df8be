/**
 * What each worker of a pool spends its time on while a subject is timed.
 *
 * @module
 */
import type { Pool } from "@polycore/pool";
import { desksOf, readMeters, setMeters, type WorkerMeter } from "@polycore/pool/internal";
import type { WorkerTime } from "@polycore/reports";
import type { Timed } from "../sampling.ts";

/** A subject whose workers count, and what they have counted in the samples that were kept. */
export interface MeteredSubject {
  /** The subject. */
  subject: Timed;
  /** One entry for each worker, summed over the samples; `null` before the first one. */
  workerTimes(): WorkerTime[] | null;
}

/**
 * Let the workers of a pool count while a subject runs on it, and only then: it costs two readings of the
 * clock for each task.
 *
 * @param subject A subject that runs on the pool.
 * @param pool The pool.
 * @returns The subject with its counters.
 */
export function metered(subject: Timed, pool: Pool): MeteredSubject {
  const desks = desksOf(pool);
  const sums = desks.map(() => ({ busyMs: 0, waitingMs: 0, communicatingMs: 0, idleMs: 0 }));
  // What a worker counts just after its last result has come belongs to the next sample.
  let last = readMeters(desks);
  return {
    subject: {
      ...subject,
      before() {
        setMeters(desks, true);
        return subject.before?.();
      },
      after(ms, kept) {
        setMeters(desks, false);
        const meters = readMeters(desks);
        const before = last;
        last = meters;
        if (!kept) return;
        meters.forEach((now, i) => {
          const part = difference(now, before[i]);
          sums[i].busyMs += part.busyMs;
          sums[i].waitingMs += part.waitingMs;
          sums[i].communicatingMs += part.communicatingMs;
          const worked = part.busyMs + part.waitingMs + part.communicatingMs;
          sums[i].idleMs += Math.max(0, ms - worked);
        });
      },
    },
    workerTimes: () => subject.samplesMs.length === 0 ? null : sums,
  };
}

function difference(now: WorkerMeter, before: WorkerMeter): WorkerMeter {
  return {
    busyMs: now.busyMs - before.busyMs,
    waitingMs: now.waitingMs - before.waitingMs,
    communicatingMs: now.communicatingMs - before.communicatingMs,
  };
}
