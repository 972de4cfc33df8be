/**
 * The dot product into one shared value with a lock: right, and at what cost.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
interface Job {
  dot: mp.Value<"d">;
  lock: mp.Lock;
  a: mp.SharedArray<"d">;
  start: mp.Barrier; // all meet here before and after the work
}

function sumOfSquares(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!;
  return sum;
}

/** Lock once: add up alone, and then add the sum to the shared value. */
const lockPerWorker = mp.task(import.meta, ({ dot, lock, a, start }: Job) => {
  start.wait();
  const sum = sumOfSquares(a.view);
  {
    using _ = lock.hold(); // <- once
    dot.value += sum;
  }
  start.wait();
});

/** Lock for each element: add every product to the shared value. */
const lockPerElement = mp.task(import.meta, ({ dot, lock, a, start }: Job) => {
  start.wait();
  const x = a.view;
  for (let i = 0; i < x.length; i++) {
    lock.acquire(); // <- for each element
    dot.value += x[i]! * x[i]!;
    lock.release();
  }
  start.wait();
});
// #endregion

async function compute(target: (job: Job) => void, a: mp.SharedArray<"d">, workers: number) {
  const dot = new mp.Value("d", 0);
  const lock = new mp.Lock();
  const start = new mp.Barrier(workers + 1); // the parent meets them, with the clock
  const processes: mp.Process[] = [];
  for (let i = 0; i < workers; i++) {
    const lower = Math.floor(i * a.length / workers);
    const slice = a.subarray(lower, Math.floor((i + 1) * a.length / workers));
    const process = new mp.Process({ target, args: [{ dot, lock, a: slice, start }] });
    processes.push(process);
    process.start();
  }
  await start.waitAsync();
  const clock = performance.now();
  await start.waitAsync();
  const ms = performance.now() - clock;
  for (const process of processes) await process.join();
  return { answer: dot.value, ms };
}

/** The scenario. */
export const scenario: Scenario = {
  id: "shared-dot-lock",
  deck: "PNNL",
  slide: "Value and array and locks",
  summary: "right with a lock; what it costs, and where to put it",
  question:
    "A lock around the addition makes the shared dot product right. What does it cost, and " +
    "does it matter where it is put?",
  takes: {
    workers: { means: "processes", full: 8, quick: 4, min: 2, max: 64 },
    size: { means: "elements", full: 2_000_000, quick: 1_000_000, min: 1000, max: 50_000_000 },
  },
  next: "race-condition",

  async run({ workers, size }, print) {
    using a = new mp.SharedArray("d", size);
    a.view.fill(1);
    const loop = { answer: 0, ms: Infinity };
    for (let run = 0; run < 3; run++) { // the first one is slower, as the code gets compiled
      const clock = performance.now();
      loop.answer = sumOfSquares(a.view);
      loop.ms = Math.min(loop.ms, performance.now() - clock);
    }
    print(`one loop in the parent: ${loop.ms.toFixed(1)} ms`);
    const perWorker = await compute(lockPerWorker, a, workers);
    print(`${workers} processes, each takes the lock once: ${perWorker.ms.toFixed(1)} ms`);
    const perElement = await compute(lockPerElement, a, workers);
    print(`${workers} processes, each takes it per element: ${perElement.ms.toFixed(1)} ms`);
    const times = perElement.ms / loop.ms;
    const row = (way: string, locks: number, { answer, ms }: typeof loop) => {
      return [way, locks, answer, ms, ms / size * 1e6];
    };
    return {
      found: `a lock per element: ${times.toFixed(0)} times a plain loop`,
      answer: [
        `The right answer is ${size.toLocaleString("en-US")}.`,
        {
          columns: ["way", "locked", "answer", "ms", "ns per element"],
          rows: [
            row("one loop, no processes", 0, loop),
            row("a lock once per process", workers, perWorker),
            row("a lock for each element", size, perElement),
          ],
        },
        `With a lock for each element ${workers} processes take ${times.toFixed(0)} times as ` +
        "long as one loop.",
      ],
      why:
        "While we hold the lock nobody else can read between our read and our write, so nothing " +
        "is lost. But with the lock around every element the processes take turns, and the " +
        "parallel program is slower than a plain loop. Add up in a variable of your own and lock " +
        "once, for the one addition that is shared. What that still costs more than the loop is " +
        "waking the processes and compiling the code in each.",
      check: [
        { claim: "One lock per process gives the right answer.", holds: perWorker.answer === size },
        { claim: "A lock per element gives the right answer.", holds: perElement.answer === size },
        { claim: "A lock per element is slower than a plain loop.", holds: times > 1 },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
