/**
 * Values and arrays: every typecode, what wraps around, indices, slices, locks.
 *
 * @module
 */

import { Lock, RLock } from "@polycore/sync";
import {
  RawArray,
  RawValue,
  SharedArray,
  type SharedArrayOptions,
  type TypeCode,
  Value,
  type ValueOptions,
} from "@polycore/shm";
import { Process, task } from "../../mod.ts";
import { line, tell } from "./report.ts";

const WHOLE = [..."bBhHiIlLqQ"] as TypeCode[];
const REALS = ["f", "d"] as const;
const ALL: TypeCode[] = [...WHOLE, ...REALS];
// deno-fmt-ignore
const NUMBERS = [
  0, 1, -1, 100, 127, 128, -128, -129, 255, 256, 257, 32767, 32768, -32768, -32769, 65535, 65536,
  2 ** 31 - 1, -(2 ** 31),
];
// deno-fmt-ignore
const LARGE = [
  2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 33, -(2 ** 31) - 1, -(2 ** 32), 2 ** 40 + 5, 2 ** 53 - 1,
  -(2 ** 53) + 1, 2 ** 53,
];
// deno-fmt-ignore
const HUGE = [
  2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 64n + 1n, -(2n ** 63n),
  -(2n ** 63n) - 1n, 2n ** 100n + 3n,
];
// deno-fmt-ignore
const REAL = [
  0.5, 0.1, -0.1, 1 / 3, 1e10, 16777217, 1e-45, 1e-50, 3.4e38, 1e39, -1e39, 1e-320, 123456.789, 2 ** 53,
  Infinity, -Infinity, NaN,
];

const bump = task(import.meta, (...values: Value[]) => {
  for (const value of values) {
    if (typeof value.value === "bigint") value.value += 1n;
    else value.value += 1;
  }
});

const fill = task(import.meta, (...arrays: SharedArray[]) => {
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const x = array[i]!;
      array[i] = typeof x === "bigint" ? x + BigInt(i) : x + i;
    }
  }
});

function setAndGet(typecode: TypeCode, x: unknown): unknown {
  const value = new Value(typecode);
  value.value = x as number;
  return value.value;
}

function typecodes(): void {
  for (const t of ALL) {
    line(`Value(${t}) at first`, new Value(t).value);
    line(`Array(${t}, 3) at first`, [...new SharedArray(t, 3)]);
    for (const x of NUMBERS) {
      if (t === "L" && x < 0) continue; // 64 bits in Python: see below
      line(`Value(${t}) set to ${x}`, setAndGet(t, x));
      line(`Value(${t}, ${x})`, [new Value(t, x).value, new RawValue(t, x).value]);
      const arrays = [new SharedArray(t, [x, 1]), new RawArray(t, [x, 1])];
      line(`Array(${t}) of ${x}`, arrays.map((array) => [...array]));
    }
  }
  for (const t of WHOLE) {
    if (t === "l" || t === "L") continue;
    for (const x of LARGE) line(`Value(${t}) set to ${x}`, setAndGet(t, x));
  }
  for (const t of ["l", "L"] as const) {
    const beyond = [...LARGE, ...t === "L" ? [-1, -(2 ** 31)] : []];
    line(`Value(${t}) beyond 32 bits`, beyond.map((x) => setAndGet(t, x)));
  }
  for (const t of ["q", "Q"] as const) {
    for (const x of HUGE) line(`Value(${t}) set to ${x}`, setAndGet(t, x));
  }
  for (const t of REALS) {
    for (const [i, x] of REAL.entries()) line(`Value(${t}) set to real ${i}`, setAndGet(t, x));
  }
  for (const t of ["x", "", "ii", "F", 5]) tell(`typecode ${t}`, () => new Value(t as "i", 1));
  for (const t of ["i", "q", "d"] as const) {
    for (const [name, x] of [["text", "1"], ["None", null], ["list", [1]]] as const) {
      tell(`Value(${t}) set to ${name}`, () => setAndGet(t, x));
      tell(`Array(${t}) of ${name}`, () => [...new SharedArray(t, [x as never])]);
    }
  }
  tell("Value(i) set to 1.5", () => setAndGet("i", 1.5));
  tell("Value(i) set to True", () => setAndGet("i", true));
}

function arrays(): void {
  const array = new SharedArray("i", [10, 11, 12, 13, 14, 15]);
  const lengths = [array.length, new SharedArray("d", 0).length, new RawArray("b", 7).length];
  line("len", lengths);
  const sum = [...array].reduce((a, b) => a + b);
  line("iteration", [[...array], sum, [...array].includes(13)]);
  const bounds = [undefined, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7];
  for (const begin of bounds) {
    for (const end of bounds) {
      line(`slice ${begin ?? "None"} to ${end ?? "None"}`, array.slice(begin, end));
    }
  }
  for (const i of [0, 1, 5, 6, 7, 100]) {
    tell(`get ${i}`, () => array[i]);
    tell(`set ${i}`, () => void (array[i] = i));
  }
  line("after it was set", array.slice());
  for (const i of [-1, -6, -7]) tell(`get ${i}`, () => array[i]);
  tell("get of an empty one", () => new SharedArray("i", 0)[0]);
  tell("Array of -1", () => new SharedArray("i", -1));
  tell("Array of 1.5", () => new SharedArray("i", 1.5));
  tell("Array of None", () => new SharedArray("i", null as never));
  for (const init of [[], [1], [1, 2], [0, 1, 2, 3, 4], new Array(100).fill(0)]) {
    line("Array of a sequence", new SharedArray("h", init).slice());
  }
  line("an array of an array", new SharedArray("d", new SharedArray("i", [1, 2])).slice());
}

function locks(): void {
  const makers = {
    Value: (options?: ValueOptions) => new Value("i", 5, options),
    Array: (options?: SharedArrayOptions) => new SharedArray("i", 2, options),
  };
  for (const [name, make] of Object.entries(makers)) {
    const shared = make();
    const same = shared.getLock() === shared.getLock();
    line(`${name}, its lock`, [shared.getLock() instanceof RLock, same]);
    {
      using _outer = shared.getLock().hold();
      using _inner = shared.getLock().hold();
      line(`${name}, in its block`, Deno.inspect(shared.getLock()));
    }
    line(`${name}, after its block`, Deno.inspect(shared.getLock()));
    const lock = new Lock();
    line(`${name}, a lock of mine`, make({ lock }).getLock() === lock);
    line(`${name}, lock=True`, Deno.inspect(make({ lock: true }).getLock()));
    tell(`${name}, lock=False`, () => make({ lock: false }).getLock());
    for (const [shown, what] of [["x", "x"], ["5", 5], ["[]", []]] as const) {
      tell(`${name}, lock=${shown}`, () => make({ lock: what as never }));
    }
  }
  tell("RawValue has no lock", () => new RawValue("i").getLock());
  tell("RawArray has no lock", () => new RawArray("i", 1).getLock());
}

async function between(): Promise<void> {
  for (const lock of [true, false]) {
    const values = ALL.map((t) => new Value(t, 5, { lock }));
    const arrays = ALL.map((t) => new SharedArray(t, [1, 2, 3], { lock }));
    let process: Process = new Process({ target: bump, args: values });
    process.start();
    await process.join();
    line(`another process adds 1, lock ${lock}`, values.map(({ value }) => value));
    process = new Process({ target: fill, args: arrays });
    process.start();
    await process.join();
    line(`another process adds the index, lock ${lock}`, arrays.map((array) => [...array]));
  }
}

if (import.meta.main) {
  typecodes();
  arrays();
  locks();
  await between();
}
