/**
 * The same kernel plain, tuned, as WebAssembly and as WebAssembly with SIMD.
 *
 * @module
 */
import { type Kernel, kernels } from "./pi_kernels.ts";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { nearPi } from "./throws.ts";

// #region lesson
/** Ten calls, as on the slide, each with a stream of its own; gives the hits and the time. */
function tenCalls(kernel: Kernel, throws: number, seed: number) {
  kernel(seed, 0, 100_000); // let the compiler see it
  const clock = performance.now();
  let hits = 0;
  for (let call = 0; call < 10; call++) hits += kernel(seed, call, throws / 4); // in each of 4 lanes
  return { hits, seconds: (performance.now() - clock) / 1000 };
}
// #endregion

/** The slide's forms beside ours, with its throws and seconds. */
const slide = [
  ["plain Python", 1e6, 2.14],
  ["numba", 1e8, 1.65],
  ["Cython", 1e8, 4.21],
] as const;

/** What must hold of the hits of each form. */
export function checkHits(throws: number, hits: number[]): Check[] {
  return [
    {
      claim: "All forms count the very same hits.",
      holds: hits.length === Object.keys(kernels).length && new Set(hits).size === 1,
    },
    {
      claim: "They find pi as near as the throws allow.",
      holds: nearPi(4 * hits[0]! / throws, throws),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "compile-kernels",
  deck: "Duke",
  slide: "Vanilla Python; Using numba; Using cython",
  summary: "plain and tuned TypeScript, WebAssembly, SIMD",
  question:
    "On the slide numba and Cython make plain Python many times as fast. What is there to " +
    "gain here, where the language is compiled as it runs?",
  takes: {
    size: { means: "throws in each of ten calls", full: 1e7, quick: 400_000, min: 1000, max: 1e9 },
    seed: true,
  },
  next: "combine-wasm",

  // deno-lint-ignore require-await
  async run({ size, seed }, print) {
    const throws = Math.ceil(size / 4) * 4;
    const rows: (string | number)[][] = [];
    const hits: number[] = [], rates: number[] = [];
    for (const [name, kernel] of Object.entries(kernels)) {
      const found = tenCalls(kernel, throws, seed);
      hits.push(found.hits);
      rates.push(10 * throws / found.seconds);
      rows.push([name, found.seconds, rates.at(-1)! / 1e6, rates.at(-1)! / rates[0]!]);
      print(`${name}: pi = ${(4 * found.hits / (10 * throws)).toFixed(6)}`);
    }
    const slideRate = slide.map(([, throws, seconds]) => throws / seconds);
    const timesOf = (
      rate: number,
      plain: number,
    ) => [rate / 1e6, rate / plain, rate / slideRate[1]!];
    return {
      found: `tuned ${Number(rows[1]![3]).toFixed(1)}, SIMD ${
        Number(rows[3]![3]).toFixed(1)
      } times plain`,
      answer: [{ columns: ["form", "s", "million throws / s", "times plain"], rows }],
      why: "Plain Python interprets each step, so compiling it gains a hundredfold. V8 compiles " +
        "TypeScript while it runs: plain code is already fast, and tuned code, with whole numbers " +
        "in variables and no objects in the loop, comes near to C. WebAssembly is compiled before it " +
        "runs and always has its types; it gains little over tuned code. SIMD does gain: one " +
        "instruction works on four throws. All forms draw the same numbers here, so their hits " +
        "can be compared exactly; the slide's forms differ also in their generators.",
      beside: {
        columns: ["form", "million throws / s", "times plain", "times the slide's numba"],
        rows: [
          ...slide.map(([name], i) => [`slide: ${name}`, ...timesOf(slideRate[i]!, slideRate[0]!)]),
          ...rates.map((rate, i) => [`here: ${rows[i]![0]}`, ...timesOf(rate, rates[0]!)]),
        ],
      },
      check: checkHits(10 * throws, hits),
    };
  },
};

if (import.meta.main) await alone(scenario);
