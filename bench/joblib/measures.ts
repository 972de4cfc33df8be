/**
 * What the bench of `Parallel`, `Memory`, `dump` and `load` runs, and what it has to reach.
 *
 * @module
 */
import { join } from "@std/path";
import { delayed, dump, load, Memory, Parallel, task } from "@polycore/pool";
import { formatCount, formatMs, formatPercent, seededRandom, significant } from "@polycore/reports";
import { expectResult } from "../kernels/kernel.ts";

/** Number of workers on both sides. */
export const WORKERS = 2;

/** What all measures share. */
export interface Setting {
  /** Where the files go. */
  folder: string;
  /** A random walk. */
  doubles: Float64Array;
}

/** One thing that is timed on both sides. */
export interface Measure {
  /** Its name for `--only` and in orders to the program in Python. */
  name: string;
  /** What is done, for the table. */
  title: string;
  /** How much there is to do: calls, or doubles. */
  size: number;
  /** Make ready; gives what runs once, what that has to give, and what is to be done at the end. */
  prepare(setting: Setting): Promise<Prepared>;
  /** A median as it stands in the table. */
  show(ms: number): string;
  /** What has to be reached. */
  target: Target;
}

/** What is ready to run. */
export interface Prepared {
  /** Do it once. */
  run(): Promise<number>;
  /** What it has to give. */
  expected: number;
  /** The least that it can take on this machine at this moment, timed in the same turns. */
  bound?: () => Promise<unknown>;
  /** Ends what was begun. */
  end?: () => Promise<void>;
}

/** What has to be reached. */
export interface Target {
  /** In words. */
  text: string;
  /** How two figures compare, in words. */
  compare(ours: number, theirs: number): string;
  /** Whether a figure holds; `null` where the other side is needed and is not there. */
  holds(ours: number, theirs: number | null): boolean | null;
}

/** The function that does next to nothing. */
const root: (x: number) => number = task(import.meta, (x: number) => Math.sqrt(x));

/** Computes for so many milliseconds. */
const spin: (ms: number) => number = task(import.meta, (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return ms;
});

/** So many calls in a row, as a worker would make them that nobody talks to. */
const spinTimes = task(import.meta, (ms: number, times: number) => {
  for (let i = 0; i < times; i++) {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }
});

/** The cached function. */
const probe: (x: Float64Array) => number = task(
  import.meta,
  function probe(x: Float64Array) {
    return x[0]! + x[x.length >> 1]! + x[x.length - 1]!;
  },
);

/** A random walk, rounded to cents, as prices are: neither noise nor nothing for a compressor. */
export function randomWalk(length: number): Float64Array<ArrayBuffer> {
  const random = seededRandom(1);
  const walk = new Float64Array(length);
  for (let i = 0, at = 100; i < length; i++) {
    walk[i] = Math.round((at += random() - 0.5) * 100) / 100;
  }
  return walk;
}

/** At most so many times the other's figure; the same for times and for bytes. */
export function atMost(factor: number): Target {
  return {
    text: `at most ${factor === 1 ? "" : `${factor} x `}joblib's`,
    compare: (ours, theirs) => `${significant(ours / theirs)} x`,
    holds: (ours, theirs) => theirs === null ? null : ours <= factor * theirs,
  };
}

const faster = (ours: number, theirs: number) => `${significant(theirs / ours)} x as fast`;

/** What is timed; the sizes are a tenth for a quick look. */
export function measuresOf(quick: boolean): Measure[] {
  const share = quick ? 10 : 1;
  const doubles = 12_500_000 / share;
  const megabytes = `${doubles * 8 / 1e6} MB`;
  return [
    calls("calls", root, (i) => i, 100_000 / share, {
      title: "calls of sqrt",
      show: (ms, count) => `${formatCount(Math.round(count / ms * 1000))} per s`,
      target: {
        text: "5 x joblib's rate",
        compare: faster,
        holds: (ours, theirs) => theirs === null ? null : ours * 5 <= theirs,
      },
    }),
    calls("spin", spin, () => 1, 1000 / share, {
      title: "calls of 1 ms",
      show: (ms, count) => `${formatPercent(count / WORKERS / ms)} of ideal`,
      target: {
        text: "95 % of ideal",
        compare: faster,
        holds: (ms) => 1000 / share / WORKERS / ms >= 0.95,
      },
    }),
    {
      name: "cached",
      title: `cached call with ${megabytes}`,
      size: doubles,
      show: formatMs,
      target: atMost(1),
      async prepare({ folder, doubles }) {
        const cached = new Memory(join(folder, "cache"), { verbose: 0 }).cache(probe);
        await cached(doubles);
        return { expected: probe(doubles), run: () => cached(doubles) };
      },
    },
    ...files(doubles, megabytes, "", false, 1.3),
    ...files(doubles, megabytes, "zlib-", ["zlib", 3], 1),
  ];
}

/** Many calls of one function by workers that stay. */
function calls(
  name: string,
  fn: (x: number) => number,
  argument: (i: number) => number,
  size: number,
  words: { title: string; show: (ms: number, count: number) => string; target: Target },
): Measure {
  return {
    name,
    title: `${formatCount(size)} ${words.title}`,
    size,
    show: (ms) => words.show(ms, size),
    target: words.target,
    prepare() {
      const parallel = Parallel({ nJobs: WORKERS });
      const call = delayed(fn);
      function* inputs() {
        for (let i = 0; i < size; i++) yield call(argument(i));
      }
      return Promise.resolve({
        expected: size + fn(argument(size - 1)),
        async run() {
          const results = await parallel(inputs());
          return results.length + results.at(-1)!;
        },
        ...fn === spin
          ? { bound: () => parallel(Array(WORKERS).fill(delayed(spinTimes)(1, size / WORKERS))) }
          : {},
        end: async () => await parallel[Symbol.asyncDispose](),
      });
    },
  };
}

/** `dump` and `load` of the doubles. */
function files(
  size: number,
  megabytes: string,
  prefix: string,
  compress: false | ["zlib", number],
  factor: number,
): Measure[] {
  const how = compress ? `${megabytes}, zlib 3` : megabytes;
  const common = { size, show: formatMs, target: atMost(factor) };
  return [
    {
      ...common,
      name: `${prefix}dump`,
      title: `dump of ${how}`,
      async prepare({ folder, doubles }) {
        const path = join(folder, `${prefix}dump`);
        const run = async () => (await dump(doubles, path, { compress })).length;
        await run();
        const back = await load<Float64Array>(path);
        for (let i = 0; i < size; i++) expectResult(`${prefix}dump`, back[i]!, doubles[i]!);
        return { expected: 1, run };
      },
    },
    {
      ...common,
      name: `${prefix}load`,
      title: `load of ${how}`,
      async prepare({ folder, doubles }) {
        const path = join(folder, `${prefix}load`);
        await dump(doubles, path, { compress });
        return {
          expected: probe(doubles),
          run: async () => probe(await load<Float64Array>(path)),
        };
      },
    },
  ];
}
