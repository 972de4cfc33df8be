/**
 * Ten jobs on two workers that count in a global variable: what does each of the three threads find?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

const jobs = 10;

// #region lesson
let counter = 0; // <- one in each worker, and one in the parent

/** Whoever is free takes the next job and counts it; in each round from 0. */
const playCount = mp.task(import.meta, (rounds: Rounds, next: mp.Value<"i">, seed: number) => {
  const random = generator(seed, rounds.party);
  const count = (round: number) => {
    counter = 0;
    for (let job = next.add(1); job < (round + 1) * jobs; job = next.add(1)) {
      counter += 1;
      pause(random() / 5); // the rest of the job
    }
  };
  return play(rounds, count, (round) => {
    if (rounds.party === 0) next.value = (round + 1) * jobs; // both have asked once too often
    return counter;
  });
});
// #endregion

/** Many runs; the parent looks into its own counter after all of them. */
export async function smallGlobals(
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(2);
  counter = 0;
  const seen = await playMany(pool, 2, quick ? 200 : 1000, playCount, new mp.Value("i", 0), seed);
  const came = seen.map(([a, b]) => {
    if (counter !== 0 || a! + b! !== jobs) return `${a} and ${b}, the parent ${counter}`;
    return a === b ? "the same in both, 0 in the parent" : "more in one, 0 in the parent";
  });
  return [
    distribution(`two workers share ${jobs} jobs, and each counts in its own global`, came, [
      ["the same in both, 0 in the parent", "expected", "both were as fast"],
      ["more in one, 0 in the parent", "interesting", "the faster one took more jobs"],
    ], seed),
  ];
}
