/**
 * Ten tasks on one thread, not joined and then joined: where "All done!" stands.
 *
 * @module
 */
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
type Print = (line: string) => void;

/** Read some input, wait for a slow device, print a result. */
async function thread(n: number, waitMs: number, print: Print) {
  await Deno.readTextFile(new URL(import.meta.url));
  await new Promise((done) => setTimeout(done, waitMs)); // stands for a slow disk or network
  print(`thread ${n}`);
}

async function notJoined(waits: readonly number[], print: Print) {
  const threads = waits.map((waitMs, n) => thread(n, waitMs, print));
  print("All done!"); // <- nobody has joined them
  return await Promise.all(threads); // only so that this lesson can count the lines
}

async function joined(waits: readonly number[], print: Print) {
  const threads = waits.map((waitMs, n) => thread(n, waitMs, print));
  for (const t of threads) await t; // <- the slide's t.join()
  print("All done!");
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "join-threads",
  deck: "PNNL",
  slide: "Joining threads",
  summary: 'the same ten tasks joined: "All done!" comes last',
  question: "The main program starts ten tasks, and now waits for each of them before it prints " +
    '"All done!". Where does that line stand, and in which order do the others come?',
  takes: {
    size: { means: "tasks", full: 10, min: 2, max: 1000 },
    seed: true,
  },
  next: "event-loop-is-not-parallel",

  async run({ size, seed }, print) {
    // Waits of 10 to 50 ms that look random: the same for the same seed.
    const waits = Array.from({ length: size }, (_, n) => 10 + (n * 37 + seed * 11 + 23) % 41);
    const [free, waited]: [string[], string[]] = [[], []];
    await notJoined(waits, (line) => free.push(line));
    print(`${size} tasks not joined: "All done!" is line ${free.indexOf("All done!") + 1}`);
    await joined(waits, (line) => waited.push(line));
    print(`${size} tasks joined: "All done!" is line ${waited.indexOf("All done!") + 1}`);
    const numbers = (lines: string[]) =>
      lines.filter((line) => line !== "All done!").map((line) => line.slice("thread ".length));
    const complete = (lines: string[]) => new Set(numbers(lines)).size === size;
    return {
      found: `line 1 when not joined, ${waited.indexOf("All done!") + 1} when joined`,
      answer: [
        {
          columns: ["way", "first line", "last line", "order of the tasks"],
          rows: [
            ["not joined", free[0]!, free.at(-1)!, numbers(free).join(" ")],
            ["joined", waited[0]!, waited.at(-1)!, numbers(waited).join(" ")],
          ],
        },
        'Joined, "All done!" is the last line. The tasks still come in the order of their waits.',
      ],
      why: "Joining makes the main program wait, and nothing else: it says that all have ended, " +
        "not who is first. The program joins them one by one in the order of starting, but they " +
        "run while it waits, so all of them together take as long as the slowest. Join when you " +
        "need the results, and not before you have started them all: a join right after each " +
        "start would run one task at a time.",
      check: [
        { claim: 'Not joined, "All done!" is the first line.', holds: free[0] === "All done!" },
        { claim: 'Joined, "All done!" is the last line.', holds: waited[size] === "All done!" },
        { claim: "Every task prints once, both times.", holds: complete(free) && complete(waited) },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
