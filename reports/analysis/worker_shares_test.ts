import { assertAlmostEquals, assertEquals } from "@std/assert";
import { workerShares } from "./worker_shares.ts";

const time = (busyMs: number, waitingMs = 0, communicatingMs = 0, idleMs = 0) => ({
  busyMs,
  waitingMs,
  communicatingMs,
  idleMs,
});

Deno.test("workerShares() weighs each worker by its time, and adds up to 1", () => {
  const shares = workerShares([time(30, 10), time(10, 20, 5, 5)])!;
  assertEquals(shares.all, { busy: 0.5, waiting: 0.375, communicating: 0.0625, idle: 0.0625 });
  assertEquals(shares.each[1], { busy: 0.25, waiting: 0.5, communicating: 0.125, idle: 0.125 });
  assertAlmostEquals(shares.imbalance, 0.5); // 30 against a mean of 20
});

Deno.test("workerShares() bears workers that did nothing", () => {
  assertEquals(workerShares([time(0), time(0)]), null);
  const shares = workerShares([time(10), time(0)])!;
  assertEquals([shares.each[1].idle, shares.imbalance], [1, 1]);
  assertEquals(workerShares([time(0, 5)])!.imbalance, 0);
});
