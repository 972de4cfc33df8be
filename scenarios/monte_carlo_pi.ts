/**
 * Throwing darts for pi, serial and in parallel: when does the overhead win?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Figure, type Scenario } from "./scenario.ts";
import { countHits, nearPi } from "./throws.ts";

// #region lesson
const hitsOf = mp.task(import.meta, countHits);

type Chunk = [throws: number, seed: number, stream: number]; // random numbers of its own

/** Cut the throws into one chunk per worker, as even as they go. */
function chunksOf(throws: number, workers: number, seed: number): Chunk[] {
  return Array.from({ length: workers }, (_, stream) => {
    const upper = Math.floor((stream + 1) * throws / workers);
    return [upper - Math.floor(stream * throws / workers), seed, stream]; // <- its own stream
  });
}
// #endregion

/** The slide's seconds by number of throws, on 4 cores: parallel, serial. */
const slideSeconds: Record<number, [number, number]> = {
  1e4: [0.0068, 0.0056],
  1e5: [0.0245, 0.0586],
  1e6: [0.1963, 0.5596],
};

const slideMs = (throws: number, which: 0 | 1) => {
  const seconds = slideSeconds[throws]?.[which];
  return seconds === undefined ? null : seconds * 1000;
};

/** The scenario. */
export const scenario: Scenario = {
  id: "monte-carlo-pi",
  deck: "UVA",
  slide: "Running on a Local Computer",
  summary: "pi from 10^4 to 10^6 throws: where overhead wins",
  question: "Pi from random throws, in one chunk per worker. For how many throws is the parallel " +
    "program faster than the serial one?",
  takes: {
    workers: {
      means: "workers and chunks (NUM_PROCS sets the default)",
      full: () => mp.cpuCount(),
      max: 512,
    },
    size: {
      means: "throws at the most; also a tenth, a hundredth",
      full: 1e6,
      min: 1000,
      max: 1e9,
    },
    seed: true,
  },
  next: "scaling-table",

  async run({ workers, size, seed }, print) {
    countHits(1e6, seed, 0); // let the compiler see it before the clock runs
    const start = performance.now();
    await using pool = new mp.Pool(workers);
    await pool.starmap(hitsOf, chunksOf(1e6 * workers, workers, seed));
    const startMs = performance.now() - start;
    const rows: (string | number | null)[][] = [];
    let close = true, complete = true, slowerWithStart = false;
    for (const throws of [size / 100, size / 10, size].map(Math.round)) {
      const chunks = chunksOf(throws, workers, seed);
      complete &&= chunks.reduce((sum, [part]) => sum + part, 0) === throws;
      const t0 = performance.now();
      const serialPi = 4 * countHits(throws, seed, workers) / throws;
      const t1 = performance.now();
      const hits = await pool.starmap(hitsOf, chunks, { chunkSize: 1 });
      const t2 = performance.now();
      const pi = 4 * hits.reduce((sum, n) => sum + n, 0) / throws;
      const [serial, parallel] = [t1 - t0, t2 - t1];
      close &&= nearPi(pi, throws) && nearPi(serialPi, throws);
      slowerWithStart ||= parallel + startMs > serial;
      rows.push([throws, pi.toFixed(5), serial, parallel, slideMs(throws, 1), slideMs(throws, 0)]);
      print(`points in chunks: [${chunks.map(([part]) => part).join(", ")}]`);
    }
    const last = rows.at(-1)!;
    const rate = Number(last[0]) / Number(last[2]); // throws in a millisecond
    const even = startMs / (1 - 1 / Math.max(2, workers)) * rate;
    return {
      found: `a new pool pays from ${even.toExponential(0)} throws`,
      answer: [
        {
          columns: ["throws", "pi", "serial ms", "parallel ms", "slide: serial", "parallel"],
          rows,
        },
        `Starting the pool with its first work took ${
          startMs.toFixed(0)
        } ms, which is not in the ` +
        `table. One worker makes ${
          Math.round(rate * 1000).toExponential(1)
        } throws a second, so a ` +
        `program that starts a pool for them needs some ${even.toExponential(0)} throws to gain.`,
      ],
      why: "The work grows with the throws, the overhead does not: starting workers and sending " +
        "one chunk to each costs the same for ten thousand as for a billion. Below some number " +
        "of throws the overhead is all there is. The estimate gets better with the square root " +
        "of the throws, for either program.",
      beside: besideSlide(rows.flatMap((row): Figure[] => {
        const [throws, , serial, parallel, slideSerial, slideParallel] = row as number[];
        const name = `${throws!.toLocaleString("en-US")} throws`;
        return [
          [`${name}, serial, ms`, slideSerial!, serial!],
          [`${name}, parallel, ms`, slideParallel!, parallel!],
        ];
      })),
      check: [
        { claim: "Every estimate is as near to pi as its throws allow.", holds: close },
        { claim: "The chunks add up to all throws.", holds: complete },
        {
          claim: "With the start counted, the smallest size does not pay.",
          holds: slowerWithStart,
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
