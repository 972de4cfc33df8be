import * as mp from "@polycore/polycore";
import { assertEquals, assertThrows } from "@std/assert";
import { monteCarloPi, nearPi } from "./monte_carlo.ts";
import { range, sum } from "./python.ts";

const random = mp.task(import.meta, (_: number) => Math.random());

Deno.test("nearPi can fail", () => {
  assertThrows(() => nearPi(3.3, 1e4));
  assertThrows(() => nearPi(3, 1e4));
});

Deno.test("Duke, In [4] [5]: pi ten times in one loop", () => {
  const res = [...range(10)].map(() => monteCarloPi(1e5));
  res.forEach((pi) => nearPi(pi, 1e5));
});

Deno.test("Duke, In [6] to [8]: the loop compiled by numba, which V8 does by itself", () => {
  const res = Float64Array.from([...range(10)].map(() => monteCarloPi(1e6)));
  assertEquals(res.length, 10);
  res.forEach((pi) => nearPi(pi, 1e6));
});

Deno.test("Duke, In [9] to [11]: the loop compiled by Cython, which V8 does by itself", () => {
  const res = Float64Array.from([...range(10)].map(() => monteCarloPi(1e6)));
  nearPi(sum(res) / res.length, 1e7);
});

Deno.test("Duke, In [41] [42]: Pool.map of ten large jobs", async () => {
  await using pool = new mp.Pool(4);
  const res = await pool.map(monteCarloPi, Array(10).fill(1e6));
  assertEquals(res.length, 10);
  res.forEach((pi) => nearPi(pi, 1e6));
  // The slide's forked workers draw the same numbers; these do not.
  const drawn = await pool.map(random, range(100), { chunkSize: 1 });
  assertEquals(new Set(drawn).size, 100);
});

Deno.test("Duke, In [43] [45]: Pool.map of ten thousand small jobs", async () => {
  await using pool = new mp.Pool(4);
  const res = await pool.map(monteCarloPi, Array(10_000).fill(1e3));
  assertEquals(res.length, 10_000);
  nearPi(sum(res) / res.length, 1e7);
});

Deno.test("UVA, The Pool Class: Monte-Carlo pi, the throws cut evenly (file not shown)", async () => {
  const ncpus = 4;
  const numPoints = 10_000;
  const myNumPoints = [...range(ncpus)].map((i) =>
    Math.floor((i + 1) * numPoints / ncpus) - Math.floor(i * numPoints / ncpus)
  );
  assertEquals(myNumPoints, [2500, 2500, 2500, 2500]); // as the slide prints
  const pool = new mp.Pool(ncpus);
  const parts = await pool.map(monteCarloPi, myNumPoints);
  nearPi(sum(parts) / ncpus, numPoints);
  pool.close();
  await pool.join();
});

Deno.test("UVA, The Pool Class: NUM_PROCS says how many cores (file not shown)", () => {
  const before = Deno.env.get("NUM_PROCS");
  Deno.env.set("NUM_PROCS", "3");
  try {
    assertEquals(mp.cpuCount(), 3);
  } finally {
    if (before === undefined) Deno.env.delete("NUM_PROCS");
    else Deno.env.set("NUM_PROCS", before);
  }
});
