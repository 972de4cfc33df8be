/**
 * Counting the words of a text: a worker per sentence and a manager's dict, then less of both.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
type Bag = mp.DictProxy<string, number>;

/** The slide's function, with the lines of one worker: count alone, then add to the common bag. */
const bagOfWords = mp.task(
  import.meta,
  (lines: string[], lock: mp.Lock, bag: Bag, delims: mp.ListProxy<string>) => {
    const mine = countWords(lines, delims.toArray()); // a copy of the list, by one call
    using _ = lock.hold(); // <- get and set are two calls: nobody may come between
    for (const [word, n] of mine) bag.set(word, bag.get(word, 0) + n);
  },
);

function countWords(lines: readonly string[], delims: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let line of lines) {
    for (const delim of delims) line = line.replaceAll(delim, " ");
    for (const word of line.split(/\s+/)) {
      if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/** One process for each share of the lines. */
async function byProcesses(shares: string[][], delimiters: string[]): Promise<Counts> {
  await using manager = new mp.Manager();
  const bag = manager.dict() as Bag;
  const lock = manager.Lock();
  const delims = manager.list(delimiters);
  const processes = shares.map((lines) =>
    new mp.Process({ target: bagOfWords, args: [lines, lock, bag, delims] })
  );
  for (const process of processes) process.start();
  for (const process of processes) await process.join();
  return new Map(bag.items());
}

const countShare = mp.task(import.meta, countWords);

/** Nothing shared: a pool counts the shares, the parent adds up. */
async function byPool(shares: string[][], delimiters: string[]): Promise<Counts> {
  await using pool = new mp.Pool(shares.length);
  const counts = new Map<string, number>();
  for (const part of await pool.starmap(countShare, shares.map((lines) => [lines, delimiters]))) {
    for (const [word, n] of part) counts.set(word, (counts.get(word) ?? 0) + n);
  }
  return counts;
}
// #endregion

/** How often each word occurs. */
export type Counts = ReadonlyMap<string, number>;

/** What must hold: every way finds the same as a loop. */
export function checkCounts(serial: Counts, ways: readonly [name: string, counts: Counts][]) {
  return [
    { claim: "The text has words.", holds: serial.size > 0 },
    ...ways.map(([name, counts]) => ({
      claim: `${name}: every count is the same as by a loop.`,
      holds: counts.size === serial.size &&
        [...serial].every(([word, n]) => counts.get(word) === n),
    })),
  ] satisfies Check[];
}

/** The slide's delimiters, and those of a README in Markdown. */
const delimiters = [..." ,;:-.", ...'|`#*()[]<>"'];

/** Deal the lines out as evenly as possible. */
function deal(lines: readonly string[], shares: number): string[][] {
  return Array.from({ length: shares }, (_, i) => lines.filter((_, k) => k % shares === i));
}

/** The scenario. */
export const scenario: Scenario = {
  id: "bag-of-words",
  deck: "PNNL",
  slide: "Bag_of_Words",
  summary: "words of a text: a worker per sentence, then fewer",
  question:
    "One process for each sentence adds its word counts to a manager's dict under a lock. " +
    "How can we spawn fewer processes and do more work in each, and are the counts the same?",
  takes: {
    workers: { means: "processes with more work each", full: 4, quick: 2, max: 64 },
    size: { means: "sentences, from the beginning of the text", full: 48, quick: 8, max: 500 },
    file: "a text, its path seen from the project's folder; else README.md",
  },
  next: "pool-square",

  async run({ workers, size, file }, print) {
    const path = file === "" ? new URL("../README.md", import.meta.url) : file;
    const sentences = (await Deno.readTextFile(path)).split(".")
      .filter((line) => line.trim() !== "").slice(0, size);
    const each = deal(sentences, sentences.length);
    const few = deal(sentences, Math.max(1, Math.min(workers, sentences.length)));
    const ways: [name: string, processes: number, count: () => Promise<Counts> | Counts][] = [
      ["A loop", 0, () => countWords(sentences, delimiters)],
      ["A process per sentence", each.length, () => byProcesses(each, delimiters)],
      ["Few processes", few.length, () => byProcesses(few, delimiters)],
      ["A pool, no dict", few.length, () => byPool(few, delimiters)],
    ];
    const rows: [string, number, number, number][] = [];
    const found: [string, Counts][] = [];
    for (const [name, processes, count] of ways) {
      const start = performance.now();
      const counts = await count();
      const words = [...counts.values()].reduce((sum, n) => sum + n, 0);
      rows.push([name, processes, words, performance.now() - start]);
      print(`${name}: ${counts.size} different words`);
      found.push([name, counts]);
    }
    const serial = found[0]![1];
    const top = [...serial].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 5)
      .map(([word, n]) => `${word} (${n})`);
    return {
      found: `${serial.size} words; ${each.length} or ${few.length} processes: the same`,
      answer: [
        { columns: ["way", "processes", "words", "ms"], rows },
        `${sentences.length} sentences. Most frequent: ${top.join(", ")}.`,
      ],
      why:
        "A process takes milliseconds to start, and counting a sentence takes microseconds. Give " +
        "each process many sentences: it starts once, adds up alone, and takes the lock once. " +
        "Each get and set of the common dict is a message to the manager. The pool goes further: " +
        "nothing is shared, each returns its counts. For a text this short a loop wins.",
      check: checkCounts(serial, found.slice(1)),
    };
  },
};

if (import.meta.main) await alone(scenario);
