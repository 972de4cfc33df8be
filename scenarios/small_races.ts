/**
 * The smallest race: two workers add 1 to one counter, once each. Many runs, and how they ended.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

interface Counts {
  counter: mp.Value<"i">;
  slots: mp.SharedArray<"i">; // one for each party
  seed: number;
}

// #region lesson
const playOnce = mp.task(import.meta, (rounds: Rounds, way: Way, counts: Counts) => {
  const { counter, slots, seed } = counts;
  const random = generator(seed, rounds.party);
  const lock = counter.getLock();
  const slowly = (read: () => number, write: (n: number) => void) => {
    const n = read();
    pause(random() / 4); // up to a quarter of a millisecond, as on a busy machine
    write(n + 1);
  };
  const addSlowly = () => slowly(() => counter.value, (n) => counter.value = n);
  const addLocked = () => {
    using _ = lock.hold(); // <- nobody reads between our read and our write
    addSlowly();
  };
  const steps: Record<Way, () => void> = {
    "value += 1": () => void (counter.value += 1),
    "value.add(1)": () => void counter.add(1),
    "read, pause, write": addSlowly,
    "with a lock: read, pause, write": addLocked,
    "a slot each: read, pause, write": () =>
      slowly(() => slots.get(rounds.party), (n) => slots.set(rounds.party, n)),
  };
  const step = () => {
    if (way.includes("pause")) pause(random()); // who begins is chance
    steps[way]();
  };
  let before = 0;
  const total = () => [...slots].reduce((sum, n) => sum + n, counter.value);
  return play(rounds, step, () => -before + (before = total()));
});
// #endregion

/** How a worker adds 1. */
export type Way =
  | "value += 1"
  | "value.add(1)"
  | "read, pause, write"
  | "with a lock: read, pause, write"
  | "a slot each: read, pause, write";

/** What it means that one update is missing; with the other ways it must not be. */
const losing: Partial<Record<Way, string>> = {
  "value += 1": "both read 0; so short that it is rare",
  "read, pause, write": "both read 0: an update is lost",
};

/** Many runs of each way on a pool of two workers; those that pause, fewer times. */
export async function smallRaces(
  ways: readonly Way[],
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(2);
  const outcomes: Distribution[] = [];
  for (const way of ways) {
    const chance = way.includes("pause");
    const runs = (quick ? 200 : 1000) * (chance ? 1 : 10);
    const counts = { counter: new mp.Value("i", 0), slots: new mp.SharedArray("i", 2), seed };
    const seen = await playMany(pool, 2, runs, playOnce, way, counts);
    const came = seen.map(([gained]) => String(gained));
    const lost = losing[way];
    const of = `two workers add 1 to a counter of 0, once each, ${way}`;
    outcomes.push(distribution(of, came, [
      ["2", "expected", "both are counted"],
      ["1", lost ? "interesting" : "forbidden", lost ?? "one is not counted"],
    ], chance ? seed : undefined));
  }
  return outcomes;
}
