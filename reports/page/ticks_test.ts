import { assertEquals } from "@std/assert";
import { linearAxis, logAxis, workersAxis } from "./ticks.ts";

const values = (axis: { ticks: { value: number }[] }) => axis.ticks.map((tick) => tick.value);

Deno.test("linearAxis() starts at 0 and ends at or above the largest value", () => {
  assertEquals(values(linearAxis(1.94, String)), [0, 0.5, 1, 1.5, 2]);
  assertEquals(values(linearAxis(16, String)), [0, 5, 10, 15, 20]);
  assertEquals(linearAxis(0.3, String).ticks.map((tick) => tick.label).at(-1), "0.3");
});

Deno.test("logAxis() marks 1, 2 and 5 and encloses the values", () => {
  assertEquals(values(logAxis(81, 1300, String)), [50, 100, 200, 500, 1000, 2000]);
  assertEquals(values(logAxis(100, 100, String)), [100, 200]);
  assertEquals(values(logAxis(0.0007, 0.003, String)), [0.0005, 0.001, 0.002, 0.005]);
});

Deno.test("workersAxis() marks what was measured and leaves room around it", () => {
  const axis = workersAxis([1, 2, 12], "logarithmic");
  assertEquals(values(axis), [1, 2, 12]);
  assertEquals(axis.min < 1 && axis.max > 12, true);
  const one = workersAxis([1], "logarithmic");
  assertEquals(one.min < one.max, true);
});
