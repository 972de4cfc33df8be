/**
 * Run time and scaling of the Monte-Carlo pi for 1 to N cores.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";
import { countHits, nearPi } from "./throws.ts";

// #region lesson
const timedHits = mp.task(import.meta, (throws: number, seed: number, stream: number) => {
  const now = () => performance.timeOrigin + performance.now();
  const from = now();
  const hits = countHits(throws, seed, stream);
  return { hits, from, to: now() };
});

/** Seconds and pi for `throws` on so many workers, which are up before the clock runs. */
async function measure(throws: number, workers: number, seed: number, runs: number) {
  await using pool = new mp.Pool(workers);
  const shares = Array.from({ length: workers }, (_, stream): [number, number, number] => {
    const upper = Math.floor((stream + 1) * throws / workers);
    return [upper - Math.floor(stream * throws / workers), seed, stream];
  });
  await pool.starmap(timedHits, shares.map((_, i) => [1e6, seed, i]), { chunkSize: 1 });
  let best = Infinity, hits = 0, together = false;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const found = await pool.starmap(timedHits, shares, { chunkSize: 1 }); // <- what is timed
    best = Math.min(best, (performance.now() - start) / 1000);
    hits = found.reduce((sum, share) => sum + share.hits, 0);
    found.sort((x, y) => x.from - y.from);
    together ||= workers === 1 || found.some(({ to }, i) => to > (found[i + 1]?.from ?? Infinity));
  }
  return { seconds: best, pi: 4 * hits / throws, together };
}
// #endregion

/** The slide's run time in seconds by cores, for 10^9 throws. */
const slide: Record<number, number> = { 1: 402, 4: 109.5, 8: 60.5, 16: 32.5 };

/** 1, 2, 4, 8 and so on, and the most. */
function counts(most: number): number[] {
  const powers = [];
  for (let n = 1; n < most; n *= 2) powers.push(n);
  return [...powers, most];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "scaling-table",
  deck: "UVA",
  slide: "Scaling",
  summary: "run time and scaling of pi on 1 to N cores",
  question:
    "How much faster do the same throws run on 2, 4, 8 and 16 cores, and how near is that " +
    "to the ideal?",
  takes: {
    workers: { means: "workers at the most", full: () => mp.cpuCount(), max: 512 },
    size: { means: "throws", full: 1e9, quick: 2e7, min: 1e6, max: 1e11 },
    runs: { means: "runs of each, of which the best counts", full: 1, quick: 5, max: 20 },
    seed: true,
  },
  next: "chunk-size",

  async run({ workers, size, runs, seed }, print) {
    const rows: (string | number | null)[][] = [];
    const beside: (string | number | null)[][] = [];
    let one = 0, close = true, allTogether = true, scaling = 1;
    for (const count of counts(workers)) {
      const { seconds, pi, together } = await measure(size, count, seed, runs);
      one ||= seconds;
      scaling = one / seconds;
      allTogether &&= together;
      close &&= nearPi(pi, size);
      rows.push([count, seconds, one / count, scaling, `${(100 * scaling / count).toFixed(0)} %`]);
      const slideScaling = slide[count] ? slide[1]! / slide[count] : null;
      const ratio = slideScaling && scaling / slideScaling;
      beside.push([count, slide[count] ?? null, seconds, slideScaling, scaling, ratio]);
      const bar = "#".repeat(Math.max(1, Math.round(scaling / workers * 40)));
      print(`${String(count).padStart(3)} at work  ${bar} ${scaling.toFixed(2)}`);
    }
    for (const count of [4, 8, 16].filter((n) => !rows.some((row) => row[0] === n))) {
      beside.push([count, slide[count]!, null, slide[1]! / slide[count]!, null, null]);
    }
    return {
      found: `${scaling.toFixed(2)} times as fast with ${workers} workers`,
      answer: [
        { columns: ["workers", "s", "ideal s", "scaling", "efficiency"], rows },
        `This machine lets us use ${mp.cpuCount()} cores. ${
          size.toLocaleString("en-US")
        } throws each.`,
      ],
      why:
        "The throws are independent and there is one message per worker, so the time is nearly " +
        "all work and the scaling is nearly ideal, as long as each worker has a core of its own. " +
        "It falls short where cores share something: the two threads of a core share its units, " +
        "a busy neighbour takes time, and with more workers than cores they take turns.",
      beside: {
        columns: ["cores", "slide s", "here s", "slide scaling", "here", "here / slide"],
        rows: beside.sort((x, y) => Number(x[0]) - Number(y[0])),
      },
      check: [
        { claim: "Every run finds pi as near as its throws allow.", holds: close },
        { claim: "Workers are at work at the same time.", holds: allTogether },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
