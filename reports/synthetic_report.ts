/**
 * Reports for tests, computed from a model whose parameters are known. The noise comes from a seed,
 * so that every run gives the same.
 *
 * @module
 */
import { probit } from "npm:simple-statistics@7.12.1";
import { seededRandom } from "./analysis/random.ts";
import {
  type Kernel,
  type Machine,
  type Report,
  REPORT_FORMAT,
  REPORT_VERSION,
  type Run,
} from "./schema.ts";

/** A machine of which everything is known; `changes` says what is different. */
export function syntheticMachine(cores: number, changes: Partial<Machine> = {}): Machine {
  const all = cores === 1 ? "0" : `0-${cores - 1}`;
  return {
    host: "node-1",
    cpu: "Model CPU",
    sockets: 1,
    physicalCores: cores,
    logicalCores: cores,
    allowedCores: cores,
    allowedRule: "affinity mask",
    affinity: all,
    cgroupQuota: "none",
    caches: [
      { level: 1, type: "data", sizeBytes: 32 * 2 ** 10, sharedBy: "0" },
      { level: 1, type: "instruction", sizeBytes: 32 * 2 ** 10, sharedBy: "0" },
      { level: 2, type: "unified", sizeBytes: 2 ** 20, sharedBy: "0" },
      { level: 3, type: "unified", sizeBytes: 32 * 2 ** 20, sharedBy: all },
    ],
    numaNodes: 1,
    smt: "off",
    pinning: `taskset ${all}`,
    timerNs: { cost: 30, resolution: 100 },
    memoryBytes: 16 * 2 ** 30,
    governor: "performance",
    boost: "off",
    kernel: "Linux 6.1.0",
    deno: "2.9.6",
    v8: "15.0",
    typescript: "6.0",
    gitCommit: "0123456789abcdef0123456789abcdef01234567",
    loadStart: 0.1,
    loadEnd: cores,
    slurm: {},
    ...changes,
  };
}

/** The parameters of a made-up kernel. */
export interface SyntheticModel {
  /** The time on one worker in milliseconds. */
  oneMs: number;
  /** The Universal Scalability Law's contention: with no coherency, Amdahl's serial fraction. */
  contention: number;
  /** The Universal Scalability Law's coherency. */
  coherency: number;
  /** The standard deviation of the logarithm of a sample: 0.01 is about 1 %. */
  noise: number;
  /** What the noise is drawn from. */
  seed: number;
  /** Number of samples of each run. */
  samples: number;
  /** The size of the problem. */
  size: number;
}

/** The time of the model on so many workers, without noise. */
export function modelMs({ oneMs, contention, coherency }: SyntheticModel, workers: number): number {
  return oneMs * (1 + contention * (workers - 1) + coherency * workers * (workers - 1)) / workers;
}

/** A kernel that follows the Universal Scalability Law, with every part measured. */
export function syntheticKernel(
  name: string,
  workers: number[],
  changes: Partial<SyntheticModel> = {},
): Kernel {
  const model: SyntheticModel = {
    oneMs: 1000,
    contention: 0.02,
    coherency: 0,
    noise: 0.01,
    seed: 1,
    samples: 9,
    size: 1_000_000_000,
    ...changes,
  };
  const { oneMs, size } = model;
  const random = seededRandom(model.seed);
  const around = (ms: number) =>
    Array.from(
      { length: model.samples },
      () => ms * Math.exp(model.noise * (model.noise === 0 ? 0 : probit(random()))),
    );
  const pi = name === "monte-carlo-pi";
  const most = workers[workers.length - 1];
  return {
    name,
    title: pi ? "Monte-Carlo pi" : "The dot product",
    about: "A model, not a measurement.",
    unit: pi ? "throws" : "elements",
    result: "3.14159",
    size,
    variant: "typescript",
    bytesPerUnit: pi ? null : 16,
    flopsPerUnit: pi ? null : 2,
    baseLines: [
      {
        name: "typescript",
        title: "the plain loop without a pool",
        threads: 1,
        missing: null,
        result: "3.14159",
        samplesMs: around(oneMs * 0.98),
      },
      {
        name: "numba",
        title: "the same loop in Python with Numba",
        threads: 1,
        missing: "numba is not installed",
        result: null,
        samplesMs: [],
      },
    ],
    runs: workers.map((n) => timed(model, n, around(modelMs(model, n)))),
    weakRuns: workers.map((n) => ({
      ...timed(model, n, around(modelMs(model, n) * n)),
      size: size * n,
    })),
    chunkSweep: {
      workers: most,
      // Small chunks pay for their number, large ones leave workers without any at the end.
      points: [1, 2, 4, 8, 16, 32, 64].map((chunkSize) => ({
        chunkSize,
        samplesMs: around(modelMs(model, most) * (1 + 0.2 / chunkSize + 0.002 * chunkSize)),
      })),
    },
    taskSweep: {
      workers: most,
      points: [10, 100, 1000, 10_000, 100_000].map((unitsPerTask) => {
        // A unit takes 1 µs in the loop; the pool adds 20 µs to each task of a worker.
        const unitMs = 0.001;
        return {
          unitsPerTask,
          tasks: 64,
          serialMs: around(64 * unitsPerTask * unitMs),
          poolMs: around(64 * (unitsPerTask * unitMs + 0.02) / most),
        };
      }),
    },
  };
}

/** A run with the times of its workers: contention waits, coherency communicates. */
function timed({ contention, coherency, oneMs }: SyntheticModel, n: number, ms: number[]): Run {
  const total = ms.reduce((sum, sample) => sum + sample, 0);
  const parts = 1 + contention * (n - 1) + coherency * n * (n - 1);
  const communicating = coherency * n * (n - 1) / parts + 0.1 / (oneMs * parts);
  const waiting = contention * (n - 1) / parts;
  const busy = Math.max(0, 1 - communicating - waiting);
  return {
    workers: n,
    samplesMs: ms,
    workerTimes: Array.from({ length: n }, () => ({
      busyMs: busy * total,
      waitingMs: waiting * total,
      communicatingMs: communicating * total,
      idleMs: 0,
    })),
  };
}

/** A whole report of a machine with so many cores, measured on so many workers. */
export function syntheticReport(
  cores: number,
  workers: number[],
  changes: Partial<Machine> = {},
  model: Partial<SyntheticModel> = {},
): Report {
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    createdAt: "2026-01-02T03:04:05.678Z",
    command: `deno task bench --cores ${workers.join(",")}`,
    machine: syntheticMachine(cores, { loadEnd: workers[workers.length - 1], ...changes }),
    settings: {
      cores: workers,
      warmup: "2 rounds",
      precision: null,
      budgetMs: null,
      quick: false,
      order: "every number of workers once a round, in random order",
      seed: 7,
      parts: ["strong", "weak", "chunks", "tasks", "startup"],
    },
    complete: true,
    startup: workers.map((n) => ({
      workers: n,
      samplesMs: [18, 19, 20, 21, 22, 40].map((ms) => ms + n),
    })),
    kernels: [
      syntheticKernel("monte-carlo-pi", workers, { seed: 1, ...model }),
      syntheticKernel("dot-product", workers, {
        oneMs: 9,
        contention: 0.15,
        samples: 21,
        size: 4e6,
        seed: 2,
        ...model,
      }),
    ],
  };
}
