import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Given, knownId, readRequest, resolve, UsageError } from "./arguments.ts";
import { scenario } from "./threads_hide_io.ts";

function refusal(...words: string[]): string {
  return assertThrows(() => readRequest(words), UsageError).message;
}

Deno.test("readRequest() without words is the tour", () => {
  const { id, list, help, json } = readRequest([]);
  assertEquals({ id, list, help, json }, { id: undefined, list: false, help: false, json: false });
});

Deno.test("readRequest() reads the id, numbers and switches in any order", () => {
  const request = readRequest(["--quick", "deadlock", "--workers", "3", "--seed=0", "--json"]);
  assertEquals(request.id, "deadlock");
  assertEquals(request.given, { workers: 3, seed: 0 });
  assertEquals([request.quick, request.json, request.source], [true, true, false]);
});

Deno.test("readRequest() takes 1e6 and 2_000_000 for numbers", () => {
  assertEquals(readRequest(["x", "--size", "1e6"]).given, { size: 1_000_000 });
  assertEquals(readRequest(["x", "--size", "2_000_000"]).given, { size: 2_000_000 });
});

Deno.test("readRequest() refuses what is no number, naming it and the way out", () => {
  for (const bad of ["0", "x", "1.5", "-3", "1e400", "0x10", "Infinity", "9e15e"]) {
    const message = refusal("x", "--workers", bad);
    assertStringIncludes(
      message,
      `--workers takes a whole number from 1 up, but was given "${bad}"`,
    );
    assertStringIncludes(message, "leave it out");
  }
  assertStringIncludes(refusal("x", "--size"), "was given nothing");
  assertStringIncludes(refusal("x", "--seed", "4294967296"), "from 0 to 4294967295");
});

Deno.test("readRequest() reads the path of a file, and refuses none and the tour", () => {
  assertEquals(readRequest(["x", "--file", "a b.txt"]).given, { file: "a b.txt" });
  assertStringIncludes(refusal("x", "--file"), "was given nothing");
  assertStringIncludes(refusal("--file", "a.txt"), "--file needs to know which scenario");
});

Deno.test("readRequest() refuses an unknown flag with the nearest", () => {
  assertStringIncludes(
    refusal("--wrokers=3"),
    'Unknown flag "--wrokers": the nearest is --workers',
  );
  assertStringIncludes(refusal("x", "-q"), 'Unknown flag "-q"');
});

Deno.test("readRequest() refuses a second id", () => {
  assertStringIncludes(
    refusal("deadlock", "race-condition"),
    '"race-condition" follows "deadlock"',
  );
});

Deno.test("readRequest() refuses --predict with what asks nothing or runs nothing", () => {
  assertStringIncludes(refusal("x", "--predict", "--json"), "--json prints data for programs");
  assertStringIncludes(refusal("x", "--source", "--predict"), "--source runs nothing");
  assertStringIncludes(refusal("x", "--predict", "--answer"), "--answer runs nothing");
  assertEquals(readRequest(["x", "--predict", "--quick"]).predict, true);
});

Deno.test("readRequest() refuses --source with --answer", () => {
  assertStringIncludes(refusal("x", "--source", "--answer"), "one at a time");
  assertEquals(readRequest(["x", "--answer", "--json"]).answer, true);
});

Deno.test("readRequest() refuses numbers for the tour, but takes a seed and --quick", () => {
  assertStringIncludes(refusal("--size", "5"), "--size needs to know which scenario it is for");
  for (const one of ["--source", "--answer", "--predict"]) {
    assertStringIncludes(refusal(one), `${one} needs to know which scenario it is for`);
  }
  assertEquals(readRequest(["--seed", "5", "--quick"]).given, { seed: 5 });
});

Deno.test("knownId() suggests the nearest id", () => {
  assertEquals(knownId("b", ["a", "b"]), "b");
  const error = assertThrows(() => knownId("deadlok", ["race-condition", "deadlock"]), UsageError);
  assertStringIncludes(error.message, 'no scenario "deadlok": the nearest is "deadlock"');
});

Deno.test("resolve() fills in the full size, or the quick one", () => {
  const { size, runs, seed, file } = resolve(scenario, {}, false);
  assertEquals([size, runs, seed, file], [10, 5, 1, ""]);
  assertEquals(resolve(scenario, {}, true).runs, 3);
  assertEquals(resolve(scenario, { runs: 7, seed: 9 }, true).runs, 7);
});

Deno.test("resolve() refuses a number out of range and one that means nothing", () => {
  const refuse = (given: Given) => assertThrows(() => resolve(scenario, given, false), UsageError);
  assertStringIncludes(refuse({ size: 3 }).message, "--size of threads-hide-io is from 8 to 1000");
  assertStringIncludes(
    refuse({ workers: 2 }).message,
    "--workers means nothing to threads-hide-io, which takes --size, --runs, --seed",
  );
  assertStringIncludes(refuse({ file: "a.txt" }).message, "--file means nothing to");
});
