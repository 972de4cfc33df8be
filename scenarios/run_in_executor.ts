/**
 * Calls on an executor from asynchronous code: partial functions, gathered and as they complete.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
/** Compute: how many numbers below `limit` are divisible by `divisor`; begin when told to. */
const countMultiples = mp.task(import.meta, (go: mp.Event, limit: number, divisor: number) => {
  go.wait();
  let count = 0;
  for (let n = 1; n < limit; n++) if (n % divisor === 0) count++;
  return count;
});

async function run(workers: number, limit: number, divisors: readonly number[]) {
  await using executor = new mp.WorkerPoolExecutor({ maxWorkers: workers }); // 1. an executor
  // 2. the event loop: there is one, always.
  const go = new mp.Event();
  const calls = divisors.map((d) => mp.partial(countMultiples, go, limit, d)); // 3. partials
  const awaitables = calls.map((call) => mp.runInExecutor(executor, call)); // 4. start them all

  let settled = 0;
  for (const awaitable of awaitables) awaitable.then(() => settled++);
  let turns = 0; // meanwhile the event loop serves others, as nobody waits for the calls yet
  while (turns < 100) turns = await new Promise((next) => setTimeout(() => next(turns + 1)));
  const early = settled;
  go.set();
  const gathered = await Promise.all(awaitables); // <- 5. asyncio.gather

  const futures = new Map(calls.map((call, i) => [executor.submit(call), divisors[i]!]));
  const completed: [divisor: number, count: number][] = []; // 5. or as they complete
  for await (const future of mp.asCompleted(futures.keys())) { // <- as they end
    completed.push([futures.get(future)!, await future.result()]);
  }
  return { turns, early, gathered, completed };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "run-in-executor",
  deck: "Firenze",
  slide: "Pool executors and asyncio; Using executors with asyncio",
  summary: "partial functions on an executor, gathered",
  question:
    "Asynchronous code has something to compute. How does it hand that to other cores, go " +
    "on serving its event loop, and await the results?",
  takes: {
    workers: { means: "workers", full: 2, max: 64 },
    size: { means: "numbers to test in each call", full: 10_000_000, quick: 1_000_000, max: 1e9 },
  },
  next: "partial-application",

  async run({ workers, size }, print) {
    const divisors = [2, 3, 5, 7, 11, 13];
    const { turns, early, gathered, completed } = await run(workers, size, divisors);
    print(
      `${divisors.length} calls on ${workers} workers, gathered; the event loop took ${turns} turns`,
    );
    print("the same calls again, as they complete");
    const expected = divisors.map((d) => Math.floor((size - 1) / d));
    const byDivisor = new Map(completed);
    return {
      found: `${gathered.length} results; ${turns} turns of the loop meanwhile`,
      answer: [
        {
          columns: ["multiples of", ...divisors.map(String)],
          rows: [
            ["gathered", ...gathered],
            ["as they completed", ...divisors.map((d) => byDivisor.get(d)!)],
          ],
        },
        `They completed in this order: ${completed.map(([divisor]) => divisor).join(", ")}.`,
      ],
      why:
        "A computation on the event loop stops everything else there. runInExecutor hands it to " +
        "a worker and gives a promise, which costs the loop nothing until it is settled. Python's " +
        "run_in_executor takes a callable without arguments, so the arguments are frozen by " +
        "partial; here they may follow the function as well. Promise.all is gather: all results, " +
        "in the order of the calls. asCompleted gives each as soon as it is there.",
      check: [
        {
          claim: "Gathered, the counts are in the order of the calls.",
          holds: gathered.join() === expected.join(),
        },
        {
          claim: "As they complete, every call comes once, with the same count.",
          holds: completed.length === divisors.length &&
            divisors.every((d, i) => byDivisor.get(d) === expected[i]),
        },
        {
          claim: "The event loop went on while the calls were out.",
          holds: turns === 100 && early === 0,
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
