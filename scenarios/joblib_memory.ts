/**
 * Results kept in a folder: what computes a call, and what reads it.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
let computed = 0;

/** One function, before and after somebody has worked on it. */
const versions = {
  before: function energy(data: Float64Array, passes: number): number {
    computed++;
    let sum = 0;
    for (let p = 0; p < passes; p++) for (const x of data) sum += x * x;
    return sum / passes; // <- the text of the function is part of the key,
  },
  after: function energy(data: Float64Array, passes: number): number {
    computed++;
    let sum = 0;
    for (let p = 0; p < passes; p++) for (const x of data) sum += x * x;
    return sum / passes / data.length; // <- so this is another call
  },
};

type Version = keyof typeof versions;

/** A call with a new array of those numbers, or what is forgotten first. */
type Step = readonly number[] | "energy.clear()" | "memory.clear()";

/** A program that runs in a thread of its own, so that it knows nothing but what is in the folder. */
const program = mp.task(
  import.meta,
  async (folder: string, version: Version, passes: number, steps: Step[]) => {
    const memory = new mp.Memory(folder, { verbose: 0 });
    const energy = memory.cache(versions[version]); // <- without this every call computes
    const calls: { value: number; computes: boolean; ms: number }[] = [];
    for (const step of steps) {
      if (step === "energy.clear()") await energy.clear();
      else if (step === "memory.clear()") await memory.clear();
      else {
        const [before, start] = [computed, performance.now()];
        const value = await energy(Float64Array.from(step as number[]), passes);
        calls.push({ value, computes: computed > before, ms: performance.now() - start });
      }
    }
    return calls;
  },
);
// #endregion

/** One call, and whether it should have computed. */
export interface Call {
  /** Which call. */
  readonly what: string;
  /** Whether it should compute. */
  readonly wanted: boolean;
  /** Whether it did. */
  readonly computes: boolean;
  /** Whether the result is what the function gives. */
  readonly right: boolean;
}

/** What must hold of the calls. */
export function checkCalls(calls: readonly Call[]): Check[] {
  const each = calls.map(({ what, wanted, computes }): Check => ({
    claim: `${what}: ${wanted ? "computed" : "read from the folder"}.`,
    holds: wanted === computes,
  }));
  const right = calls.length > 0 && calls.every(({ right }) => right);
  return [...each, { claim: "Every call gives what the function gives.", holds: right }];
}

const a = Array.from({ length: 1000 }, (_, i) => i);
const b = a.with(999, 0);

/** The programs, one after the other: the version, its steps, and for each call whether it computes. */
const programs: readonly (readonly [Version, Step[], [what: string, wanted: boolean][]])[] = [
  ["before", [a, a, b], [
    ["The first call", true],
    ["The same numbers in another array", false],
    ["One number of 1,000 changed", true],
  ]],
  ["before", [a], [["The first call in another program", false]]],
  ["after", [a, a], [["The function changed", true], ["The changed one again", false]]],
  ["before", [a], [["The change taken back", true]]],
  ["before", [a, "energy.clear()", a, a, "memory.clear()", a], [
    ["That one again", false],
    ["After energy.clear()", true],
    ["Then again", false],
    ["After memory.clear()", true],
  ]],
];

/** The scenario. */
export const scenario: Scenario = {
  id: "joblib-memory",
  deck: "Firenze",
  slide: "Memoization; Memory tricks",
  summary: "results kept on disk: which calls compute",
  question: "A slow function is cached in a folder. Which of its calls compute: the first, the " +
    "same again, the same in another program, one after the function was changed, after clear()?",
  takes: {
    size: { means: "passes over the data", full: 300_000, quick: 20_000, min: 1, max: 1e8 },
    folder: true,
  },
  next: "joblib-dump",

  async run({ size, folder }, print) {
    const calls: Call[] = [];
    const rows: (string | number)[][] = [];
    for (const [i, [version, steps, wanted]] of programs.entries()) {
      await using pool = new mp.Pool(1); // a new worker
      const made = await pool.apply(program, [folder, version, size, steps]);
      print(`program ${i + 1}, the version ${version} the change`);
      const inputs = steps.filter((step) => typeof step !== "string");
      for (const [k, { value, computes, ms }] of made.entries()) {
        const squares = inputs[k]!.reduce((sum, x) => sum + x * x, 0);
        const right = value === (version === "before" ? squares : squares / inputs[k]!.length);
        calls.push({ what: wanted[k]![0], wanted: wanted[k]![1], computes, right });
        rows.push([i + 1, wanted[k]![0], computes ? "computed" : "read", ms]);
      }
    }
    const [first, cached] = rows.map(([, , , ms]) => ms as number);
    const count = calls.filter(({ computes }) => computes).length;
    return {
      found: `${count} of ${calls.length} calls compute`,
      answer: [
        { columns: ["program", "call", "was", "ms"], rows },
        `The first call took ${first!.toFixed(1)} ms, the same again ${cached!.toFixed(1)} ms.`,
      ],
      why: "The name of a result is made of the module, the name and the text of the function, " +
        "and the content of the arguments. What is there under that name is read. A new array " +
        "with the same numbers has the same name, one with another number has not. A changed " +
        "text gives other names, and the first result under them clears away those of the old " +
        "text: that is why the change taken back computes, too.",
      check: checkCalls(calls),
    };
  },
};

if (import.meta.main) await alone(scenario);
