import { assertEquals, assertThrows } from "@std/assert";
import { load } from "../catalogue.ts";
import type { Report } from "../run.ts";
import type { Stop } from "../tour.ts";
import { collect, type LectureOptions } from "./collect.ts";
import { parseLecture } from "./data.ts";
import { entry, lecture, recording } from "./testing/made_up.ts";

const { machine } = lecture();
const scenarios = [
  { ...await load("threads-hide-io"), takes: { seed: true as const } },
  { ...await load("race-condition"), takes: {} },
];

/** As if each scenario had run well. */
function visitor(change: (id: string) => Partial<Stop> = () => ({})): LectureOptions["visit"] {
  return (id) => {
    const report = { ...entry().outcome, ran: ["so much"], passed: true } as unknown as Report;
    return Promise.resolve({
      id,
      passed: true,
      seconds: 1.234,
      finding: "",
      report,
      ...change(id),
    });
  };
}

Deno.test("each scenario is run, then recorded, and the seed goes to those that take one", async () => {
  const calls: unknown[] = [];
  const visit = visitor();
  const { entries, version } = await collect(scenarios, {
    full: true,
    seed: 5,
    command: "deno task lecture --full",
    machine,
    visit: (...args) => (calls.push(["run", ...args]), visit(...args)),
    record: (...args) => (calls.push(["record", ...args]), Promise.resolve(recording)),
    progress: (id, stop) => calls.push([id, stop?.passed]),
  });
  assertEquals(calls, [
    ["threads-hide-io", undefined],
    ["run", "threads-hide-io", 5, true],
    ["record", "threads-hide-io", 5],
    ["threads-hide-io", true],
    ["race-condition", undefined],
    ["run", "race-condition", undefined, true],
    ["record", "race-condition", undefined],
    ["race-condition", true],
  ]);
  assertEquals(version, 1);
  assertEquals(entries.map(({ command, seconds }) => [command, seconds]), [
    ["deno task scenario threads-hide-io --seed 5", 1.23],
    ["deno task scenario race-condition", 1.23],
  ]);
  assertEquals(entries[1]!.file, "scenarios/race_condition.ts");
  assertEquals(entries[1]!.code.includes("counter.value += 1"), true);
  assertEquals(entries[1]!.outcome?.found, "lost 40 %");
  assertEquals(entries[1]!.trace, recording);
});

Deno.test("a scenario that fails does not hold up the others, and is not recorded", async () => {
  const recorded: string[] = [];
  const broken = { passed: false, finding: "did not end", report: undefined };
  const data = await collect(scenarios, {
    full: false,
    seed: undefined,
    command: "",
    machine,
    visit: visitor((id) => id === "threads-hide-io" ? broken : {}),
    record: (id) => (recorded.push(id), Promise.resolve(null)),
  });
  assertEquals(recorded, ["race-condition"]);
  const [first, second] = data.entries;
  assertEquals([first!.passed, first!.finding, first!.outcome], [false, "did not end", null]);
  assertEquals([second!.passed, second!.ran], [true, ["so much"]]);
});

Deno.test("the data survive a file; a file of another kind or version is refused", () => {
  const data = lecture(entry());
  assertEquals(parseLecture(JSON.stringify(data), "x.json"), data);
  for (const text of ["{", "[]", "null", "{}", JSON.stringify({ ...data, version: 0 })]) {
    assertThrows(() => parseLecture(text, "x.json"), TypeError, "x.json is no data of a lecture");
  }
});
