/**
 * Workers that each add a part to one sum, many times: how many of the parts are still in it?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

/** The length of a part: computing it takes some 20 microseconds. */
const length = 20_000;

// #region lesson
const playSum = mp.task(
  import.meta,
  (rounds: Rounds, dot: mp.Value<"d">, locked: boolean, seed: number) => {
    const random = generator(seed, rounds.party);
    const ones = new Float64Array(length).fill(1);
    const add = () => {
      pause(random() / 4); // who begins is chance
      using _ = locked ? dot.getLock().hold() : undefined; // <- nobody comes between
      dot.value += ones.reduce((sum, x) => sum + x * x, 0);
    };
    let before = 0;
    return play(rounds, add, () => -before + (before = dot.value));
  },
);
// #endregion

/** Many runs without a lock, and with one around the whole line. */
export async function smallSums(
  workers: number,
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(workers);
  const outcomes: Distribution[] = [];
  for (const locked of [false, true]) {
    const runs = quick ? 200 : 1000;
    const seen = await playMany(pool, workers, runs, playSum, new mp.Value("d", 0), locked, seed);
    const of = `${workers} workers each add a part to a sum, ${locked ? "with" : "without"} a lock`;
    const label = locked ? "forbidden" : "interesting";
    outcomes.push(distribution(of, seen.map(([gained]) => parts(gained! / length, workers)), [
      ["all parts", "expected", "one after the other"],
      ["half of them or more", label, "the others were overwritten"],
      ["less than half", label, "many had read the same sum"],
    ], seed));
  }
  return outcomes;
}

function parts(kept: number, of: number): string {
  if (!Number.isInteger(kept) || kept < 1 || kept > of) return `${kept} parts of ${of}`;
  return kept === of ? "all parts" : kept >= of / 2 ? "half of them or more" : "less than half";
}
