import { assert } from "@std/assert";
import { measureTimer } from "./timer.ts";

Deno.test("measureTimer() finds a cost and a step that a clock can have", () => {
  const { cost, resolution } = measureTimer();
  assert(cost > 0 && cost < 100_000, `cost ${cost}`);
  assert(resolution > 0 && resolution < 10_000_000, `resolution ${resolution}`);
});
