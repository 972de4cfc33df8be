import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { TaskPoint } from "../schema.ts";
import { syntheticKernel } from "../synthetic_report.ts";
import { crossoverOf } from "./crossover.ts";
import { seededRandom } from "./random.ts";

function points(speedups: [units: number, speedup: number][]): TaskPoint[] {
  return speedups.map(([unitsPerTask, speedup]) => ({
    unitsPerTask,
    tasks: 8,
    serialMs: [98, 99, 99, 101, 101, 102].map((ms) => ms * speedup),
    poolMs: [98, 99, 99, 101, 101, 102],
  }));
}

Deno.test("crossoverOf() draws a power law between the sizes", () => {
  const found = crossoverOf(points([[100, 0.5], [10_000, 2], [100_000, 3]]), seededRandom(1));
  assertEquals(found.wins, "within");
  assertAlmostEquals(found.unitsPerTask!, 1000, 1e-9);
  assertEquals(found.low! < 1000 && found.high! > 1000 && found.high! < 1200, true);
});

Deno.test("crossoverOf() takes the last crossing: above it the pool always wins", () => {
  const found = crossoverOf(points([[1, 2], [10, 0.5], [1000, 2]]), seededRandom(1));
  assertAlmostEquals(found.unitsPerTask!, 100, 1e-9);
});

Deno.test("crossoverOf() says always and never, and leaves an end open", () => {
  const always = crossoverOf(points([[1, 1.5], [10, 2]]), seededRandom(1));
  assertEquals([always.wins, always.unitsPerTask, always.low, always.high], [
    "always",
    null,
    null,
    null,
  ]);
  const never = crossoverOf(points([[1, 0.5], [10, 0.9]]), seededRandom(1));
  assertEquals([never.wins, never.high], ["never", null]);
  const open = crossoverOf(points([[1, 0.5], [10, 1.005]]), seededRandom(1));
  assertEquals([open.wins, open.low! > 5, open.high], ["within", true, null]);
});

Deno.test("crossoverOf() finds the place of the model", () => {
  // The pool of 4 takes (units * 1 µs + 20 µs) / 4 for a task: it wins from 6.7 units on; of 2, 20.
  const { taskSweep } = syntheticKernel("sum", [1, 2], { samples: 31 });
  const found = crossoverOf(taskSweep!.points, seededRandom(1));
  assertEquals(found.unitsPerTask! > 15 && found.unitsPerTask! < 30, true, `${found.unitsPerTask}`);
  assertEquals(found.low! <= found.unitsPerTask! && found.unitsPerTask! <= found.high!, true);
});
