import { assert } from "@std/assert";
import { cost, ways } from "./increment_cost.ts";

for (const way of ways) {
  Deno.test(`cost() measures an increment by two workers: ${way}`, async () => {
    const ns = await cost(way, 2, 1000);
    assert(Number.isFinite(ns) && ns > 0, `${ns} ns`);
  });
}
