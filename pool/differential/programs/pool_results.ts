/**
 * What a pool's calls give, and what they throw.
 *
 * @module
 */

import {
  currentProcess,
  parentProcess,
  Pool,
  Process,
  RemoteTraceback,
  task,
  TimeoutError,
} from "../../mod.ts";
import { line, raised, range, tellAsync } from "./report.ts";

const square = task(import.meta, (x: number) => x * x);
const same = task(import.meta, (x?: unknown) => x);
const add = task(import.meta, (a: number, b: number) => a + b);

const but3rd = task(import.meta, (x: number) => {
  if (x % 5 === 2) throw new RangeError(`no ${x}`);
  return x;
});

const raiseAs = task(import.meta, (name: string) => {
  if (name === "ValueError") throw new RangeError("out of range");
  if (name === "TypeError") throw new TypeError("wrong kind");
  if (name === "empty") throw new Error();
  if (name === "words") throw new Error('with: colons, "quotes" and ünïcode');
  if (name === "timeout") throw new TimeoutError("too late");
  return name;
});

const pid = task(import.meta, (_: number) => currentProcess().pid);
const uncopyable = task(import.meta, () => Symbol());
const who = task(import.meta, () => [currentProcess().daemon, parentProcess()!.name]);
const child = task(import.meta, () => new Process({ target: square, args: [1] }).start());

function* untilBad(n: number): Generator<number> {
  yield* range(n);
  throw new RangeError("the inputs end badly");
}

/** All that an iterator gives, until it says twice that it has ended. */
async function events(iterator: AsyncIterator<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let ends = 0; ends < 2;) {
    try {
      const { done, value } = await iterator.next();
      seen.push(done ? "end" : value);
      if (done) ends++;
    } catch (error) {
      seen.push(raised(error));
    }
  }
  return seen;
}

// deno-fmt-ignore
const VALUES = [
  0, -1, 2 ** 31, -(2 ** 53), 0.5, -1.25e-7, Infinity, -Infinity, NaN, true, false, null,
  "", "text", "ünïcode 漢字 🎉", "a\nb\"c\\", [], [1, [2, [3]]], {}, { a: { b: [1, null] } },
  new Uint8Array(), new Uint8Array([0, 255]), "x".repeat(300),
];

async function main(): Promise<void> {
  await using pool = new Pool(2);
  for (const n of [0, 1, 2, 7, 20]) {
    for (const chunkSize of [undefined, 1, 3, 50]) {
      const label = `${n} by ${chunkSize ?? "None"}`;
      const pairs = range(n).map((x): [number, number] => [x, 2 * x]);
      line(`map ${label}`, await pool.map(square, range(n), { chunkSize }));
      line(`starmap ${label}`, await pool.starmap(add, pairs, { chunkSize }));
      line(`imap ${label}`, await Array.fromAsync(pool.imap(square, range(n), { chunkSize })));
      const unordered = await Array.fromAsync(pool.imapUnordered(square, range(n), { chunkSize }));
      line(`imap_unordered ${label}`, unordered.sort((a, b) => a - b));
    }
  }
  for (const [i, value] of VALUES.entries()) {
    line(`value ${i}`, [await pool.apply(same, [value]), await pool.map(same, [value])]);
  }
  line("values", await pool.map(same, VALUES));
  const kinds = [[], "", "abc", range(3).values(), new Map([["a", 1]]).keys()];
  for (const inputs of [...kinds, new Uint8Array([1, 2]), [[1], [2]], [null]]) {
    line("inputs of another kind", await pool.map(same, inputs as Iterable<unknown>));
  }
  for (const name of ["ValueError", "TypeError", "empty", "words", "timeout", "fine"]) {
    await tellAsync(`apply raises ${name}`, () => pool.apply(raiseAs, [name]));
    await tellAsync(`map raises ${name}`, () => pool.map(raiseAs, [name]));
    await tellAsync(`starmap raises ${name}`, () => pool.starmap(raiseAs, [[name]]));
    line(`imap raises ${name}`, await events(pool.imap(raiseAs, [name])));
    line(`imap_unordered raises ${name}`, await events(pool.imapUnordered(raiseAs, [name])));
  }
  for (const n of range(9)) {
    line(`imap ${n}, some fail`, await events(pool.imap(but3rd, range(n))));
    const chunkSize = n < 8 ? 1 : n;
    await tellAsync(`map ${n}, some fail`, () => pool.map(but3rd, range(n), { chunkSize }));
  }
  line("imap by 2, one fails", await events(pool.imap(but3rd, range(6), { chunkSize: 2 })));
  for (const n of range(6)) {
    await tellAsync(`map, inputs raise at ${n}`, () => pool.map(square, untilBad(n)));
    line(`imap, inputs raise at ${n}`, await events(pool.imap(square, untilBad(n))));
    const by2 = pool.imap(square, untilBad(n), { chunkSize: 2 });
    line(`imap by 2, inputs raise at ${n}`, await events(by2));
  }
  line("imap_unordered, inputs raise at 0", await events(pool.imapUnordered(square, untilBad(0))));
  for (
    const [label, call] of [
      ["map", () => pool.map(raiseAs, ["ValueError"])],
      ["map, inputs raise", () => pool.map(square, untilBad(2))],
    ] as const
  ) {
    try {
      await call();
    } catch (error) {
      const { cause } = error as Error;
      line(`cause, ${label}`, cause instanceof RemoteTraceback ? cause.name : "NoneType");
    }
  }
  await tellAsync("no function", () => pool.apply(5 as never));
  await tellAsync("inputs that are none", () => pool.map(square, 5 as never));
  await tellAsync("inputs of imap that are none", () => pool.imap(square, 5 as never));
  await tellAsync("starmap of no tuples", () => pool.starmap(add, [1, 2] as never));
  let where = "the call";
  try {
    const result = pool.applyAsync(same, [Symbol()]);
    where = "get";
    await result.get();
  } catch {
    line("an argument that cannot be sent is an error of", where);
  }
  await tellAsync("a result that cannot be sent", () => pool.apply(uncopyable));
  await tellAsync("the pool as an argument", () => pool.apply(same, [pool]));
  line("the pool survives", await pool.apply(add, [1, 2]));
  line("a worker", await pool.apply(who));
  await tellAsync("a worker starts a process", () => pool.apply(child));
  for (const [n, chunkSize] of [[4, 1], [6, 2], [6, 3], [7, 3]] as const) {
    await using pool = new Pool(1, { maxTasksPerChild: 1 });
    const ids = await pool.map(pid, range(n), { chunkSize });
    line(`workers of 1 task each for ${n} by ${chunkSize}`, ids.map((x) => ids.indexOf(x)));
  }
}

if (import.meta.main) await main();
