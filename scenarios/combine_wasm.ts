/**
 * A compiled kernel times workers, and why the scaling looks worse when the work is short.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { kernels } from "./pi_kernels.ts";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { nearPi } from "./throws.ts";

// #region lesson
const block = 250_000; // throws in each of four lanes

/** The hits of blocks `from` to `to` with the kernel of that name; a block is a stream. */
const countBlocks = mp.task(import.meta, (name: string, seed: number, from: number, to: number) => {
  let hits = 0;
  for (let stream = from; stream < to; stream++) hits += kernels[name]!(seed, stream, block);
  return hits;
});

/** The whole program on so many workers: start a pool, share out the blocks, add up the hits. */
async function program(name: string, workers: number, blocks: number, seed: number) {
  const clock = performance.now();
  await using pool = new mp.Pool(workers); // <- its start is part of the time
  const shares = Array.from({ length: workers }, (_, w): [string, number, number, number] => [
    ...[name, seed] as const,
    Math.floor(w * blocks / workers),
    Math.floor((w + 1) * blocks / workers),
  ]);
  const hits = await pool.starmap(countBlocks, shares, { chunkSize: 1 });
  return { hits: hits.reduce((sum, n) => sum + n, 0), seconds: (performance.now() - clock) / 1000 };
}
// #endregion

const names = ["plain TypeScript", "WebAssembly SIMD"];

/** What must hold of the hits of each form, on one worker and on many. */
export function checkForms(throws: number, hits: number[][]): Check[] {
  const all = hits.flat();
  return [
    {
      claim: "Every form on any number of workers counts the very same hits.",
      holds: hits.every((pair) => pair.length === 2) && new Set(all).size === 1,
    },
    {
      claim: "They find pi as near as the throws allow.",
      holds: nearPi(4 * all[0]! / throws, throws),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "combine-wasm",
  deck: "UVA",
  slide: "Combining Approaches",
  summary: "compiled kernel times workers: why it scales worse",
  question:
    "numba took the slide's program from 402 to 12.8 s, and four cores took that to 5.8 s " +
    "only. Why do cores help a fast kernel less than a slow one?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, min: 2, max: 512 },
    size: { means: "million throws", full: 1000, quick: 4, max: 1e5 },
    seed: true,
  },
  next: "executor-linear",

  async run({ workers, size, seed }, print) {
    const start = async () => (await program(names[1]!, workers, 0, seed)).seconds;
    await start(); // the modules are compiled
    const startSeconds = await start();
    print(`the program with no work at all: ${(startSeconds * 1000).toFixed(0)} ms`);
    const rows: (string | number)[][] = [];
    const hits: number[][] = [];
    for (const name of names) {
      const one = await program(name, 1, size, seed);
      const many = await program(name, workers, size, seed);
      hits.push([one.hits, many.hits]);
      const overhead = `${Math.min(100, 100 * startSeconds / many.seconds).toFixed(0)} %`;
      rows.push([name, one.seconds, many.seconds, one.seconds / many.seconds, overhead]);
      print(`${name}: ${one.seconds.toFixed(2)} s, then ${many.seconds.toFixed(2)} s`);
    }
    const gain = (i: number) => Number(rows[i]![3]).toFixed(2);
    const both = Number(rows[0]![1]) / Number(rows[1]![2]);
    return {
      found: `scaling ${gain(0)} plain, ${gain(1)} SIMD; both ${both.toFixed(0)} times`,
      answer: [
        {
          columns: ["form", "1 worker s", `${workers} workers s`, "scaling", "of it start"],
          rows,
        },
        `Both together, SIMD on ${workers} workers, are ${
          both.toFixed(1)
        } times as fast as plain ` +
        `TypeScript on one. This machine lets us use ${mp.cpuCount()} cores.`,
      ],
      why: "Starting workers, sending each its share and ending them takes the same time however " +
        "fast the kernel is. Next to a long computation it vanishes; a compiled kernel makes the " +
        "computation short, and then it shows: the last column is its part of the time. Nothing " +
        "has become slower: the fast form on many workers is the fastest of all. Compile first, " +
        "since it costs no cores; then judge the scaling on work that takes long enough.",
      beside: {
        columns: ["form", "1 core s", `4 cores (here ${workers} workers) s`, "scaling"],
        rows: [
          ["slide: Python", 402, 109.5, 402 / 109.5],
          ["slide: with numba", 12.8, 5.8, 12.8 / 5.8],
          ...rows.map(([name, one, many, scaling]) => [`here: ${name}`, one!, many!, scaling!]),
          ["here / slide: plain", null, null, Number(rows[0]![3]) / (402 / 109.5)],
          ["here / slide: compiled", null, null, Number(rows[1]![3]) / (12.8 / 5.8)],
        ],
      },
      check: checkForms(size * 4 * block, hits),
    };
  },
};

if (import.meta.main) await alone(scenario);
