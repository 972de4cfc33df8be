import { assertEquals } from "@std/assert";
import { timeAxis } from "./time_axis.js";

function labels(from: number, to: number, most = 4): string {
  return timeAxis(from, to, most).ticks.map(({ label }) => label).join(" ");
}

Deno.test("timeAxis() has round marks with one unit, as many as there is room for", () => {
  assertEquals(labels(0, 17), "0 ms 5 ms 10 ms 15 ms");
  assertEquals(labels(0, 4000, 8), "0.0 s 0.5 s 1.0 s 1.5 s 2.0 s 2.5 s 3.0 s 3.5 s 4.0 s");
  assertEquals(labels(12.3, 12.5), "12.30 ms 12.35 ms 12.40 ms 12.45 ms 12.50 ms");
  assertEquals(labels(0.0101, 0.0104), "10.1 µs 10.2 µs 10.3 µs 10.4 µs");
});

Deno.test("timeAxis() tells microseconds apart, however late in a long run", () => {
  assertEquals(
    labels(5000, 5000.004),
    "5000.000 ms 5000.001 ms 5000.002 ms 5000.003 ms 5000.004 ms",
  );
  assertEquals(labels(1, 1), "1000.000 µs");
});
