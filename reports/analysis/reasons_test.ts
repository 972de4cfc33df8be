import { assertEquals } from "@std/assert";
import type { Kernel, WorkerTime } from "../schema.ts";
import { syntheticKernel, type SyntheticModel, syntheticReport } from "../synthetic_report.ts";
import { findingOf } from "./findings.ts";
import { analyseKernel } from "./kernel.ts";
import { analyseReport } from "./report.ts";

/** A kernel of which only the times are known. */
function timesOnly(workers: number[], changes: Partial<SyntheticModel>): Kernel {
  const kernel = syntheticKernel("sum", workers, { samples: 21, noise: 0.005, ...changes });
  const runs = kernel.runs.map((run) => ({ ...run, workerTimes: null }));
  return { ...kernel, title: "Sum", bytesPerUnit: null, baseLines: [], runs };
}

const whyOf = (kernel: Kernel, cores: number | null = null) =>
  findingOf(analyseKernel(kernel, { cores, roof: null })).why;

Deno.test("a good efficiency needs no reason", () => {
  assertEquals(whyOf(timesOnly([1, 2, 4, 8], { contention: 0.005 })), null);
});

Deno.test("a serial part is named with its interval", () => {
  const why = whyOf(timesOnly([1, 2, 4, 8], { contention: 0.08 }))!;
  assertEquals(
    /^(7|8)\.\d % of the work is serial by Amdahl's law \(7\.\d % to 8\.\d %\)$/.test(why),
    true,
    why,
  );
});

Deno.test("coherency that is surely above 0 is named with the peak", () => {
  const why = whyOf(timesOnly([1, 2, 4, 8, 16], { contention: 0.02, coherency: 0.01 }))!;
  assertEquals(why.startsWith("by the Universal Scalability Law each pair of workers adds"), true);
  assertEquals(why.endsWith("the fewest milliseconds are due at 10 workers"), true, why);
});

Deno.test("no law is named where the times do not follow it", () => {
  const kernel = timesOnly([1, 2, 4, 8], { contention: 0.2 });
  // Twice as slow on 4 as on either side.
  kernel.runs[2].samplesMs = kernel.runs[2].samplesMs.map((ms) => ms * 2);
  assertEquals(whyOf(kernel), null);
});

Deno.test("nothing is named that the intervals leave open", () => {
  assertEquals(whyOf(timesOnly([1, 2, 4, 8], { contention: 0.08, samples: 5 })), null);
  assertEquals(whyOf(timesOnly([1, 2, 4, 8], { contention: 0.03, noise: 0.5 })), null);
});

Deno.test("no law is named where other programs took part of the machine", () => {
  const whyAt = (loadStart: number) => {
    const report = syntheticReport(8, [1, 2, 4, 8], { loadStart });
    report.kernels = [timesOnly([1, 2, 4, 8], { contention: 0.08 })];
    return findingOf(analyseReport(report).kernels[0]).why;
  };
  assertEquals(whyAt(0.1)!.includes("Amdahl"), true);
  assertEquals(whyAt(3), null);
});

Deno.test("the cores are named where more workers than cores do not help", () => {
  const kernel = timesOnly([1, 2, 4], { contention: 0.01 });
  kernel.runs[2].samplesMs = kernel.runs[1].samplesMs.map((ms) => ms * 1.1);
  assertEquals(whyOf(kernel, 2), "the program may use 2 cores");
  const { sentence } = findingOf(analyseKernel(kernel, { cores: 2, roof: null }));
  assertEquals(sentence.endsWith("It stops gaining there: the program may use 2 cores."), true);
});

Deno.test("the memory is named before the laws, with the bandwidth and its share", () => {
  const report = syntheticReport(4, [1, 2, 3, 4]);
  // 24 bytes of 10 million elements in 5 ms: 48 GB/s from 2 workers on.
  const triad = timesOnly([1, 2, 3, 4], { size: 1e7, noise: 0.002 });
  const dot = { ...timesOnly([1, 2, 3, 4], { size: 4e6 }), title: "The dot product" };
  const flat = (kernel: Kernel, times: number[]) =>
    kernel.runs.map((run, i) => ({
      ...run,
      samplesMs: run.samplesMs.map((_, j) => times[i] * (1 + 0.001 * (j % 5))),
    }));
  report.kernels = [
    { ...dot, bytesPerUnit: 16, runs: flat(dot, [3.2, 1.7, 1.4, 1.4]) },
    { ...triad, name: "triad", bytesPerUnit: 24, runs: flat(triad, [9, 5, 5, 5]) },
  ];
  const [finding, roof] = analyseReport(report).kernels.map(findingOf);
  assertEquals(
    finding.sentence,
    "The dot product runs 2.29 times as fast on 3 workers as on one, 76 % of the ideal. It stops " +
      "gaining there: it draws 45.6 GB/s, 95 % of what the triad reaches on this machine.",
  );
  assertEquals(roof.why, "it draws 47.9 GB/s, the most that it reached in this report");
});

Deno.test("the workers' own clocks are named before the laws", () => {
  const whyWith = (time: Partial<WorkerTime>, first: Partial<WorkerTime> = time) => {
    const kernel = timesOnly([1, 2, 4], { contention: 0.3 });
    const all = { busyMs: 70, waitingMs: 0, communicatingMs: 0, idleMs: 0 };
    for (const run of kernel.runs) {
      run.workerTimes = Array.from(
        { length: run.workers },
        (_, i) => ({ ...all, ...(i === 0 ? first : time) }),
      );
    }
    return whyOf(kernel);
  };
  assertEquals(
    whyWith({ waitingMs: 30 }),
    "the workers wait 30 % of the time for locks, queues or each other",
  );
  assertEquals(
    whyWith({ communicatingMs: 30 }),
    "the workers spend 30 % of the time on fetching tasks and handing over results",
  );
  assertEquals(whyWith({ idleMs: 30 }), "the workers wait 30 % of the time for tasks");
  assertEquals(
    whyWith({ busyMs: 60, idleMs: 40 }, { busyMs: 100 }),
    "the workers have nothing to do for 30 % of the time, and the busiest is busy 43 % longer than " +
      "the mean",
  );
  assertEquals(whyWith({ idleMs: 5 })!.includes("Amdahl"), true);
});
