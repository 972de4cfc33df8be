/**
 * Visits of a place, left to chance: how many are inside at the same time?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

interface Place {
  gate: mp.Semaphore | undefined; // undefined: everybody may enter
  inside: mp.Value<"i">;
  most: mp.SharedArray<"i">; // in each round
}

// #region lesson
const playVisit = mp.task(import.meta, (rounds: Rounds, place: Place, seed: number) => {
  const { gate, inside, most } = place;
  const random = generator(seed, rounds.party);
  const visit = (round: number) => {
    pause(random()); // who comes when is chance
    using _ = gate?.hold(); // <- waits while there is no room
    const now = inside.add(1) + 1;
    {
      using _ = most.getLock().hold();
      if (now > most.get(round)) most.set(round, now);
    }
    pause(random());
    inside.add(-1);
  };
  return play(rounds, visit, (round) => most.get(round));
});
// #endregion

/** Many runs without a semaphore, and with one that lets `n` in. */
export async function crowds(
  workers: number,
  n: number,
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(workers);
  const runs = quick ? 200 : 1000;
  const outcomes: Distribution[] = [];
  for (const gate of [undefined, new mp.Semaphore(n)]) {
    const place: Place = { gate, inside: new mp.Value("i", 0), most: new mp.Array("i", runs) };
    const seen = await playMany(pool, workers, runs, playVisit, place, seed);
    const of = `${workers} workers visit a place once, ` +
      (gate ? `a semaphore lets ${n} in` : "nobody keeps them out");
    const listed = Array.from({ length: workers }, (_, i) => {
      const label = i < n ? "expected" : gate ? "forbidden" : "interesting";
      return [`at most ${i + 1}`, label, i < n ? "there is room" : "too many"] as const;
    });
    outcomes.push(distribution(of, seen.map(([most]) => `at most ${most}`), listed, seed));
  }
  return outcomes;
}
