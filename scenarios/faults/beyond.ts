/**
 * The faults of the scenarios beyond the slides.
 *
 * @module
 */
import type { Fault } from "./fault.ts";

/** One for each scenario, or more. */
export const beyond: readonly Fault[] = [
  {
    id: "amdahl",
    what: "the serial part is left out",
    edits: [["const alone = work(serial);", "const alone = 0;"]],
    flags: ["--runs", "1"],
    fails: "However it is shared out, all steps are done.",
  },
  {
    id: "memory-bandwidth",
    what: "shares of size / workers lose the rest",
    edits: [[
      "Math.floor(w * vectors[0].length / workers)",
      "w * Math.floor(vectors[0].length / workers)",
    ]],
    flags: ["--workers", "2", "--size", "1001"],
    fails: "After each measurement every element is right.",
  },
];
