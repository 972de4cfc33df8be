/**
 * A large array for every call: a copy for each, or one that all of them share.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { growth } from "./growth.ts";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** The copies that this worker was given. */
const copies = new WeakSet<object>();

/** Sum a part of an array that all calls are given whole. */
const sumPart = mp.task(
  import.meta,
  (data: Float64Array | mp.SharedArray<"d">, parts: number, i: number) => {
    const all = data instanceof mp.SharedArray ? data.view : data;
    const [from, to] = [i, i + 1].map((k) => Math.floor(k * all.length / parts));
    let sum = 0;
    for (let k = from!; k < to!; k++) sum += all[k]!;
    const isNew = !(all.buffer instanceof SharedArrayBuffer) && !copies.has(all);
    if (isNew) copies.add(all);
    return { sum, copied: isNew ? all.byteLength : 0 };
  },
);

/** A variable of the module: each thread has its own. */
const seen = new Set<number>();

const add = mp.task(import.meta, (i: number) => {
  seen.add(i);
});

const mark = mp.task(import.meta, (marks: mp.SharedArray<"B">, i: number) => {
  marks.view[i] = 1;
});

/** The ways to hand over the array, each a `Parallel` and what its calls are given. */
const ways = {
  copied: { maxNbytes: null, batchSize: 1 }, // <- nothing is shared, however large
  shared: { maxNbytes: "1M", batchSize: 1 }, // <- arrays above 1 MB are put into the shared memory once; the default
  loaded: { batchSize: 1 }, // <- load(path, { shared: true }) has put it there
};
// #endregion

type Way = keyof typeof ways;

/** What came of one way. */
export interface Handed {
  /** The sum of all parts. */
  readonly sum: number;
  /** The bytes of the copies that were made for the calls. */
  readonly copied: number;
}

/** What must hold of the ways, and of how many of `calls` calls can be seen on the main thread. */
export function checkMemmap(
  bytes: number,
  calls: number,
  sum: number,
  handed: Readonly<Record<Way, Handed>>,
  seen: { workers: number; sharedmem: number; array: number },
): Check[] {
  return [
    {
      claim: "Every way gives the right sum.",
      holds: Object.values(handed).every((way) => way.sum === sum),
    },
    {
      claim: `Copied, each of ${calls} calls has the whole array for itself.`,
      holds: handed.copied.copied === calls * bytes,
    },
    { claim: "Shared, no call has a copy.", holds: handed.shared.copied === 0 },
    {
      claim: "Loaded into the shared memory, no call has a copy.",
      holds: handed.loaded.copied === 0,
    },
    {
      claim: "What workers add to a Set, the main thread does not see.",
      holds: seen.workers === 0,
    },
    { claim: "With sharedmem it sees all of it.", holds: seen.sharedmem === calls },
    { claim: "What workers write into a SharedArray, it sees.", holds: seen.array === calls },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "joblib-memmap",
  deck: "Firenze",
  slide: "Parallelization (large arguments, sharedmem)",
  summary: "a large array for each call: copied, or shared",
  question:
    "Sixteen calls are given one large array and sum a part of it each. How much is copied, " +
    "how much memory and time does that take, and who sees what a call writes?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, min: 2, max: 16 },
    size: { means: "doubles", full: 4_000_000, quick: 1_000_000, min: 200_000, max: 8_000_000 },
    folder: true,
  },
  next: "joblib-memory",

  async run({ workers, size, folder }, print) {
    const calls = 16;
    const numbers = Array.from({ length: calls }, (_, i) => i);
    const data = Float64Array.from({ length: size }, (_, i) => i % 1000);
    const sum = data.reduce((a, b) => a + b, 0);
    const [path] = await mp.dump(data, `${folder}/array.bin`);
    // The workers are up before anything is measured.
    await mp.Parallel({ nJobs: workers })(numbers.map((i) => mp.delayed(add)(i)));
    const workersSaw = seen.size;
    const rows: (string | number)[][] = [];
    const hand = async (way: Way): Promise<Handed> => {
      const start = performance.now();
      const [parts, grown] = await growth(async () => {
        using loaded = way === "loaded"
          ? await mp.load<mp.SharedArray<"d">>(path!, { shared: true })
          : undefined;
        const parallel = mp.Parallel({ nJobs: workers, ...ways[way] });
        return await parallel(numbers.map((i) => mp.delayed(sumPart)(loaded ?? data, calls, i)));
      });
      const ms = performance.now() - start;
      const copied = parts.reduce((bytes, part) => bytes + part.copied, 0);
      rows.push([way, copied / 1e6, grown / 1e6, ms]);
      print(`${way}: ${calls} calls on ${workers} workers`);
      return { sum: parts.reduce((all, part) => all + part.sum, 0), copied };
    };
    const handed = {
      loaded: await hand("loaded"),
      shared: await hand("shared"),
      copied: await hand("copied"), // last, as what it leaves behind would be used by the others
    };
    await mp.Parallel({ nJobs: workers, require: "sharedmem" })(
      numbers.map((i) => mp.delayed(add)(i)),
    );
    using marks = new mp.SharedArray("B", calls);
    await mp.Parallel({ nJobs: workers })(numbers.map((i) => mp.delayed(mark)(marks, i)));
    const visible = {
      workers: workersSaw,
      sharedmem: seen.size,
      array: marks.view.filter((x) => x === 1).length,
    };
    await mp.releaseWorkers();
    return {
      found: `${handed.copied.copied / 1e6} MB copied; shared: ${handed.shared.copied} MB`,
      answer: [
        { columns: ["array is", "copies, MB", "memory grows by, MB", "ms"], rows },
        `The array has ${
          (data.byteLength / 1e6).toFixed(0)
        } MB. Of ${calls} calls that add to a Set, ` +
        `the main thread sees ${visible.workers} when workers make them, ${visible.sharedmem} with ` +
        `sharedmem; of ${calls} that write into a SharedArray it sees ${visible.array}.`,
      ],
      why: "An argument is copied for each call, as no thread can reach into another one's " +
        "objects. Only the shared memory is everybody's: an array that lies there is sent as its " +
        "address. Parallel puts large arrays there by itself, once for all calls; load puts one " +
        "there straight from the file. sharedmem runs the calls on the main thread, where all " +
        "objects are, so they take turns and do not compute at once.",
      check: checkMemmap(data.byteLength, calls, sum, handed, visible),
    };
  },
};

if (import.meta.main) await alone(scenario);
