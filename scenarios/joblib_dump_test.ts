import { assertEquals } from "@std/assert";
import { checkSaved, type Saved } from "./joblib_dump.ts";

const of = (file: number, same = true): Saved => ({
  bytes: 10_000,
  file,
  dumpMs: 1,
  loadMs: 1,
  same,
});

const good: [string, Saved][] = [
  ["none", of(10_100)],
  ["zlib 1", of(5000)],
  ["zlib 3", of(4000)],
  ["zlib 9", of(3000)],
];

/** What holds when some of the files are others. */
function holds(other: [string, Saved][], noise = of(9500), gzip = true): boolean[] {
  return checkSaved(new Map([...good, ...other]), noise, gzip).map((check) => check.holds);
}

Deno.test("checkSaved() holds when all files are as they should be", () => {
  assertEquals(holds([]), [true, true, true, true, true, true]);
});

Deno.test("checkSaved() fails when a file gives other numbers back", () => {
  assertEquals(holds([["xz 3", of(3000, false)]])[0], false);
  assertEquals(holds([], of(9500, false))[0], false);
});

Deno.test("checkSaved() fails when the plain file is compressed, or much more than the array", () => {
  assertEquals(holds([["none", of(9000)]])[1], false);
  assertEquals(holds([["none", of(12_000)]])[1], false);
});

Deno.test("checkSaved() fails when a format does not compress, or nothing was", () => {
  assertEquals(holds([["lz4", of(10_100)]])[2], false);
  assertEquals(checkSaved(new Map([good[0]!]), of(9500), true).map((check) => check.holds), [
    ...[true, true, false],
    ...[false, true, true],
  ]);
});

Deno.test("checkSaved() fails when a level is no better, noise is compressed, or .gz is no gzip", () => {
  assertEquals(holds([["zlib 9", of(4000)]])[3], false);
  assertEquals(holds([], of(5000))[4], false);
  assertEquals(holds([], of(9500), false)[5], false);
});
