/**
 * A dot product into one shared value without a lock: the wrong answer.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { smallSums } from "./small_sums.ts";

// #region lesson
interface Job {
  dot: mp.Value<"d">;
  a: mp.SharedArray<"d">;
  b: mp.SharedArray<"d">;
  start: mp.Barrier;
}

function product({ a, b }: Job): number {
  const [x, y] = [a.view, b.view];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** The slide's line. */
const dotproduct = mp.task(import.meta, (job: Job) => {
  job.start.wait(); // all together
  job.dot.value += product(job); // <- reads, computes, and only then writes
});

/** The same line, taken apart: read, compute, write; and everybody reads before anybody writes. */
const dotproductApart = mp.task(import.meta, (job: Job) => {
  const before = job.dot.value;
  const sum = product(job);
  job.start.wait();
  job.dot.value = before + sum; // <- over what the others wrote
});

async function compute(target: (job: Job) => void, a: mp.SharedArray<"d">, workers: number) {
  const dot = new mp.Value("d", 0);
  const start = new mp.Barrier(workers);
  const processes: mp.Process[] = [];
  for (let i = 0; i < workers; i++) {
    const lower = Math.floor(i * a.length / workers);
    const slice = a.subarray(lower, Math.floor((i + 1) * a.length / workers));
    const process = new mp.Process({ target, args: [{ dot, a: slice, b: slice, start }] });
    processes.push(process);
    process.start();
  }
  for (const process of processes) await process.join();
  return dot.value;
}
// #endregion

/** What must hold: `apart` is the answer when all read before any writes, `share` one part of it. */
export function checkRace(right: number, share: number, answers: number[], apart: number): Check[] {
  return [
    {
      claim: "When all read before any writes, all shares but one are lost.",
      holds: apart === share && apart !== right,
    },
    {
      claim: "The slide's own line gives a wrong answer at least once.",
      holds: answers.some((answer) => answer !== right),
    },
    {
      claim: "No answer is above the right one: shares are lost, never doubled.",
      holds: answers.every((answer) => answer <= right && answer >= share),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "shared-dot-race",
  deck: "PNNL",
  slide: "Value and array example",
  summary: "a shared sum without a lock: the wrong answer, and why",
  question: "Eight processes each add their part of a dot product to one shared value. Why is " +
    "the answer wrong?",
  takes: {
    workers: { means: "processes", full: 8, min: 2, max: 64 },
    size: { means: "elements", full: 2_000_000, quick: 800_000, min: 1000, max: 50_000_000 },
    runs: { means: "runs", full: 5, quick: 2, max: 100 },
    seed: true,
  },
  next: "shared-dot-lock",

  async run({ workers, size: asked, runs }, print) {
    const size = asked - asked % workers; // equal shares, so that a lost one can be told
    using a = new mp.SharedArray("d", size);
    a.view.fill(1);
    const share = size / workers;
    const rows: (string | number)[][] = [];
    const note = (way: string, answer: number) => {
      const lost = size - answer;
      rows.push([way, answer, lost, `${(100 * lost / size).toFixed(1)} %`]);
      print(`${way}: ${answer.toLocaleString("en-US")}`);
    };
    const answers: number[] = [];
    for (let run = 1; run <= runs; run++) {
      answers.push(await compute(dotproduct, a, workers));
      note(`the slide's line, run ${run}`, answers.at(-1)!);
    }
    const apart = await compute(dotproductApart, a, workers);
    note("all read, then all write", apart);
    return {
      found: `${answers.filter((answer) => answer !== size).length} of ${runs} answers wrong`,
      answer: [
        `The right answer is ${size.toLocaleString("en-US")}; one share is ` +
        `${share.toLocaleString("en-US")}.`,
        { columns: ["way", "answer", "lost", "of it"], rows },
      ],
      why: "dot.value += sum(...) is three steps: read dot, compute the sum, write. So the whole " +
        "computation lies between read and write, and whatever the others add meanwhile is " +
        "overwritten by an old value. With a barrier that makes all read before anybody writes, " +
        "the last writer leaves its own share and nothing else. Without it, who runs when decides.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["answer", "wrong, figure not given", answers.slice(0, 3).join("  ")]],
      },
      check: checkRace(size, share, answers, apart),
    };
  },

  often: (options) => smallSums(4, options),
};

if (import.meta.main) await alone(scenario);
