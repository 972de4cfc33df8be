/**
 * A circle of locks, left to chance: how often do those who take two of them get stuck?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

type End = "waited" | "did not wait" | "was told of a deadlock";

// #region lesson
/** Take the lock on the left, pause, take the one on the right; or both in the order of their names. */
const takeTwo = mp.task(
  import.meta,
  (rounds: Rounds, locks: mp.Lock[], inOrder: boolean, seed: number) => {
    const random = generator(seed, rounds.party);
    const two = [locks[rounds.party]!, locks[(rounds.party + 1) % locks.length]!];
    if (inOrder) two.sort((a, b) => a.name < b.name ? -1 : 1); // <- one order for everybody
    let end: End;
    const take = () => {
      pause(random()); // who begins is chance
      try {
        let waits = two[0]!.locked;
        using _first = two[0]!.hold();
        pause(random() / 2); // the work between: the longer, the more often
        waits ||= two[1]!.locked;
        using _second = two[1]!.hold();
        end = waits ? "waited" : "did not wait";
      } catch (error) {
        if (!(error instanceof mp.DeadlockError)) throw error;
        end = "was told of a deadlock"; // and has let the first one go
      }
    };
    return play(rounds, take, () => end);
  },
);
// #endregion

function outcomeOf(ends: readonly End[]): string {
  const told = ends.filter((end) => end === "was told of a deadlock").length;
  if (told > 0) return told === 1 ? "deadlock" : `deadlock, ${told} told`;
  return ends.includes("waited") ? "somebody waited" : "nobody waited";
}

/** Many runs with so many locks in a circle and as many workers, at random and in order. */
export async function lockCircles(
  size: number,
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(size);
  const locks = Array.from({ length: size }, (_, i) => new mp.Lock({ name: `small lock ${i}` }));
  const outcomes: Distribution[] = [];
  for (const inOrder of [false, true]) {
    const seen = await playMany(pool, size, quick ? 200 : 1000, takeTwo, locks, inOrder, seed);
    const of = `${size} workers in a circle of ${size} locks take two each, ` +
      (inOrder ? "in one order for all" : "the left one first");
    outcomes.push(distribution(of, seen.map(outcomeOf), [
      ["nobody waited", "expected", "they came one after the other"],
      ["somebody waited", "expected", "and got both in the end"],
      [
        "deadlock",
        inOrder ? "forbidden" : "interesting",
        inOrder ? "a circle in spite of the order" : "all held one; one was told and let go",
      ],
    ], seed));
  }
  return outcomes;
}
