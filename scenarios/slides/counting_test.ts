/**
 * The notebook's ways to count jobs, wrong and right.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals } from "@std/assert";
import { drain, range, sum } from "./python.ts";

const pid = () => mp.currentProcess().pid!;

let counter = 0;
const f2 = mp.task(import.meta, (i: number, out: mp.Queue<[number, number]>) => {
  counter = counter + 1;
  out.put([counter, i]);
});

Deno.test("Duke, In [57] [58]: a global counter, counted in the same process", () => {
  const out = new mp.Queue<[number, number]>();
  counter = 0;
  f2(10, out);
  assertEquals([counter, drain(out)], [1, [[1, 10]]]);
});

Deno.test("Duke, In [59] [60]: a global counter stays 0, each process has its own", async () => {
  const out = new mp.Queue<[number, number]>();
  counter = 0;
  for (const i of range(10)) {
    const p = new mp.Process({ target: f2, args: [i, out] });
    p.start();
    await p.join();
  }
  assertEquals(drain(out), [...range(10)].map((i) => [1, i]));
  assertEquals(counter, 0);
});

const f3 = mp.task(import.meta, (i: number, counter: mp.Value<"i">, store: mp.Array<"i">) => {
  counter.value += 1;
  store[pid() % 10] += i;
});

Deno.test("Duke, In [61] [62]: Value and Array count a hundred processes, one after the other", async () => {
  const counter = new mp.Value("i", 0);
  const store = new mp.Array("i", Array(10).fill(0));
  for (const i of range(100)) {
    const p = new mp.Process({ target: f3, args: [i, counter, store] });
    p.start();
    await p.join();
  }
  assertEquals(counter.value, 100);
  // Ten sums as on the slide; which of them is the first one depends on the first pid.
  assertEquals([...store].toSorted((a, b) => a - b), [...range(10)].map((k) => 450 + 10 * k));
});

const f4 = mp.task(import.meta, (i: number): [number, number, number] => [pid(), 1, i]);

Deno.test("Duke, In [63] [64]: the same count by map and reduce", async () => {
  await using pool = new mp.Pool(10);
  const res = await pool.map(f4, range(100));
  const counter = sum(res.map(([, one]) => one));
  assertEquals(counter, 100);
  const store = [...range(10)].map((k) =>
    sum(res.filter(([pid]) => pid % 10 === k).map(([, , i]) => i))
  );
  assertEquals(sum(store), 4950);
});

let val: mp.Value<"i">;
let all: mp.Barrier;
const setVal = mp.task(import.meta, (shared: mp.Value<"i">, parties: mp.Barrier) => {
  val = shared;
  all = parties;
});
const count1 = mp.task(import.meta, (_: number) => {
  val.value += 1;
});

Deno.test("Duke, In [65]: a thousand increments without a lock, three runs: at most 1000", async () => {
  for (const _ of range(3)) {
    const val = new mp.Value("i", 0);
    await using pool = new mp.Pool(4, { initializer: setVal, initargs: [val, new mp.Barrier(4)] });
    await pool.map(count1, range(1000));
    assert(val.value >= 1 && val.value <= 1000, `${val.value}`);
  }
});

/** One, when all four have read the value. */
function oneTogether(): number {
  all.wait();
  return 1;
}

const countTogether = mp.task(import.meta, (_: number) => {
  val.value += oneTogether();
});

Deno.test("Duke, In [65]: why increments get lost", async () => {
  const val = new mp.Value("i", 0);
  await using pool = new mp.Pool(4, { initializer: setVal, initargs: [val, new mp.Barrier(4)] });
  await pool.map(countTogether, range(4), { chunkSize: 1 });
  assertEquals(val.value, 1); // all four read 0
});

const countLocked = mp.task(import.meta, (_: number) => {
  using _lock = val.getLock().hold();
  val.value += 1;
});

const countAtomic = mp.task(import.meta, (_: number) => void val.add(1));

Deno.test("Duke, In [65]: with the lock of the Value, or by add, exactly 1000", async () => {
  for (const count of [countLocked, countAtomic]) {
    const val = new mp.Value("i", 0);
    await using pool = new mp.Pool(4, { initializer: setVal, initargs: [val, new mp.Barrier(4)] });
    await pool.map(count, range(1000));
    assertEquals(val.value, 1000);
  }
});

let arr: mp.Array<"i">;
const setArr = mp.task(import.meta, (shared: mp.Array<"i">) => {
  arr = shared;
});
const count2 = mp.task(import.meta, (_: number) => {
  const ix = pid() % 4;
  arr[ix] += 1;
});

Deno.test("Duke, In [66]: a slot per process needs no lock, three runs: exactly 1000", async () => {
  for (const _ of range(3)) {
    const arr = new mp.Array("i", Array(4).fill(0));
    await using pool = new mp.Pool(4, { initializer: setArr, initargs: [arr] });
    await pool.map(count2, range(1000));
    assertEquals(sum(arr), 1000);
  }
});
