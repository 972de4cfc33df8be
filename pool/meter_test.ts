import { assert, assertEquals } from "@std/assert";
import { Event } from "@polycore/sync";
import { desksOf, readMeters, setMeters } from "./internal.ts";
import { Pool } from "./mod.ts";

const compute = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end;);
  return ms;
};

Deno.test("a worker counts what it computes, what it waits, and what is neither", async () => {
  await using pool = new Pool(2);
  await pool.map(compute, [0, 0, 0, 0]); // both have loaded everything
  const desks = desksOf(pool);
  assertEquals(desks.length, 2);
  setMeters(desks, true);
  const gate = new Event();
  const begun = new Event();
  const blocked = pool.apply((gate: Event, begun: Event) => {
    begun.set();
    gate.wait();
  }, [gate, begun]);
  begun.wait();
  // Long enough to be seen in the sums; the other worker does it, as this one is blocked.
  await pool.map(compute, [20, 20, 20]);
  gate.set();
  await blocked;
  const meters = readMeters(desks);
  const sum = (key: keyof typeof meters[0]) => meters.reduce((sum, meter) => sum + meter[key], 0);
  assert(sum("busyMs") >= 60, `busy ${sum("busyMs")}`);
  assert(
    Math.max(...meters.map(({ waitingMs }) => waitingMs)) >= 55,
    `waiting ${sum("waitingMs")}`,
  );
  assert(sum("communicatingMs") > 0 && sum("communicatingMs") < sum("busyMs"));
  const busiest = meters.toSorted((a, b) => b.busyMs - a.busyMs)[0];
  assert(busiest.waitingMs < 20, `the one that computes waited ${busiest.waitingMs}`);
});

Deno.test("an awaited promise counts as waiting", async () => {
  await using pool = new Pool(1);
  setMeters(desksOf(pool), true);
  await pool.apply(() => new Promise<void>((resolve) => setTimeout(resolve, 30)));
  const [{ busyMs, waitingMs }] = readMeters(desksOf(pool));
  assert(waitingMs >= 29 && busyMs < 29, `waiting ${waitingMs}, busy ${busyMs}`);
});

Deno.test("a pool that is not metered counts nothing", async () => {
  await using pool = new Pool(1);
  await pool.apply(compute, [5]);
  assertEquals(readMeters(desksOf(pool)), [{ busyMs: 0, waitingMs: 0, communicatingMs: 0 }]);
});
