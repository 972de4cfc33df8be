import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { probit } from "npm:simple-statistics@7.12.1";
import { modelMs, syntheticKernel, type SyntheticModel } from "../synthetic_report.ts";
import { type AmdahlFit, amdahlMs, fitAmdahl } from "./amdahl.ts";
import { resampleMedian } from "./bootstrap.ts";
import type { TimePoint } from "./law_fit.ts";
import { seededRandom } from "./random.ts";
import { fitUsl, type UslFit, uslMs } from "./usl.ts";

/** Points from throughputs, as they are published. */
function published(workers: number[], throughput: number[]): TimePoint[] {
  return workers.map((n, i) => ({ workers: n, time: { median: 1 / throughput[i], draws: null } }));
}

function usl(points: TimePoint[]): UslFit {
  const fit = fitUsl(points);
  if (typeof fit === "string") throw new Error(fit);
  return fit;
}

function amdahl(points: TimePoint[]): AmdahlFit {
  const fit = fitAmdahl(points);
  if (typeof fit === "string") throw new Error(fit);
  return fit;
}

/** Assert the throughput of one worker, contention and coherency, each to four digits. */
function assertUsl(fit: UslFit, one: number, contention: number, coherency: number): void {
  assertAlmostEquals(1 / fit.oneMs / one, 1, 1e-4);
  assertAlmostEquals(fit.contention.value, contention, contention * 1e-4);
  assertAlmostEquals(fit.coherency.value, coherency, Math.max(1e-12, coherency * 1e-4));
}

// Ray tracing (BRL-CAD) on an SGI Origin 2000: Gunther, Guerrilla Capacity Planning, 2007.
const processors = [1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64];
const rays = [20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310];

Deno.test("fitUsl() gives the parameters of R's test of the package usl, all digits", () => {
  // tests/coef.R of usl 3.0: throughput of alpha = beta = 0.02, printed as 0.02, 0.02, 1.00.
  const fit = usl(published([1, 2, 4, 6, 8, 10], [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557]));
  assertUsl(fit, 1.0000, 0.0200039, 0.0199998);
  assertAlmostEquals(fit.peak.workers!, 7, 0.001);
});

Deno.test("fitUsl() lies within R's intervals, which minimise another error, for two machines", () => {
  // tests/confint.R of usl 3.0, the first six points of the ray tracer.
  const six = usl(published(processors.slice(0, 6), rays.slice(0, 6)));
  assertEquals(six.contention.value > 0.00754 && six.contention.value < 0.0414, true);
  assertEquals(six.coherency.value > 0.0011 && six.coherency.value < 0.00215, true);
  assertEquals(1 / six.oneMs > 19.3 && 1 / six.oneMs < 22.4, true);
  // tests/summary.R of usl 3.0, SPEC SDM91 on a SPARCcenter 2000: R minimises the error of the
  // throughput, which the large loads decide; 0.02773 and 1.044e-4 with standard errors of 0.00912
  // and 1.988e-5, and a t value of 2.776 for four degrees of freedom. R's peak is 96.5.
  const spec = usl(
    published(
      [1, 18, 36, 72, 108, 144, 216],
      [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2],
    ),
  );
  assertAlmostEquals(spec.contention.value, 0.02773, 2.776 * 0.00912);
  assertAlmostEquals(spec.coherency.value, 1.044e-4, 2.776 * 1.988e-5);
  assertAlmostEquals(spec.peak.workers!, 96.5, 5);
});

Deno.test("fitUsl() gives the same minimum of the relative error as SciPy", () => {
  // scipy.optimize.nnls 1.17.1 on the same weighted terms.
  assertUsl(usl(published(processors, rays)), 21.746235, 0.056856528, 3.4547584e-6);
  assertUsl(
    usl(published(processors.slice(0, 6), rays.slice(0, 6))),
    20.29541,
    0.01666151,
    0.00189861379,
  );
});

Deno.test("fitUsl() sees the ray tracer as the book does: contention of 5 %, no peak in reach", () => {
  const fit = usl(published(processors, rays));
  assertAlmostEquals(fit.contention.value, 0.05, 0.01);
  assertEquals(fit.peak.workers, null);
});

Deno.test("fitAmdahl() gives the fraction of published tables", () => {
  // Karp and Flatt, Communications of the ACM 33(5), 1990: LINPACK on a Cray Y-MP, printed as 0.021.
  const cray = amdahl(published([1, 2, 3, 4, 8], [1, 1.95, 2.88, 3.76, 6.96]));
  assertAlmostEquals(cray.serial.value, 0.021, 0.0005);
  assertAlmostEquals(cray.serial.value, 0.021097772, 1e-8); // SciPy's nnls
  const pi = amdahl(published([1, 4, 8, 16], [402, 109.5, 60.5, 32.5].map((s) => 1 / s)));
  assertAlmostEquals(pi.serial.value, 0.0194239, 1e-7); // SciPy's nnls
});

Deno.test("the laws find the parameters of a model without noise, and its times", () => {
  const workers = [1, 2, 4, 8, 16, 32];
  for (const [contention, coherency] of [[0, 0], [0.03, 0], [0.05, 0.002], [0.9, 0.01]]) {
    const model = { oneMs: 700, contention, coherency } as SyntheticModel;
    const points = workers.map((n) => ({
      workers: n,
      time: { median: modelMs(model, n), draws: null },
    }));
    const fit = usl(points);
    assertAlmostEquals(fit.contention.value, contention, 1e-9);
    assertAlmostEquals(fit.coherency.value, coherency, 1e-9);
    for (const n of [1, 3, 64]) assertAlmostEquals(uslMs(fit, n) / modelMs(model, n), 1, 1e-9);
    for (const { share } of fit.residuals) assertAlmostEquals(share, 0, 1e-9);
    if (coherency === 0) {
      assertAlmostEquals(amdahl(points).serial.value, contention, 1e-9);
      assertAlmostEquals(amdahlMs(amdahl(points), 64) / modelMs(model, 64), 1, 1e-9);
    }
  }
});

Deno.test("no other parameters have a smaller error than those of the fit", () => {
  const random = seededRandom(5);
  const workers = [1, 2, 3, 4, 6, 8];
  for (let round = 0; round < 50; round++) {
    const times = workers.map((n) => (0.1 + 0.9 / n) * Math.exp(0.2 * probit(random())));
    const points = workers.map((n, i) => ({
      workers: n,
      time: { median: times[i], draws: null },
    }));
    const fit = usl(points);
    const errorOf = (one: number, contention: number, coherency: number) =>
      workers.reduce((sum, n, i) => {
        const work = one * (1 + contention * (n - 1) + coherency * n * (n - 1));
        return sum + (1 - work / (n * times[i])) ** 2;
      }, 0);
    const [a, b] = [fit.contention.value, fit.coherency.value];
    assertEquals(a >= 0 && b >= 0, true);
    const least = errorOf(fit.oneMs, a, b);
    for (let i = 0; i < 100; i++) {
      const near = (x: number) => Math.max(0, x + (random() - 0.5) * 0.1);
      assertEquals(errorOf(near(fit.oneMs), near(a), near(b)) >= least - 1e-12, true);
    }
  }
});

Deno.test("the intervals hold the parameters of the model in about 95 % of experiments", () => {
  const workers = [1, 2, 4, 8, 16];
  const experiments = 200;
  const held = { contention: 0, coherency: 0, serial: 0 };
  const random = seededRandom(6);
  for (let i = 0; i < experiments; i++) {
    const pointsOf = (coherency: number) =>
      syntheticKernel("sum", workers, {
        contention: 0.04,
        coherency,
        noise: 0.02,
        samples: 21,
        seed: i + 1,
      }).runs.map((run) => ({
        workers: run.workers,
        time: resampleMedian(run.samplesMs, random),
      }));
    const within = ({ low, high }: { low: number | null; high: number | null }, truth: number) =>
      low! <= truth && truth <= high! ? 1 : 0;
    const fit = usl(pointsOf(0.001));
    held.contention += within(fit.contention, 0.04);
    held.coherency += within(fit.coherency, 0.001);
    held.serial += within(amdahl(pointsOf(0)).serial, 0.04);
  }
  // 95 % of 200 is 190; four standard errors are 12.
  for (const [name, count] of Object.entries(held)) {
    assertEquals(count >= 178, true, `${name}: ${count} of ${experiments}`);
  }
});

Deno.test("the same samples give the same fit to the last bit", () => {
  const fit = () => {
    const random = seededRandom(1);
    return usl(
      syntheticKernel("sum", [1, 2, 4, 8]).runs.map((run) => ({
        workers: run.workers,
        time: resampleMedian(run.samplesMs, random),
      })),
    );
  };
  assertEquals(JSON.stringify(fit()), JSON.stringify(fit()));
});

Deno.test("too few points are told, not fitted", () => {
  const points = published([1, 2, 4], [1, 2, 4]);
  assertEquals(
    fitUsl(points),
    "The Universal Scalability Law needs at least 4 numbers of workers within the cores, and 3 were " +
      "measured: three are met by any three parameters",
  );
  assertEquals(
    fitAmdahl(points.slice(0, 1)),
    "Amdahl's law needs at least 3 numbers of workers within the cores, and 1 was measured: two are " +
      "met by any two parameters",
  );
});

Deno.test("a fit has its peak and its interval within twice what was measured, or says null", () => {
  const random = seededRandom(8);
  const peakOf = (coherency: number) => {
    const { runs } = syntheticKernel("sum", [1, 2, 4, 8], { contention: 0.05, coherency, seed: 3 });
    return usl(runs.map((run) => ({
      workers: run.workers,
      time: resampleMedian(run.samplesMs, random),
    }))).peak;
  };
  const near = peakOf(0.02); // the peak is at 6.9
  assertEquals(near.low! < 6.9 && near.high! > 6.9, true, JSON.stringify(near));
  assertEquals(peakOf(0), { workers: null, low: null, high: null });
});

Deno.test("a law refuses to tell the time beyond twice the largest number of workers", () => {
  const points = published([1, 2, 3, 4], [1, 2, 3, 4]);
  assertAlmostEquals(uslMs(usl(points), 8), 1 / 8);
  assertThrows(
    () => uslMs(usl(points), 9),
    RangeError,
    "Cannot tell the time on 9 workers: 4 were measured",
  );
  assertThrows(() => amdahlMs(amdahl(points), 9), RangeError, "beyond twice as many");
});
