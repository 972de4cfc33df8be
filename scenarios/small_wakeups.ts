/**
 * Two stages of a workflow, left to chance: how often does stage 2 miss that stage 1 is done?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { distribution, pause, play, playMany, type Rounds } from "./rounds.ts";
import type { Distribution, Options } from "./scenario.ts";
import { generator } from "./throws.ts";

type Way = "wait()" | "waitFor()";
const [began, missed] = ["stage 2 began", "missed the call"];

// #region lesson
/** Party 0 is stage 1 and party 1 stage 2; `done` is the number of rounds that stage 1 has done. */
const playStage = mp.task(
  import.meta,
  (rounds: Rounds, way: Way, cond: mp.Condition, done: mp.Value<"i">, seed: number) => {
    const random = generator(seed, rounds.party);
    let begun = true;
    const stage1 = (round: number) => {
      using _ = cond.hold();
      done.value = round + 1;
      cond.notifyAll();
    };
    const stage2 = (round: number) => {
      const isDone = () => done.value > round;
      using _ = cond.hold();
      if (way === "waitFor()") begun = cond.waitFor(isDone); // <- looks before it waits
      else do begun = cond.wait({ timeout: 5 }); while (!begun && !isDone());
    };
    const step = (round: number) => {
      pause(random()); // who comes first is chance
      (rounds.party === 0 ? stage1 : stage2)(round);
    };
    return play(rounds, step, () => begun ? began : missed);
  },
);
// #endregion

/** Many runs with a stage 2 that waits for the call, and with one that waits for the state. */
export async function wakeUps(
  { quick, seed }: Pick<Options, "quick" | "seed">,
): Promise<Distribution[]> {
  await using pool = new mp.Pool(2);
  const outcomes: Distribution[] = [];
  for (const way of ["wait()", "waitFor()"] as const) {
    const [cond, done] = [new mp.Condition(), new mp.Value("i", 0)];
    const seen = await playMany(pool, 2, quick ? 200 : 1000, playStage, way, cond, done, seed);
    const of = `stage 1 notifies, stage 2 uses ${way}; who comes first is chance`;
    outcomes.push(distribution(of, seen.map(([, stage2]) => stage2!), [
      [began!, "expected", way === "wait()" ? "it was waiting already" : "whoever came first"],
      [missed!, way === "wait()" ? "interesting" : "forbidden", "stage 1 had been faster"],
    ], seed));
  }
  return outcomes;
}
