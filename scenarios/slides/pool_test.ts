/**
 * The slides on `Pool`.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { full, range, sum, zip } from "./python.ts";

const size = 20_000; // 2,000,000 on the slides; `deno task scenario pool-map-overhead` runs that
const func = mp.task(import.meta, (x: number) => x + 1);

Deno.test("PNNL, Multiprocessor pool: map, close, join", async () => {
  const pool = new mp.Pool(2);
  const iterator = range(5);
  assertEquals(await pool.map(func, iterator), [1, 2, 3, 4, 5]);
  await assertRejects(() => pool.join(), Error, "Pool is still running"); // close comes first
  pool.close();
  await pool.join();
  assertThrows(() => pool.applyAsync(func, [1]), Error, "Pool not running");
});

const vectorSquare = mp.task(import.meta, (x: number) => x * x);

Deno.test("PNNL, Map example: map of the square over a vector", async () => {
  const a = full(size, 1);
  const pool = new mp.Pool(4);
  const c = await pool.map(vectorSquare, a);
  pool.close();
  await pool.join();
  assertEquals(c, Array(size).fill(1));
});

const vectorAdd = mp.task(import.meta, (elemList: [number, number]) => sum(elemList));

Deno.test("PNNL, Map, passing more than one argument: zip of two vectors", async () => {
  const [a, b] = [full(size, 1), full(size, 1)];
  const pool = new mp.Pool(4);
  const c = await pool.map(vectorAdd, zip(a, b));
  pool.close();
  await pool.join();
  assertEquals(c, Array(size).fill(2));
});

type Vector = Float64Array;
const elemElemAdd = mp.task(import.meta, (a: Vector, b: Vector, i: number) => a[i] + b[i]);

Deno.test("PNNL, Map, passing more than one argument: partial of a function of two vectors", async () => {
  const [a, b] = [full(size, 1), full(size, 1)];
  const pool = new mp.Pool(4);
  const mapFunc = mp.partial(elemElemAdd, a, b);
  const c = await pool.map(mapFunc, range(size));
  pool.close();
  await pool.join();
  assertEquals(c, Array(size).fill(2));
});

const thickAdd = mp.task(import.meta, (a: Vector, b: Vector, numberCores: number, i: number) => {
  const sliceSize = a.length / numberCores;
  const lb = sliceSize * i;
  const ub = lb + sliceSize;
  return a.slice(lb, ub).map((x, k) => x + b[lb + k]);
});

Deno.test("PNNL, Map, a few functions with lots of work: one call per core", async () => {
  const numberCores = 4;
  const [a, b] = [full(size, 1), full(size, 1)];
  const pool = new mp.Pool(numberCores);
  const mapFunc = mp.partial(thickAdd, a, b, numberCores);
  const c = await pool.map(mapFunc, range(numberCores));
  pool.close();
  await pool.join();
  assertEquals(c, Array(numberCores).fill(full(size / numberCores, 2)));
});

let greeting = "not initialized";
const initialize = mp.task(import.meta, (text: string) => {
  greeting = text;
});
const greet = mp.task(import.meta, (i: number) => `${greeting} ${i}`);

Deno.test("Firenze, Pool: a number of workers, a function that each runs first, results as a list", async () => {
  await using pool = new mp.Pool(2, { initializer: initialize, initargs: ["hello"] });
  assertEquals(await pool.map(greet, range(3)), ["hello 0", "hello 1", "hello 2"]);
  assertEquals(greeting, "not initialized"); // the parent's own
});

const after = mp.task(import.meta, (may: mp.Event, x: number) => {
  may.wait();
  return x * x;
});

Deno.test("Firenze, Pool methods: apply waits", async () => {
  await using pool = new mp.Pool(2);
  assertEquals(await pool.apply(vectorSquare, [3]), 9);
});

Deno.test("Firenze, Pool methods: apply_async goes on, with a callback", async () => {
  await using pool = new mp.Pool(2);
  const may = new mp.Event();
  const results: number[] = [];
  const result = pool.applyAsync(after, [may, 3], { callback: (x) => results.push(x) });
  assert(!result.ready()); // it goes on here
  may.set();
  assertEquals(await result.get(), 9);
  assertEquals(results, [9]); // the callback came before `get`
});

Deno.test("Firenze, Pool methods: map waits, and cuts into chunks", async () => {
  await using pool = new mp.Pool(2);
  const squares = await pool.map(vectorSquare, range(10), { chunkSize: 3 });
  assertEquals(squares, [...range(10)].map((x) => x * x));
});

Deno.test("Firenze, Pool methods: map_async goes on, with one callback for the list", async () => {
  await using pool = new mp.Pool(2);
  const may = new mp.Event();
  const lists: number[][] = [];
  const result = pool.mapAsync(mp.partial(after, may), range(4), {
    callback: (list) => lists.push(list),
  });
  assert(!result.ready());
  may.set();
  assertEquals(await result.get(), [0, 1, 4, 9]);
  assertEquals(lists, [[0, 1, 4, 9]]);
});

Deno.test("Firenze, Pool methods: close or terminate, then join", async () => {
  const closed = new mp.Pool(1);
  const result = closed.mapAsync(vectorSquare, [1, 2]);
  closed.close();
  await closed.join();
  assertEquals(await result.get(), [1, 4]); // close lets the work end
  const terminated = new mp.Pool(1);
  const lost = terminated.applyAsync(after, [new mp.Event(), 1]);
  terminated.terminate();
  await terminated.join();
  await assertRejects(() => lost.get(), mp.PoolTerminatedError); // terminate does not
});

Deno.test("UVA, The Pool Class: map of x * x over 1 to 10", async () => {
  const pool = new mp.Pool(4);
  const result = await pool.map(vectorSquare, range(1, 11));
  assertEquals(result, [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]);
  pool.close();
  await pool.join();
});

Deno.test("UVA, The Pool Class: map_async of x * x, get later", async () => {
  const pool = new mp.Pool(4);
  const result = pool.mapAsync(vectorSquare, range(1, 11));
  const otherThings = sum(range(10));
  assertEquals(await result.get(), [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]);
  assertEquals(otherThings, 45);
  pool.close();
  await pool.join();
});

const power = mp.task(import.meta, (x: number, y: number) => x ** y);

Deno.test("UVA, The Pool Class: starmap of pairs made by zip (file not shown)", async () => {
  const pool = new mp.Pool(4);
  const result = await pool.starmap(power, zip(range(1, 6), range(5)));
  assertEquals(result, [1, 2, 9, 64, 625]);
  pool.close();
  await pool.join();
});

Deno.test("UVA, The Pool Class: apply_async of x ** 3, results collected", async () => {
  const pool = new mp.Pool(4);
  const results: mp.AsyncResult<number>[] = [];
  for (const x of range(1, 11)) results.push(pool.applyAsync(power, [x, 3]));
  const allresults = await Promise.all(results.map((result) => result.get()));
  assertEquals(allresults, [1, 8, 27, 64, 125, 216, 343, 512, 729, 1000]);
  pool.close(); // the slide leaves this out
  await pool.join();
});

const add = mp.task(import.meta, (a: number, b: number) => a + b);
const pairs = [...range(12)].map((i): [number, number] => [2 * i, 2 * i + 1]);

Deno.test("Duke, In [50] [51]: starmap of a + b over pairs", async () => {
  await using pool = new mp.Pool(4);
  const res = await pool.starmap(add, pairs);
  assertEquals(res, [1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45]);
});

const times = mp.task(import.meta, (b: number, a: number) => a * b);

Deno.test("Duke, In [52] to [54]: map of a partial that doubles", async () => {
  const fp = mp.partial(times, 2); // Python freezes the last argument by name; here the first ones
  await using pool = new mp.Pool(4);
  const res = await pool.map(fp, range(24));
  assertEquals(res, [...range(24)].map((x) => 2 * x));
});
