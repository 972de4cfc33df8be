/**
 * A subclass of `Process`: arguments of its own constructor, its own `run`, and join.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
/** Adds up the numbers from `from` up to, but without, `to`. */
class RangeSum extends mp.Process {
  static {
    mp.task(import.meta, this); // the worker finds the class by this line
  }

  sum = 0;

  constructor(
    readonly from: number,
    readonly to: number,
    readonly sums: mp.Queue<[string, number]>,
  ) {
    super({ name: `${from} to ${to - 1}` });
  }

  override run(): void { // in the worker
    for (let i = this.from; i < this.to; i++) this.sum += i; // <- the parent's sum stays 0
    this.sums.put([this.name, this.sum]);
  }
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "process-subclass",
  deck: "Firenze",
  slide: "Subclassing Process",
  summary: "constructor arguments, run and join of a subclass",
  question: "A subclass of Process has a constructor with its own arguments and a run method. " +
    "Which of its fields does the parent see after the join?",
  takes: {
    workers: { means: "processes", full: 4, min: 2, max: 64 },
    size: { means: "numbers to add up", full: 1_000_000, min: 64, max: 100_000_000 },
  },
  next: "queue-results",

  async run({ workers, size }, print) {
    const sums = new mp.Queue<[string, number]>();
    const bound = (i: number) => Math.floor(i * size / workers);
    // #region lesson
    const processes = Array.from(
      { length: workers },
      (_, i) => new RangeSum(bound(i), bound(i + 1), sums),
    );
    for (const process of processes) process.start(); // calls run(), over there
    const told = new Map<string, number>();
    while (told.size < workers) told.set(...await sums.getAsync());
    for (const process of processes) await process.join();
    // #endregion
    print(`${workers} objects of the class RangeSum were started and joined`);
    const total = [...told.values()].reduce((sum, part) => sum + part, 0);
    const expected = size * (size - 1) / 2;
    return {
      found: `sum ${total.toLocaleString("en-US")}; fields here: all ${processes[0]!.sum}`,
      answer: [
        {
          columns: ["process", "sum, by the queue", "its field here", "exitcode"],
          rows: processes.map((p) => [p.name, told.get(p.name)!, p.sum, p.exitcode]),
        },
        `Together ${
          total.toLocaleString("en-US")
        }. Every field \`sum\` of the parent's objects is ` +
        "as it was before the start.",
      ],
      why:
        "start() sends a copy of the object to the new process and calls run() there. What the " +
        "constructor stored travels along; what run() stores in the object stays in that copy, " +
        "and is gone when the process ends. Results need a queue, a pipe or shared memory, as " +
        "with a function as target. The parent must still join.",
      check: [
        { claim: "The parts add up to the sum of all numbers.", holds: total === expected },
        {
          claim: "The parent's own objects are unchanged.",
          holds: processes.every((process) => process.sum === 0),
        },
        {
          claim: "Every process ends with exit code 0.",
          holds: processes.every((process) => process.exitcode === 0),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
