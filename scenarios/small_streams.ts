/**
 * Ten jobs that draw random numbers, many times: how many of them drew numbers of their own?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

const jobs = 10;

interface Work {
  next: mp.Value<"i">; // the next job
  drawn: mp.SharedArray<"d">; // the first draw of each job
  ownStream: boolean;
  seed: number;
}

// #region lesson
/** Whoever is free takes the next job; each round begins with fresh generators. */
const playJobs = mp.task(import.meta, (rounds: Rounds, work: Work) => {
  const { next, drawn, ownStream, seed } = work;
  const takeJobs = (round: number) => {
    const copy = generator(seed + round, 0); // every worker has the same
    for (let job = next.add(1); job < (round + 1) * jobs; job = next.add(1)) {
      const draw = ownStream ? generator(seed + round, 1 + job % jobs) : copy; // <- its own
      drawn.set(job % jobs, draw());
      pause(draw() / 5); // the rest of the job
    }
  };
  const look = (round: number) => {
    if (rounds.party === 0) next.value = (round + 1) * jobs; // all have asked once too often
    return new Set(drawn).size;
  };
  return play(rounds, takeJobs, look);
});
// #endregion

/** Many runs with a copied state, and with a stream for each job. */
export async function smallStreams(
  workers: number,
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(workers);
  const outcomes: Distribution[] = [];
  for (const ownStream of [false, true]) {
    const drawn = new mp.SharedArray("d", jobs);
    const work: Work = { next: new mp.Value("i", 0), drawn, ownStream, seed };
    const seen = await playMany(pool, workers, quick ? 200 : 1000, playJobs, work);
    const of = `${workers} workers do ${jobs} jobs with ` +
      (ownStream ? "a stream for each job" : "the same random state");
    const least = Math.ceil(jobs / workers); // when all do as many
    const some = [`only ${least} differ`, `${least + 1} to ${jobs - 1} differ`, "all differ"];
    const came = seen.map(([n]) => some[n === jobs ? 2 : n === least ? 0 : 1]!);
    const label = ownStream ? "forbidden" : "interesting";
    outcomes.push(distribution(of, came, [
      [some[0]!, label, "each worker drew the same numbers"],
      [some[1]!, label, "the same, and some did more jobs"],
      [some[2]!, "expected", ownStream ? "as it should be" : "one worker did them all"],
    ], seed));
  }
  return outcomes;
}
