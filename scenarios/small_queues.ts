/**
 * Two consumers and one item, left to chance: does each of them know what it will get?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

type End = "took it" | "saw none" | "came too late";

// #region lesson
/** In each round there is one item; party 0 puts the next one when all have looked. */
const playGet = mp.task(
  import.meta,
  (rounds: Rounds, queue: mp.Queue<number>, asksFirst: boolean, seed: number) => {
    const random = generator(seed, rounds.party);
    let end: End;
    const get = () => {
      pause(random()); // who comes first is chance
      if (asksFirst && queue.empty()) return void (end = "saw none");
      if (asksFirst) pause(random() / 2); // <- meanwhile the other one may take it
      try {
        queue.getNowait();
        end = "took it";
      } catch (error) {
        if (!(error instanceof mp.QueueEmpty)) throw error;
        end = asksFirst ? "came too late" : "saw none";
      }
    };
    return play(rounds, get, (round) => {
      if (rounds.party === 0 && round < rounds.count - 1) queue.put(round);
      return end;
    });
  },
);
// #endregion

function outcomeOf(ends: readonly End[]): string {
  const takers = ends.filter((end) => end === "took it").length;
  if (takers !== 1) return takers === 0 ? "nobody got it" : "both got it";
  return `one took it, one ${ends.find((end) => end !== "took it")}`;
}

/** Many runs of consumers that ask `empty()` first, and of those that only try. */
export async function smallQueues(
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(2);
  const outcomes: Distribution[] = [];
  for (const asksFirst of [true, false]) {
    const queue = new mp.Queue<number>();
    queue.put(0);
    const seen = await playMany(pool, 2, quick ? 200 : 1000, playGet, queue, asksFirst, seed);
    const of = "two consumers want the one item of a queue, by " +
      (asksFirst ? "empty() and then getNowait()" : "getNowait() alone");
    outcomes.push(distribution(of, seen.map(outcomeOf), [
      ["one took it, one saw none", "expected", "one after the other"],
      [
        "one took it, one came too late",
        asksFirst ? "interesting" : "forbidden",
        "empty() had said that there was one",
      ],
      ["both got it", "forbidden", "get() is one step"],
      ["nobody got it", "forbidden", "an item is not lost"],
    ], seed));
  }
  return outcomes;
}
