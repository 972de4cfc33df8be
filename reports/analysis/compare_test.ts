import { assertAlmostEquals, assertEquals } from "@std/assert";
import { probit } from "npm:simple-statistics@7.12.1";
import type { Report } from "../schema.ts";
import { syntheticReport } from "../synthetic_report.ts";
import { compareReports, comparisonInWords } from "./compare.ts";
import { seededRandom } from "./random.ts";

const WORKERS = [1, 2, 4, 8];

/** A machine whose speed wanders, which does not stop between two runs. */
function wanderingMachine(seed: number, deviation: number, memory: number) {
  const random = seededRandom(seed);
  const normal = () => probit(random());
  let slow = deviation * normal();
  const step = () => slow = memory * slow + deviation * Math.sqrt(1 - memory ** 2) * normal();
  return {
    /** Times of a run: 2 % of scatter, the machine's state, and now and then a stall. */
    measure(report: Report, own = 0.015): Report {
      for (const kernel of report.kernels) {
        const measured = [...kernel.baseLines.filter((line) => !line.missing), ...kernel.runs];
        // Each run has a place in memory of its own, which no repetition of a sample shows.
        const places = measured.map(() => own * normal());
        for (let round = 0; round < kernel.runs[0].samplesMs.length; round++) {
          step();
          measured.forEach(({ samplesMs }, i) => {
            const stall = random() < 0.05 ? 0.3 * random() : 0;
            samplesMs[round] *= Math.exp(slow + places[i] + stall);
          });
        }
      }
      // Other things happen between two runs.
      for (let i = 0; i < 20; i++) step();
      return report;
    },
  };
}

const changed = (before: Report, after: Report) =>
  compareReports(before, after).comparisons.filter(({ verdict }) =>
    verdict === "faster" || verdict === "slower"
  );

function report(seed: number, change = 1): Report {
  const made = syntheticReport(8, WORKERS, {}, { noise: 0.02, samples: 21, seed });
  for (const run of made.kernels[0].runs) run.samplesMs = run.samplesMs.map((ms) => ms * change);
  return made;
}

Deno.test("two runs of one program compare as no change nine times of ten on a noisy machine", () => {
  for (const [deviation, memory] of [[0.02, 0.5], [0.1, 0.8], [0.1, 0.97], [0.05, 0.995]]) {
    const pairs = 60;
    let wrong = 0;
    for (let i = 0; i < pairs; i++) {
      const machine = wanderingMachine(i + 1, deviation, memory);
      const before = machine.measure(report(2 * i));
      if (changed(before, machine.measure(report(2 * i + 1))).length > 0) wrong++;
    }
    assertEquals(wrong <= pairs / 10, true, `${wrong} of ${pairs}, ${deviation}, ${memory}`);
  }
});

Deno.test("a change of 20 % is found on a quiet machine, and only in the kernel that has it", () => {
  for (const [change, verdict] of [[1.2, "slower"], [1 / 1.2, "faster"]] as const) {
    let found = 0;
    for (let i = 0; i < 20; i++) {
      const machine = wanderingMachine(i + 100, 0.01, 0.9);
      const before = machine.measure(report(2 * i), 0.005);
      const list = changed(before, machine.measure(report(2 * i + 1, change), 0.005));
      assertEquals(list.every((c) => c.verdict === verdict && c.kernel === "monte-carlo-pi"), true);
      found += list.length;
    }
    // Four numbers of workers, twenty times.
    assertEquals(found >= 72, true, `${found} of 80`);
  }
});

Deno.test("the same report twice has changed nothing", () => {
  const { comparisons, notes } = compareReports(report(1), report(1));
  assertEquals(comparisons.every(({ verdict, p }) => verdict === "no change" && p === 1), true);
  assertEquals([comparisons.length, notes], [2 * (1 + WORKERS.length), []]);
  assertAlmostEquals(comparisons[0].ratio.value, 1);
});

Deno.test("size and significance are both needed", () => {
  const make = (change: number, samples: number) => {
    const made = syntheticReport(8, [1], {}, { noise: 0.001, samples, seed: samples });
    made.kernels[0].runs[0].samplesMs = made.kernels[0].runs[0].samplesMs.map((ms) => ms * change);
    return made;
  };
  // 3 % are as sure as can be, and too little; 30 % of 3 samples are enough, and not sure.
  const small = compareReports(make(1, 40), make(1.03, 40)).comparisons[1];
  assertEquals([small.verdict, small.p < 1e-6], ["no change", true]);
  assertEquals(compareReports(make(1, 3), make(1.3, 3)).comparisons[1].verdict, "unsure");
  const large = compareReports(make(1, 40), make(1.3, 40)).comparisons[1];
  assertEquals(large.verdict, "slower");
  assertEquals(
    comparisonInWords(large).replace(/\d+ % to \d+ %/, "a to b"),
    "1 worker: 30 % more time (95 % interval of the time a to b of what it was).",
  );
});

Deno.test("a base line that moved, or a busy machine, raises what counts as a change", () => {
  const [, quiet, , , eight] = compareReports(report(1), report(2)).comparisons.map((c) =>
    c.threshold
  );
  const moved = report(2);
  moved.kernels[0].baseLines[0].samplesMs = report(2).kernels[0].baseLines[0].samplesMs.map((ms) =>
    ms * 1.5
  );
  const { comparisons } = compareReports(report(1), moved);
  assertAlmostEquals(comparisons[1].threshold - quiet, 0.5, 0.05);
  const busy = report(2);
  busy.machine.loadStart = 13;
  // Nine threads are the run before; four more beside eight workers on eight cores may take half of
  // the time, and beside one worker nothing.
  const crowded = compareReports(report(1), busy).comparisons.map((c) => c.threshold);
  assertAlmostEquals(crowded[4] - eight, 0.5, 1e-9);
  assertAlmostEquals(crowded[1], quiet, 1e-9);
});

Deno.test("what is another problem or another machine is told", () => {
  const other = report(2);
  other.kernels[0].result = "2.7";
  other.kernels[1].size = 5;
  other.machine.cpu = "Other CPU";
  other.machine.deno = "3.0.0";
  assertEquals(compareReports(report(1), other), {
    comparisons: [],
    notes: [
      "The two runs differ in their processor and version of Deno, so the times compare that as " +
      "well as the program.",
      "Monte-Carlo pi is not compared, since its result differs.",
      "The dot product is not compared, since its size differs.",
    ],
  });
});

Deno.test("the same two reports always give the same comparison", () => {
  const text = () => JSON.stringify(compareReports(report(1), report(2)));
  assertEquals(text(), text());
});
