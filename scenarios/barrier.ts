/**
 * Work in phases: nobody begins the next one before all have ended this one; and a broken barrier.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
interface Phases {
  wall: mp.Barrier | undefined;
  step1: mp.Array<"i">; // the result of step 1 of each worker; 0 before
  arrived: mp.Queue<number>; // who has ended step 1
  slow: mp.Event; // worker 0 begins only when this is set
}

/** Step 1 writes a part, step 2 needs the parts of all: gives how many were missing. */
const twoSteps = mp.task(import.meta, (i: number, { wall, step1, arrived, slow }: Phases) => {
  if (i === 0) slow.wait();
  step1[i] = i + 1;
  arrived.put(i);
  const turn = wall?.wait(); // <- all have to be here
  const missing = [...step1].filter((part) => part === 0).length;
  return { i, turn, missing };
});

async function run(workers: number, wall: mp.Barrier | undefined) {
  const step1 = new mp.Array("i", workers);
  const phases: Phases = { wall, step1, arrived: new mp.Queue(), slow: new mp.Event() };
  await using pool = new mp.WorkerPoolExecutor({ maxWorkers: workers });
  const futures = Array.from({ length: workers }, (_, i) => pool.submit(twoSteps, i, phases));
  for (let k = 1; k < workers; k++) await phases.arrived.getAsync(); // all but worker 0
  if (wall === undefined) { // nothing stops these
    for (const future of futures.slice(1)) await future.result();
  }
  const passed = futures.filter((future) => future.done()).length;
  phases.slow.set();
  return { passed, results: await Promise.all(futures.map((future) => future.result())) };
}

/** One of the parties gives up: what the others get. */
const waitOrSay = mp.task(import.meta, (wall: mp.Barrier, entering: mp.Queue<string>) => {
  entering.put("here");
  try {
    return `turn ${wall.wait()}`;
  } catch (error) {
    return (error as Error).name;
  }
});

async function breakIt(workers: number) {
  const [wall, entering] = [new mp.Barrier(workers), new mp.Queue<string>()];
  await using pool = new mp.Pool(workers - 1);
  const others = Array.from(
    { length: workers - 1 },
    () => pool.apply(waitOrSay, [wall, entering]),
  );
  for (const _ of others) await entering.getAsync();
  wall.abort(); // the last one will not come
  const said = await Promise.all(others);
  const broken = wall.broken;
  wall.reset();
  return { said, mended: broken && !wall.broken };
}
// #endregion

/** How many had ended step 2 before worker 0 began step 1, and what each saw at its step 2. */
export type Run = Awaited<ReturnType<typeof run>>;

/** What must hold with the barrier and without. */
export function checkPhases(workers: number, open: Run, walled: Run): Check[] {
  const turns = walled.results.map(({ turn }) => turn).toSorted();
  return [
    {
      claim: "Without a barrier the fast ones do step 2 with a part missing.",
      holds: open.passed === workers - 1 && open.results.slice(1).every((r) => r.missing > 0),
    },
    { claim: "With it nobody is past before the slow one comes.", holds: walled.passed === 0 },
    {
      claim: "With it no part is missing for anybody.",
      holds: walled.results.length === workers && walled.results.every((r) => r.missing === 0),
    },
    { claim: "wait() gives each a number of its own.", holds: new Set(turns).size === workers },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "barrier",
  deck: "Firenze",
  slide: "Synchronization: barrier",
  summary: "work in phases, and a barrier that breaks",
  question:
    "Step 2 of each worker needs the results of step 1 of all. One worker is slow. What do " +
    "the others find, without a barrier and with one? And if one never comes?",
  takes: { workers: { means: "workers", full: 4, quick: 3, min: 2, max: 64 } },
  next: "event",

  async run({ workers }, print) {
    const open = await run(workers, undefined);
    print(`without a barrier ${open.passed} workers did step 2 before the slow one did step 1`);
    const walled = await run(workers, new mp.Barrier(workers));
    print(`with one it was ${walled.passed}`);
    const { said, mended } = await breakIt(workers);
    print(`${workers - 1} waited for one more, and the barrier was aborted`);
    const missing = ({ results }: Run) => results.reduce((sum, r) => sum + r.missing, 0);
    return {
      found: `parts missing: ${missing(open)} without, ${missing(walled)} with`,
      answer: [
        {
          columns: ["way", "past it before the slow one", "parts missing in step 2"],
          rows: [
            ["no barrier", open.passed, missing(open)],
            [`Barrier(${workers})`, walled.passed, missing(walled)],
          ],
        },
        `After abort() the ${workers - 1} that waited got: ${said.join(", ")}. ` +
        "After reset() the barrier can be used again.",
      ],
      why: "wait() returns when as many have come as the barrier has parties. The number that it " +
        "gives is another one for each, so one can be chosen for what only one should do: if " +
        "(turn === 0). If one party did not come, all others would wait for ever; so abort(), a " +
        "timeout or the stop of a waiting party breaks the barrier for all.",
      check: [
        ...checkPhases(workers, open, walled),
        {
          claim: "A broken barrier tells everybody who waits.",
          holds: said.length === workers - 1 &&
            said.every((name) => name === "BrokenBarrierError"),
        },
        { claim: "reset() mends it.", holds: mended },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
