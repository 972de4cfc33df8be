/**
 * Take samples of several subjects in turns, so that a machine that speeds up or slows down meets
 * all of them.
 *
 * @module
 */
import { shuffle } from "npm:simple-statistics@7.12.1";

/** Something that can be timed. */
export interface Subject {
  /** Do it once, and give what came out. */
  run(): number | Promise<number>;
  /** The times so far, in milliseconds. */
  samplesMs: number[];
}

/** How to take the samples. */
export interface RoundOptions {
  /** Rounds that are not kept. */
  warmups: number;
  /** Rounds that are kept: the number of samples of each subject. */
  samples: number;
  /** Called before each round, for those who wait. */
  onRound?: (round: number, rounds: number) => void;
  /** Where chance comes from. */
  random?: () => number;
}

/** The order of {@linkcode sampleInRounds} in words, for the report. */
export const ORDER = "every number of workers once a round, in random order";

/** A run gave another result than the first one, so its time means nothing. */
export class WrongResultError extends Error {
  /** The error's name. */
  override name = "WrongResultError";
}

/**
 * Time every subject once a round, in an order that chance decides anew each time, and keep every
 * time.
 *
 * @param subjects What is timed.
 * @param options How often.
 * @returns The result, the same for every run.
 * @throws {WrongResultError} If two runs give different results.
 *
 * @example Usage
 * ```ts
 * import { sampleInRounds, type Subject } from "@polycore/bench";
 * import { assertEquals } from "@std/assert";
 *
 * const numbers = Array.from({ length: 1000 }, (_, i) => i);
 * const loop: Subject = {
 *   samplesMs: [],
 *   run() {
 *     let sum = 0;
 *     for (const x of numbers) sum += x;
 *     return sum;
 *   },
 * };
 * const reduce: Subject = { samplesMs: [], run: () => numbers.reduce((sum, x) => sum + x, 0) };
 * assertEquals(await sampleInRounds([loop, reduce], { warmups: 1, samples: 5 }), 499500);
 * assertEquals(reduce.samplesMs.length, 5);
 * ```
 */
export async function sampleInRounds(
  subjects: readonly Subject[],
  { warmups, samples, onRound, random = Math.random }: RoundOptions,
): Promise<number> {
  let expected: number | undefined;
  for (let round = 0; round < warmups + samples; round++) {
    onRound?.(round, warmups + samples);
    for (const subject of shuffle([...subjects], random)) {
      const start = performance.now();
      const running = subject.run();
      // Waiting for what is there already would cost a turn of the event loop.
      const result = typeof running === "number" ? running : await running;
      const ms = performance.now() - start;
      if (round >= warmups) subject.samplesMs.push(ms);
      expected ??= result;
      if (result !== expected) {
        throw new WrongResultError(
          `A run gave ${result} where the first one gave ${expected}: the same problem has to give ` +
            `the same result on every number of workers`,
        );
      }
    }
  }
  return expected!;
}
