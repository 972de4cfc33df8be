/**
 * Counting jobs in a variable of the module: the parent's stays 0.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Scenario } from "./scenario.ts";
import { smallGlobals } from "./small_globals.ts";

// #region lesson
let counter = 0;

/** Count a job, and say who counted what. */
function countJob(i: number): [pid: number, i: number, counted: number] {
  counter = counter + 1; // <- a variable of this process
  return [mp.currentProcess().pid!, i, counter];
}

const job = mp.task(import.meta, (i: number, report: mp.Queue<[number, number, number]>) => {
  report.put(countJob(i));
});
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "count-jobs-global",
  deck: "Duke",
  slide: "Counting number of jobs (1)",
  summary: "ten processes count in a global, the parent's stays 0",
  question: "Ten processes, one after the other, each add 1 to a global counter. What does the " +
    "parent find in it?",
  takes: {
    workers: { means: "processes, one after the other", full: 10, quick: 5, max: 1000 },
    seed: true,
  },
  next: "count-jobs-shared",

  async run({ workers }, print) {
    // #region lesson
    counter = 0;
    countJob(10); // called in the parent itself, it counts
    const own = counter;

    counter = 0;
    const report = new mp.Queue<[number, number, number]>();
    const reports: [number, number, number][] = [];
    for (let i = 0; i < workers; i++) {
      const process = new mp.Process({ target: job, args: [i, report] });
      process.start();
      await process.join();
      reports.push(await report.getAsync());
    }
    // #endregion
    print(`the function called in the parent: the counter goes from 0 to ${own}`);
    for (const [pid, i, seen] of reports.slice(0, 3)) {
      print(`process ${pid}, job ${i}: its counter is ${seen}`);
    }
    return {
      found: `${workers} jobs, the parent counted ${counter}`,
      answer: [
        {
          columns: ["whose counter", "after"],
          rows: [
            ["the parent's, after its own call", own],
            ["each process's, after its job", [...new Set(reports.map((r) => r[2]))].join(" ")],
            [`the parent's, after ${workers} processes`, counter],
          ],
        },
      ],
      why: "Every process has memory of its own. It loads the module, so it has a variable of " +
        "that name, which starts at 0; it counts one job there and ends, and its memory ends " +
        "with it. Nobody ever touched the parent's variable.",
      beside: besideSlide([
        ["parent's counter after its own call", 1, own],
        ["after the processes", 0, counter],
      ]),
      check: [
        { claim: "A call in the parent counts.", holds: own === 1 },
        { claim: "Every process counts to 1 by itself.", holds: reports.every((r) => r[2] === 1) },
        {
          claim: "Every process has another pid.",
          holds: new Set(reports.map((r) => r[0])).size === workers,
        },
        { claim: "The parent's counter stays 0.", holds: counter === 0 },
      ],
    };
  },

  often: smallGlobals,
};

if (import.meta.main) await alone(scenario);
