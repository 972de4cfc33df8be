/**
 * Ten tasks on one thread, each mostly waiting, and nobody waits for them.
 *
 * @module
 */
import { orders } from "./rounds.ts";
import { alone, type Scenario } from "./scenario.ts";
import { generator } from "./throws.ts";

// #region lesson
/** Read some input, wait for a slow device, print a result. */
async function readAndPrint(n: number, waitMs: number, print: (line: string) => void) {
  await Deno.readTextFile(new URL(import.meta.url));
  await new Promise((done) => setTimeout(done, waitMs)); // stands for a slow disk or network
  print(`task ${n}`);
}

/** Start all tasks on this one thread, and go on without joining them. */
function startAll(waits: readonly number[], print: (line: string) => void): Promise<void>[] {
  const tasks = waits.map((waitMs, n) => readAndPrint(n, waitMs, print));
  print("All done!"); // <- before any task has ended
  return tasks;
}
// #endregion

/** The order of three tasks that wait up to 20 ms; without "All done!", which must be first. */
async function orderOf(random: () => number): Promise<string> {
  const lines: string[] = [];
  const waits = [random(), random(), random()].map((x) => 20 * x);
  await Promise.all(startAll(waits, (line) => lines.push(line.replace("task ", ""))));
  return (lines[0] === "All done!" ? lines.slice(1) : lines).join(" ");
}

/** The scenario. */
export const scenario: Scenario = {
  id: "threads-hide-io",
  deck: "PNNL",
  slide: "Using threads to hide I/O",
  summary: "ten I/O tasks on one thread, not joined: what is first?",
  question: "Ten tasks that read, work and print are started on one thread, and the main program " +
    "does not join them. What is printed first, and in which order do the tasks come?",
  takes: {
    size: { means: "tasks", full: 10, min: 8, max: 1000 },
    runs: { means: "runs", full: 5, quick: 3, max: 100 },
    seed: true,
  },
  next: "spawn-processes",

  async run({ size, runs, seed }, print) {
    const random = generator(seed, 0);
    const inOrder = Array.from({ length: size }, (_, n) => `task ${n}`).join();
    const rows: (string | number)[][] = [];
    let first = 0, allThere = true, anyShuffled = false, overlapped = true;
    for (let run = 1; run <= runs; run++) {
      const waits = Array.from({ length: size }, () => 20 + random() * 100);
      const lines: string[] = [];
      const start = performance.now();
      await Promise.all(startAll(waits, (line) => lines.push(line)));
      const elapsed = performance.now() - start;
      const waited = waits.reduce((sum, ms) => sum + ms, 0);
      const tasks = lines.filter((line) => line !== "All done!");
      if (lines[0] === "All done!") first++;
      allThere &&= new Set(tasks).size === size;
      anyShuffled ||= tasks.join() !== inOrder;
      overlapped &&= elapsed < waited;
      const order = tasks.map((line) => line.slice("task ".length));
      rows.push([run, lines[0]!, order.join(" "), waited, elapsed]);
      print(`run ${run}: ${tasks.length} tasks started, and "${lines[0]}" was printed first`);
    }
    return {
      found: `"All done!" comes first in ${first} of ${runs} runs`,
      answer: [
        { columns: ["run", "first", "then the tasks", "waits ms", "took ms"], rows },
        'First comes "All done!", always; then the tasks in the order in which their waits end.',
      ],
      why: "Starting a task only puts it on the list of the one thread. The main program keeps " +
        "the thread until it has nothing left to do, so its line comes first. Then each task " +
        "continues when its own device answers, and devices answer in any order. The waits " +
        "overlap, so ten of them take as long as the longest: one thread hides I/O. It would " +
        "not hide computing.",
      check: [
        { claim: '"All done!" is the first line of every run.', holds: first === runs },
        { claim: "Every task prints once, though nobody joins it.", holds: allThere },
        { claim: "The tasks do not finish in the order of starting.", holds: anyShuffled },
        { claim: "The waits overlap: less than their sum passes.", holds: overlapped },
      ],
    };
  },

  async often({ quick, seed }) {
    const random = generator(seed, 1);
    const many = Array.from({ length: quick ? 200 : 1000 }, () => orderOf(random));
    return [orders("three tasks wait up to 20 ms", await Promise.all(many), seed)];
  },
};

if (import.meta.main) await alone(scenario);
