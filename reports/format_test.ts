import { assertEquals } from "@std/assert";
import { formatList, formatMs, formatPercent, significant } from "./format.ts";

Deno.test("formatMs() takes the unit that fits", () => {
  assertEquals([0.000042, 0.5, 1, 999, 1000, 402000].map(formatMs), [
    "42.0 ns",
    "500 µs",
    "1.00 ms",
    "999 ms",
    "1.00 s",
    "402 s",
  ]);
});

Deno.test("significant() does not gain a digit by rounding", () => {
  assertEquals([9.994, 9.996, 99.94, 99.96, 1234.5].map(significant), [
    "9.99",
    "10.0",
    "99.9",
    "100",
    "1235",
  ]);
});

Deno.test("formatPercent() has no minus before a zero", () => {
  assertEquals([-0.0001, 0, -0.03, 1.25].map(formatPercent), ["0.0 %", "0 %", "-3.0 %", "125 %"]);
});

Deno.test("formatList() joins with commas and one and", () => {
  assertEquals([[], [1], [1, 2], [1, 2, 3]].map(formatList), ["", "1", "1 and 2", "1, 2 and 3"]);
});
