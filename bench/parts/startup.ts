/**
 * What a pool costs before its first result.
 *
 * @module
 */
import { Pool, task } from "@polycore/pool";
import type { Report } from "@polycore/reports";
import type { Timed } from "../sampling.ts";
import { type Context, sample } from "./context.ts";

const nothing: (x: number) => number = task(import.meta, (x: number) => x);

/**
 * Measure the time from making a pool to the first result of each worker. The end of the pool is untimed.
 *
 * @param context How to measure.
 * @returns The samples for each number of workers.
 */
export async function startUp(context: Context): Promise<Report["startup"]> {
  let last: Pool | undefined;
  const end = async () => {
    last?.terminate();
    await last?.join();
    last = undefined;
  };
  const subjects = context.cores.map((workers) => {
    const subject: Timed = {
      samplesMs: [],
      before: end, // no two are there at once
      async run() {
        last = new Pool(workers);
        await last.map(nothing, Array(workers).keys(), { chunkSize: 1 });
      },
    };
    return { workers, subject };
  });
  await sample(subjects.map(({ subject }) => subject), "starting pools", context);
  await end();
  return subjects.flatMap(({ workers, subject: { samplesMs } }) =>
    samplesMs.length === 0 ? [] : [{ workers, samplesMs }]
  );
}
