/**
 * A small lecture made by hand, for the tests.
 *
 * @module
 */
import type { Outcome } from "../../scenario.ts";
import { figureOf } from "../../trace/figure.ts";
import { findingsOf } from "../../trace/findings.ts";
import { modelOf } from "../../trace/model.ts";
import { lostUpdate } from "../../trace/testing/trace_builder.ts";
import { type Entry, type LectureData, lectureVersion, type Recording } from "../data.ts";

/** Text that would end a script, open an element, or end an attribute. */
export const hostile = `</script><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;

const outcome: Outcome = {
  found: "lost 40 %",
  answer: [
    "Some are lost.",
    {
      columns: ["way", "counter", "lost", "of all", "ms"],
      rows: [["plain", 600, 400, "40.0 %", 1.5], ["lock", 1000, 0, "0.0 %", 12]],
    },
  ],
  outcomes: [{
    of: "two workers add once",
    runs: 1000,
    seed: 7,
    rows: [
      { outcome: "2", count: 996, label: "expected", means: "both are there" },
      { outcome: "1", count: 4, label: "interesting", means: "one is lost" },
      { outcome: "0", count: 0, label: "forbidden", means: "nothing was written" },
    ],
  }],
  why: "A read, an addition, a write.",
  beside: { columns: ["", "slide", "here"], rows: [["lost", "44 %", "40 %"]] },
  check: [{ claim: "Updates are lost.", holds: true }],
};

const model = modelOf(lostUpdate());

/** A recording of a lost update. */
export const recording: Recording = {
  findings: findingsOf(model),
  cost: model.cost,
  figure: figureOf(model, "race-condition").text,
};

/** A scenario that passed; `changes` make it another one. */
export function entry(changes: Partial<Entry> = {}): Entry {
  return {
    id: "race-condition",
    deck: "Duke",
    slide: "Race conditions",
    question: "What is the counter in the end?",
    next: "chunk-size",
    file: "scenarios/race_condition.ts",
    code: "const n = 1;\ncounter.value += 1; // <- a read, an addition, a write\n/* two\nlines */",
    lesson: {
      predict: "Is it *always* the same?",
      beyond: "A right answer proves nothing.",
      exercise: "Count in a variable:\n\n```ts ignore\nlet mine = 0;\n```",
      answer: "It is right, by luck.",
      python: 'print("hello")\ncounter.value += 1  # <- three steps',
    },
    command: "deno task scenario race-condition --quick",
    passed: true,
    seconds: 1.25,
    finding: "",
    settings: ["2 workers"],
    ran: ["plain: 400 lost"],
    outcome,
    error: null,
    trace: recording,
    ...changes,
  };
}

/** A scenario with a chart of lines. */
export const chunks: Entry = entry({
  id: "chunk-size",
  next: "race-condition",
  outcome: {
    ...outcome,
    answer: [{
      columns: ["chunk size", "chunks", "workers busy", "here s", "slide s"],
      rows: [[1, 1000, 2, 0.4, 4.2], [10, 100, 2, 0.2, null], [100, 10, 2, 0.15, 1.32]],
    }],
    outcomes: [],
  },
});

/** A scenario that broke before its answer, without words and without a recording. */
export const broken: Entry = entry({
  id: "deadlock",
  deck: "PNNL",
  next: "nowhere",
  lesson: null,
  passed: false,
  finding: "did not end within 30 s and was stopped",
  outcome: null,
  error: "Error: it broke\n    at somewhere",
  trace: null,
});

/** A lecture of these scenarios. */
export function lecture(...entries: Entry[]): LectureData {
  return {
    version: lectureVersion,
    createdAt: "2026-11-21T09:17:00.000Z",
    machine: { cpu: "Some CPU", cores: 2, rule: "the affinity mask", deno: "2.9.6" },
    command: "deno task lecture",
    full: false,
    seconds: 65,
    entries,
  };
}
