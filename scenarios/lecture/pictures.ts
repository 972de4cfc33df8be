/**
 * Which tables are drawn: where a number varies, and how.
 *
 * @module
 */
import type { Role } from "@polycore/reports/page";

/** How a table is drawn. */
export interface Picture {
  /** What it shows. */
  readonly title: string;
  /** A line over a number, or a bar for each row. */
  readonly kind: "line" | "rows";
  /** The column with the number below a line, or the columns that name a bar; see `series`. */
  readonly over: readonly (string | number)[];
  /** What the values are, with their unit. */
  readonly unit: string;
  /** The columns with the values: their head, or their place where the head varies or is not unique. */
  readonly series: readonly {
    readonly column: string | number;
    readonly name: string;
    readonly role: Role;
  }[];
  /** The column whose values make a line each. */
  readonly split?: string;
  /** Which axes are logarithmic. */
  readonly log?: "x" | "both";
}

const bars = (
  title: string,
  unit: string,
  over: string | number | readonly string[],
  column: string | number,
  name = "here",
): Picture => ({
  title,
  kind: "rows",
  over: [over].flat(),
  unit,
  series: [{ column, name, role: "pool" }],
});

const slide = (column: string | number, name = "slide") => ({
  column,
  name,
  role: "published" as Role,
});
const pool = (column: string | number, name = "here") => ({ column, name, role: "pool" as Role });
const law = (column: string | number, name: string) => ({ column, name, role: "ideal" as Role });

/** The pictures of the scenarios that have some; all are made of the first table of the answer. */
export const pictures: Readonly<Record<string, readonly Picture[]>> = {
  "amdahl": [{
    title: "Speedup with a serial part",
    kind: "line",
    over: ["workers"],
    unit: "speedup",
    split: "serial",
    series: [pool("speedup", "measured"), law("by the law", "by the law")],
  }],
  "bag-of-words": [bars("Fewer processes with more work each", "ms", "way", "ms")],
  "barrier": [
    bars("Parts that step 2 missed", "parts missing in step 2", "way", "parts missing in step 2"),
  ],
  "chunk-size": [{
    title: "The time by the size of a chunk",
    kind: "line",
    over: ["chunk size"],
    unit: "s",
    log: "x",
    series: [pool("here s")],
  }],
  "combine-wasm": [{
    ...bars("Compiled, and shared out", "s", "form", 1, "1 worker"),
    series: [
      { column: 1, name: "1 worker", role: "serial" },
      pool(2, "more workers"),
    ],
  }],
  "compile-kernels": [
    bars("Throws in a second", "million throws / s", "form", "million throws / s"),
  ],
  "count-jobs-map-reduce": [bars("The time of both ways", "ms", "way", "ms")],
  "count-jobs-shared": [{
    ...bars("What one increment costs", "ns", "one increment", "1 worker ns"),
    series: [
      { column: "1 worker ns", name: "1 worker", role: "serial" },
      pool("2 workers ns", "2 workers"),
    ],
  }],
  "dining-philosophers": [
    {
      ...bars("Meals of the hungriest and of the best fed", "meals", "remedy", "fewest"),
      series: [
        { column: "fewest", name: "fewest", role: "serial" },
        pool("most", "most"),
      ],
    },
    bars("How long all of them waited", "ms", "remedy", "waited ms"),
  ],
  "dot-product-queue": [bars("The time of both ways", "ms", "way", "ms")],
  "event-loop-is-not-parallel": [
    bars("How many times faster at once than one after the other", "gain", 0, "gain"),
  ],
  "executor-linear": [{
    ...bars("The speedup, and what was possible", "speedup", "workers", "speedup"),
    series: [
      pool("speedup", "measured"),
      { column: "possible", name: "possible", role: "serial" },
      { column: "linear", name: "linear", role: "idle" },
    ],
  }],
  "hidden-lock": [bars("The hidden lock", "ms", ["generator", "workers"], "ms")],
  "identical-random-streams": [
    bars("Different results of ten", "different results", "state", "different"),
  ],
  "individual-processes": [bars("One by one, and all at once", "ms", "way", "ms")],
  "joblib-parallel": [
    bars("New workers in each pass, and the same ones", "ms per pass", "way", "ms per pass"),
  ],
  "joblib-dump": [
    bars("The size of the file", "% of the array", "format", "file %"),
    {
      ...bars("How fast it is written and read", "MB/s", "format", "dump MB/s"),
      series: [pool("dump MB/s", "dump"), { column: "load MB/s", name: "load", role: "serial" }],
    },
  ],
  "joblib-memmap": [
    bars("How much is copied", "MB", "array is", "copies, MB"),
    bars("How far the memory grows", "MB", "array is", "memory grows by, MB"),
  ],
  "joblib-memory": [bars("Computed, and read from the folder", "ms", ["program", "call"], "ms")],
  "map-order": [bars("How soon the first result is there", "ms", "way", "first result, ms")],
  "memory-bandwidth": [{
    title: "Where the memory is full",
    kind: "line",
    over: ["workers"],
    unit: "speedup",
    series: [
      pool(5, "compute"),
      { column: 2, name: "triad", role: "serial" },
      law("workers", "ideal"),
    ],
  }],
  "monte-carlo-pi": [{
    title: "Where overhead wins",
    kind: "line",
    over: ["throws"],
    unit: "ms",
    log: "both",
    series: [
      { column: "serial ms", name: "serial", role: "serial" },
      pool("parallel ms", "parallel"),
      slide("slide: serial", "slide: serial"),
      { column: 5, name: "slide: parallel", role: "severe" },
    ],
  }],
  "oversubscription": [
    bars("Inner workers at once", "inner workers", "inner workers", "alive at once"),
    bars("Until all are up", "ms", "inner workers", "start ms"),
  ],
  "pool-job-sizes": [{
    ...bars("Few large jobs, many small ones", "s", ["jobs", "chunk"], "here s"),
    series: [pool("here s")],
  }],
  "pool-map-overhead": [{
    ...bars("Thin calls, and one thick call for each worker", "s", "function", "here s"),
    series: [pool("here s")],
  }],
  "producer-consumer": [bars("Items of each consumer", "items", "consumer", "items")],
  "race-condition": [bars("Lost updates", "% of all updates", "way", "of all")],
  "race-free-slots": [bars("False sharing", "ms", ["slots", "run"], "ms")],
  "scaling-table": [{
    title: "How far the cores go",
    kind: "line",
    over: ["workers"],
    unit: "scaling",
    series: [pool("scaling", "measured"), law("workers", "ideal")],
  }],
  "semaphore": [bars("Most inside at once", "most inside", "way", "most inside")],
  "shared-dot-lock": [
    bars("What the lock costs", "ns per element", "way", "ns per element"),
  ],
  "shared-dot-race": [bars("What is missing in the answer", "% of it", "way", "of it")],
};
