import { assertEquals } from "@std/assert";
import type { Kernel } from "../schema.ts";
import { syntheticKernel } from "../synthetic_report.ts";
import { findingOf } from "./findings.ts";
import { analyseKernel } from "./kernel.ts";

function kernel(times: [workers: number, ms: number][], serialMs?: number): Kernel {
  return {
    ...syntheticKernel("sum", [1]),
    title: "Sum",
    baseLines: serialMs
      ? [{
        name: "typescript",
        title: "the plain loop",
        threads: 1,
        missing: null,
        result: null,
        samplesMs: [serialMs],
      }]
      : [],
    runs: times.map(([workers, ms]) => ({ workers, samplesMs: [ms], workerTimes: null })),
  };
}

const sentenceOf = (of: Kernel) => findingOf(analyseKernel(of)).sentence;

Deno.test("findingOf() states both bases", () => {
  assertEquals(
    sentenceOf(kernel([[1, 100], [2, 52]], 96)),
    "Sum runs 1.92 times as fast on 2 workers as on one, 96 % of the ideal; " +
      "against the plain loop it is 1.85 times as fast, by too few samples to be sure.",
  );
});

Deno.test("findingOf() says where more workers make it slower", () => {
  assertEquals(
    sentenceOf(kernel([[1, 100], [2, 50], [4, 80]])),
    "Sum runs 2.00 times as fast on 2 workers as on one, 100 % of the ideal, by too few samples to " +
      "be sure. " +
      "More workers do not help: with 4 it is 1.25 times.",
  );
});

Deno.test("findingOf() does not praise a slowdown", () => {
  assertEquals(
    sentenceOf(kernel([[1, 100], [2, 125]])),
    "Sum gains nothing from more workers: 2 workers reach 0.80 times the speed of one, by too few " +
      "samples to be sure.",
  );
});

Deno.test("findingOf() does not call a gain what may be scatter", () => {
  const noisy = kernel([[1, 100], [2, 90]]);
  noisy.runs[0].samplesMs = [80, 90, 100, 100, 110, 150];
  noisy.runs[1].samplesMs = [60, 70, 90, 90, 110, 120];
  assertEquals(
    sentenceOf(noisy),
    "Sum shows no sure gain: 2 workers reach 1.11 times the speed of one, but the times scatter so " +
      "much that anything from 0.83 to 1.62 may be true.",
  );
});

Deno.test("findingOf() does not call a loss what may be scatter", () => {
  const noisy = kernel([[1, 100], [2, 110]]);
  noisy.runs[0].samplesMs = [80, 90, 100, 100, 110, 150];
  noisy.runs[1].samplesMs = [80, 100, 110, 110, 120, 130];
  assertEquals(sentenceOf(noisy).startsWith("Sum shows no sure gain"), true);
  noisy.runs[1].samplesMs = noisy.runs[1].samplesMs.map((ms) => 2 * ms);
  assertEquals(
    sentenceOf(noisy),
    "Sum gains nothing from more workers: 2 workers reach 0.45 times the speed of one.",
  );
});

Deno.test("findingOf() does without a comparison where there is none", () => {
  assertEquals(
    sentenceOf(kernel([[1, 100]], 98)),
    "Sum takes 100 ms on one worker, 0.98 times the speed of the plain loop.",
  );
  assertEquals(sentenceOf(kernel([[2, 100]])), "Sum takes 100 ms on 2 workers.");
});

Deno.test("findingOf() takes the fewest workers that reach the top within the noise", () => {
  const noisy = syntheticKernel("sum", [1, 2, 4], { contention: 0.02 });
  noisy.runs[2].samplesMs = noisy.runs[1].samplesMs.map((ms) => ms * 0.999);
  assertEquals(sentenceOf({ ...noisy, title: "Sum" }).includes("on 2 workers"), true);
});
