/**
 * What encoding and decoding costs, beside `structuredClone` and JSON on the same values, interleaved,
 * so that the drift of the machine hits all alike.
 *
 * Run it with `deno run -A codec_speed.ts`, and with a regular expression to choose among the values.
 *
 * @module
 */

import { decode, encode, scratchAddress } from "./mod.ts";

/** Rounds per value; the first are warm-up. */
const ROUNDS = 15, WARM_UP = 4;

/** Milliseconds that one measurement is to take, about. */
const TARGET = 8;

/** Variants of each value, so that no result can be reused. */
const VARIANTS = 16;

const record = (i: number) => ({
  id: i,
  name: `Ada ${i}`,
  tags: ["a", "b"],
  at: { x: i + 0.5, y: 2 },
  on: true,
  none: null,
});

const values: Record<string, (i: number) => unknown> = {
  "7": (i) => i,
  "0.5": (i) => i + 0.5,
  '"hello"': (i) => `hello${i % 10}`,
  "[42]": (i) => [i],
  '{ i: 7, s: "hello" }': (i) => ({ i, s: "hello" }),
  "a record of 6 fields": record,
  "100 such records": () => Array.from({ length: 100 }, (_, i) => record(i)),
  "1,000 whole numbers": (i) => Array.from({ length: 1000 }, (_, k) => i + k),
  "1,000 doubles": (i) => Array.from({ length: 1000 }, (_, k) => i + k + 0.5),
  "Map of 100": (i) => new Map(Array.from({ length: 100 }, (_, k) => [`key${k}`, i])),
  "dictionary of 100": (i) =>
    Object.fromEntries(Array.from({ length: 100 }, (_, k) => [k + "k" + i, k])),
  "string of 1,000, ASCII": (i) => "x".repeat(1000) + i,
  "string of 1,000, other": (i) => "日".repeat(1000) + i,
  "Float64Array(8)": () => new Float64Array(8),
  "Float64Array(100,000)": () => new Float64Array(100_000),
  "Error": (i) => new TypeError(`number ${i}`),
  "cycle of 2": (i) => {
    const a: Record<string, unknown> = { i };
    a.back = { a };
    return a;
  },
};

/** What JSON turns into something else, or refuses. */
const NOT_JSON = ["Map of 100", "Float64Array(8)", "Float64Array(100,000)", "Error", "cycle of 2"];

let sink: unknown;

const ways: Record<string, (value: unknown) => void> = {
  both(value) {
    encode(value);
    sink = decode(scratchAddress());
  },
  encode(value) {
    encode(value);
  },
  structuredClone(value) {
    sink = structuredClone(value);
  },
  JSON(value) {
    sink = JSON.parse(JSON.stringify(value));
  },
};

function time(way: (value: unknown) => void, variants: unknown[], repeats: number): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) way(variants[i % VARIANTS]);
  return performance.now() - start;
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1]!;
}

function measure(name: string): Record<string, number> {
  const variants = Array.from({ length: VARIANTS }, (_, i) => values[name]!(i));
  const measured = Object.entries(ways).filter(([way]) =>
    way !== "JSON" || !NOT_JSON.includes(name)
  )
    .map(([way, call]) => {
      const once = time(call, variants, 200) / 200;
      const repeats = Math.max(20, Math.min(100_000, Math.round(TARGET / once)));
      return { way, call, repeats, samples: [] as number[] };
    });
  for (let round = 0; round < ROUNDS; round++) {
    for (const { call, repeats, samples } of measured) {
      const microseconds = time(call, variants, repeats) * 1000 / repeats;
      if (round >= WARM_UP) samples.push(microseconds);
    }
  }
  return Object.fromEntries(measured.map(({ way, samples }) => [way, median(samples)]));
}

function row(name: string, cells: string[]): void {
  console.log(name.padEnd(24) + cells.map((cell) => cell.padStart(16)).join(""));
}

function cell(value: number | undefined, digits: number): string {
  return value === undefined || Number.isNaN(value) ? "-" : value.toFixed(digits);
}

const chosen = new RegExp(Deno.args[0] ?? "");
row("microseconds, medians", [
  "encode",
  "both",
  "structuredClone",
  "JSON",
  "clone : both",
  "JSON : both",
]);
for (const name of Object.keys(values).filter((name) => chosen.test(name))) {
  const { both, encode, structuredClone, JSON } = measure(name);
  row(name, [
    ...[encode, both, structuredClone, JSON].map((us) => cell(us, us! < 10 ? 3 : 1)),
    ...[structuredClone, JSON].map((us) => cell(us! / both!, 1)),
  ]);
}
console.log(
  `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}, ${navigator.hardwareConcurrency} cores` +
    (sink === undefined ? "" : "."),
);
