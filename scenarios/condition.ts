/**
 * A workflow of two stages: stage 2 waits for stage 1, and no wake-up is lost.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { wakeUps } from "./small_wakeups.ts";

// #region lesson
interface Flow {
  cond: mp.Condition;
  done: mp.Value<"i">; // 1 when stage 1 is done; the condition's lock guards it
  ready: mp.Event; // stage 2 holds the lock and is about to wait
}

const stage1 = mp.task(import.meta, ({ cond, done }: Flow) => {
  using _ = cond.hold();
  done.value = 1;
  cond.notifyAll(); // wakes those who wait now, nobody later
});

/** Wrong: it waits for the call of notifyAll, which may have been before. */
const bareWait = mp.task(import.meta, ({ cond, ready }: Flow, timeout: number) => {
  using _ = cond.hold();
  ready.set();
  return cond.wait({ timeout }); // <- false: nobody notified in that time
});

/** Right: it waits for the state, and looks at it first. */
const waitForState = mp.task(import.meta, ({ cond, done, ready }: Flow, timeout: number) => {
  using _ = cond.hold();
  ready.set();
  return cond.waitFor(() => done.value === 1, { timeout }); // <- looks before it waits
});

async function run(
  pool: mp.Pool,
  stage2: typeof bareWait,
  stage1First: boolean,
  timeout: number,
) {
  const flow: Flow = {
    cond: new mp.Condition(),
    done: new mp.Value("i", 0),
    ready: new mp.Event(),
  };
  if (stage1First) {
    await pool.apply(stage1, [flow]);
    return await pool.apply(stage2, [flow, timeout]);
  }
  const woken = pool.applyAsync(stage2, [flow, 60_000]);
  await flow.ready.waitAsync(); // stage 1 now gets the lock only when stage 2 waits
  await pool.apply(stage1, [flow]);
  return await woken.get();
}
// #endregion

/** Whether stage 2 began, by the way it waits and by who comes first. */
export type Begun = Record<"wait" | "waitFor", { waiting: boolean; late: boolean }>;

/** What must hold. */
export function checkBegun({ wait, waitFor }: Begun): Check[] {
  return [
    { claim: "A stage 2 that waits already is woken.", holds: wait.waiting && waitFor.waiting },
    { claim: "wait() alone loses a notification that came before.", holds: !wait.late },
    { claim: "waitFor() does not: it sees that stage 1 is done.", holds: waitFor.late },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "condition",
  deck: "Firenze",
  slide: "Synchronization: condition variables",
  summary: "a two-stage workflow; a wake-up is not lost",
  question:
    "Stage 2 of a workflow waits until stage 1 notifies it. What if stage 1 is so fast that " +
    "it notifies before stage 2 begins to wait?",
  takes: {
    size: { means: "ms to wait for a lost wake-up", full: 1000, quick: 100, max: 60_000 },
    seed: true,
  },
  next: "barrier",

  async run({ size }, print) {
    await using pool = new mp.Pool(2);
    const begun: Begun = {
      wait: {
        waiting: await run(pool, bareWait, false, size),
        late: await run(pool, bareWait, true, size),
      },
      waitFor: {
        waiting: await run(pool, waitForState, false, size),
        late: await run(pool, waitForState, true, size),
      },
    };
    print("four runs: stage 2 by wait() or waitFor(), before stage 1 or after it");
    const said = (began: boolean) => began ? "began" : `not told in ${size} ms`;
    return {
      found: `late: wait() ${begun.wait.late ? "began" : "lost it"}, waitFor() ${
        begun.waitFor.late ? "began" : "lost it"
      }`,
      answer: [
        {
          columns: ["stage 2 uses", "when it waits first", "when stage 1 was first"],
          rows: [
            ["wait()", said(begun.wait.waiting), said(begun.wait.late)],
            ["waitFor(predicate)", said(begun.waitFor.waiting), said(begun.waitFor.late)],
          ],
        },
      ],
      why: "notify() is not remembered: it wakes who is waiting, and is gone. What stays is the " +
        "state, here one number, that the condition's lock guards. waitFor() looks at the state " +
        "first, sleeps only if it must, and looks again after each wake-up. Nothing can slip in " +
        "between the look and the sleep: the look needs the lock, stage 1 needs the lock to " +
        "change the state, and the wait lets it go in the same step in which it falls asleep. " +
        "The wrong version works whenever stage 2 is early, which is why such errors live long.",
      check: checkBegun(begun),
    };
  },

  often: (options) => wakeUps(options),
};

if (import.meta.main) await alone(scenario);
