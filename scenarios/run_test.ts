import { assertEquals, assertStringIncludes } from "@std/assert";
import { resolve } from "./arguments.ts";
import { checkRace, scenario as race } from "./race_condition.ts";
import { run, settings } from "./run.ts";
import type { Outcome, Scenario } from "./scenario.ts";

const options = resolve(race, {}, true);

/** The scenario as it would be if its run ended like that. */
function ending(end: () => Partial<Outcome>): Scenario {
  const outcome = () => ({ found: "", answer: [], why: "", check: [], ...end() });
  const { often: _, ...rest } = race;
  return { ...rest, run: (_, print) => Promise.try(() => (print("it ran"), outcome())) };
}

const none = () => {};

Deno.test("run() passes when every check holds", async () => {
  const good = ending(() => ({ check: checkRace(100, [40, 50], 100, 100) }));
  const report = await run(good, options, none);
  assertEquals([report.passed, report.ran], [true, ["it ran"]]);
});

Deno.test("run() fails when race-condition loses no update", async () => {
  const lossless = ending(() => ({ check: checkRace(100, [100, 100], 100, 100) }));
  assertEquals((await run(lossless, options, none)).passed, false);
});

Deno.test("run() fails when nothing was checked", async () => {
  assertEquals((await run(ending(() => ({})), options, none)).passed, false);
});

Deno.test("run() fails when a forbidden outcome came", async () => {
  const check = [{ claim: "It holds.", holds: true }];
  const came = (count: number) => {
    const row = { outcome: "0", count, label: "forbidden", means: "nothing was written" } as const;
    const other = { outcome: "1", count: 5 - count, label: "expected", means: "one was" } as const;
    const often = () => Promise.resolve([{ of: "a write", runs: 5, rows: [row, other] }]);
    return { ...ending(() => ({ check })), often };
  };
  assertEquals((await run(came(0), options, none)).passed, true);
  const report = await run(came(1), options, none);
  assertEquals([report.passed, report.check!.length], [false, 2]);
});

Deno.test("run() makes an error a failed report that keeps what ran", async () => {
  const broken = ending(() => {
    throw new TypeError("it broke");
  });
  const report = await run(broken, options, none);
  assertEquals([report.passed, report.ran], [false, ["it ran"]]);
  assertStringIncludes(report.error!, "it broke");
});

Deno.test("settings() says what --quick scaled down", () => {
  const lines = settings(race, resolve(race, {}, true)).join("\n");
  assertStringIncludes(lines, "scaled down by --quick from 20,000");
  const full = settings(race, resolve(race, {}, false)).join("\n");
  assertEquals(full.includes("--quick"), false);
});
