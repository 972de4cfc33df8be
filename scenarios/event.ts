/**
 * An event: several processes wait, one signal lets all of them go.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
const waiter = mp.task(import.meta, (signal: mp.Event, news: mp.Queue<string>) => {
  news.put("waits");
  signal.wait();
  news.put("goes on");
});

async function run(count: number) {
  const [signal, news] = [new mp.Event(), new mp.Queue<string>()];
  const start = () => {
    const process = new mp.Process({ target: waiter, args: [signal, news] });
    process.start();
    return process;
  };
  const lines: string[] = [];
  const processes = Array.from({ length: count }, start);
  while (lines.length < count) lines.push(await news.getAsync());
  lines.push("set()");
  signal.set(); // <- one call, for all of them
  while (lines.length < 2 * count + 1) lines.push(await news.getAsync());
  processes.push(start()); // comes when it has happened already
  lines.push(await news.getAsync(), await news.getAsync());
  for (const process of processes) await process.join();

  signal.clear(); // from now on one has to wait again
  const waitedAgain = !signal.wait({ timeout: 0 });
  return { lines, waitedAgain };
}
// #endregion

/** What must hold of what was said, in this order. */
export function checkEvent(count: number, lines: readonly string[]): Check[] {
  const part = (from: number, to: number, line: string) => {
    const some = lines.slice(from, to);
    return some.length === to - from && some.every((said) => said === line);
  };
  return [
    { claim: "Nobody goes on before the signal.", holds: part(0, count, "waits") },
    {
      claim: `One set() lets all ${count} go on.`,
      holds: lines[count] === "set()" && part(count + 1, 2 * count + 1, "goes on"),
    },
    {
      claim: "Who comes later goes on at once.",
      holds: lines.slice(2 * count + 1).join() === "waits,goes on",
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "event",
  deck: "Firenze",
  slide: "Synchronization",
  summary: "several processes wait, one signal lets all go",
  question: "Several processes wait for one thing to happen. How many signals does it take, and " +
    "what of a process that begins to wait when it has happened already?",
  takes: { workers: { means: "processes that wait", full: 5, quick: 3, max: 64 } },
  next: "rlock",

  async run({ workers }, print) {
    const { lines, waitedAgain } = await run(workers);
    print(`${workers} processes wait; set(); one more process; clear()`);
    const told: [string, number][] = [];
    for (const line of lines) {
      const last = told.at(-1);
      if (last?.[0] === line) last[1]++;
      else told.push([line, 1]);
    }
    return {
      found: `1 signal, ${lines.filter((line) => line === "goes on").length} went on`,
      answer: [
        {
          columns: ["in this order", "times"],
          rows: told.map((
            [line, times],
          ) => [line === "set()" ? "the parent calls set()" : line, times]),
        },
        "The last process came after the signal, and did not have to wait.",
      ],
      why: "An event is a flag that stays up: set() wakes everybody who waits, and wait() of " +
        "anybody who comes later returns at once, so no signal is lost, whoever is faster. A " +
        "condition's notify() wakes only those who wait at that moment. Use an event for what " +
        "happens once, such as start, stop or ready; clear() takes the flag down again, but a " +
        "set() and clear() in rounds is better done with a barrier or a condition.",
      check: [
        ...checkEvent(workers, lines),
        { claim: "After clear() one has to wait again.", holds: waitedAgain },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
