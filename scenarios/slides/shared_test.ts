/**
 * The slides on shared memory, and on the locks that make it right.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals } from "@std/assert";
import { dot as sumOfProducts, range } from "./python.ts";

const size = 16_000; // 2,000,000 on the slides; `deno task scenario shared-dot-race` runs that
const numberProcesses = 8;
const chunkSize = size / numberProcesses;
const ones = () => new mp.Array("d", Array(size).fill(1));

Deno.test("PNNL, Multiprocessor value and array: a type and a value", () => {
  const a = ones();
  const dot = new mp.Value("d", 0);
  assertEquals([a.length, a[size - 1], dot.value], [size, 1, 0]);
});

type Vector = Float64Array;
type Total = mp.Value<"d">;

const dotproduct = mp.task(import.meta, (dot: Total, a: Vector, b: Vector) => {
  dot.value += sumOfProducts(a, b);
});

Deno.test("PNNL, Value and array example: eight processes add to one value without a lock", async () => {
  const [a, b] = [ones(), ones()];
  const dot = new mp.Value("d", 0);
  const processes: mp.Process[] = [];
  for (const i of range(numberProcesses)) {
    const lb = i * chunkSize;
    const ub = lb + chunkSize;
    const args: [Total, Vector, Vector] = [dot, a.slice(lb, ub), b.slice(lb, ub)];
    const p = new mp.Process({ target: dotproduct, args });
    processes.push(p);
    p.start();
  }
  for (const p of processes) await p.join();
  // A part may get lost, never half of one, and the last one to write has its part in.
  assert(
    dot.value >= chunkSize && dot.value <= size && dot.value % chunkSize === 0,
    `${dot.value}`,
  );
});

/** The sum is there when all have begun theirs, so all have read `dot.value` before. */
function together(all: mp.Barrier, sum: number): number {
  all.wait();
  return sum;
}

const dotproductTogether = mp.task(
  import.meta,
  (dot: Total, a: Vector, b: Vector, all: mp.Barrier) => {
    dot.value += together(all, sumOfProducts(a, b));
  },
);

Deno.test("PNNL, Value and array example: why the answer is wrong", async () => {
  const [a, b] = [ones(), ones()];
  const dot = new mp.Value("d", 0);
  const all = new mp.Barrier(numberProcesses);
  const processes = [...range(numberProcesses)].map((i) => {
    const [lb, ub] = [i * chunkSize, (i + 1) * chunkSize];
    const args: [Total, Vector, Vector, mp.Barrier] = [dot, a.slice(lb, ub), b.slice(lb, ub), all];
    return new mp.Process({ target: dotproductTogether, args });
  });
  for (const p of processes) p.start();
  for (const p of processes) await p.join();
  assertEquals(dot.value, chunkSize); // all read 0, so only the last part is left
});

const dotproductLocked = mp.task(
  import.meta,
  (dot: Total, a: Vector, b: Vector, lock: mp.Lock) => {
    lock.acquire();
    dot.value += sumOfProducts(a, b);
    lock.release();
  },
);

Deno.test("PNNL, Value and array and locks: with a lock the answer is right", async () => {
  const [a, b] = [ones(), ones()];
  const dot = new mp.Value("d", 0);
  const lock = new mp.Lock();
  const processes: mp.Process[] = [];
  for (const i of range(numberProcesses)) {
    const lb = i * chunkSize;
    const ub = lb + chunkSize;
    const args: [Total, Vector, Vector, mp.Lock] = [dot, a.slice(lb, ub), b.slice(lb, ub), lock];
    const p = new mp.Process({ target: dotproductLocked, args });
    processes.push(p);
    p.start();
  }
  for (const p of processes) await p.join();
  assertEquals(dot.value, size);
});

const fill = mp.task(import.meta, (n: mp.Value<"d">, arr: mp.Array<"i">, lock: mp.Lock) => {
  using _ = lock.hold();
  n.value += 0.5;
  for (const i of range(arr.length)) arr.set(i, arr.get(i) - i);
});

Deno.test("Firenze, Shared memory: Value of doubles, Array of signed integers, a lock against races", async () => {
  const n = new mp.Value("d", 0);
  const arr = new mp.Array("i", 4);
  const lock = new mp.Lock();
  const processes = [...range(3)].map(() => new mp.Process({ target: fill, args: [n, arr, lock] }));
  for (const p of processes) p.start();
  for (const p of processes) await p.join();
  assertEquals([n.value, [...arr]], [1.5, [0, -3, -6, -9]]);
});

let counter: mp.Value<"i">;
const setCounter = mp.task(import.meta, (shared: mp.Value<"i">) => {
  counter = shared;
});
const countGlobal = mp.task(import.meta, (_: number) => void counter.add(1));
const countGiven = mp.task(import.meta, (shared: mp.Value<"i">, _: number) => void shared.add(1));

Deno.test("Firenze, Pools and sharing data: a Value in a global, set by the initializer", async () => {
  const shared = new mp.Value("i", 0);
  await using pool = new mp.Pool(2, { initializer: setCounter, initargs: [shared] });
  await pool.map(countGlobal, range(100));
  assertEquals(shared.value, 100);
});

Deno.test("Firenze, Pools and sharing data: here a Value may also be an argument", async () => {
  const shared = new mp.Value("i", 0);
  await using pool = new mp.Pool(2);
  await pool.map(mp.partial(countGiven, shared), range(100));
  assertEquals(shared.value, 100);
});
