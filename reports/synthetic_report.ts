/**
 * Reports for tests, computed from a model: the samples follow a fixed pattern, so that every run
 * gives the same.
 *
 * @module
 */
import { type Kernel, type Machine, type Report, REPORT_FORMAT, REPORT_VERSION } from "./schema.ts";

/** A machine of which everything is known; `changes` says what is different. */
export function syntheticMachine(cores: number, changes: Partial<Machine> = {}): Machine {
  return {
    host: "node-1",
    cpu: "Model CPU",
    sockets: 1,
    physicalCores: cores,
    logicalCores: cores,
    allowedCores: cores,
    allowedRule: "affinity mask",
    affinity: cores === 1 ? "0" : `0-${cores - 1}`,
    cgroupQuota: "none",
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

/**
 * A kernel that takes `oneMs` on one worker and has a serial part, with `samples` samples of 1 %
 * spread.
 */
export function syntheticKernel(
  name: string,
  workers: number[],
  { oneMs = 1000, serialPart = 0.02, samples = 9, size = 1_000_000_000 } = {},
): Kernel {
  const times = (ms: number) =>
    // A fixed pattern around the model: 0, +1 %, -1 %, +0.5 %, ...
    Array.from({ length: samples }, (_, i) => ms * (1 + [0, 0.01, -0.01, 0.005, -0.005][i % 5]));
  return {
    name,
    title: name === "monte-carlo-pi" ? "Monte-Carlo pi" : "The dot product",
    about: "A model, not a measurement.",
    size,
    unit: name === "monte-carlo-pi" ? "throws" : "elements",
    result: "3.14159",
    baseLines: [{
      name: "serial",
      title: "the plain loop without a pool",
      samplesMs: times(oneMs * 0.98),
    }],
    runs: workers.map((n) => ({
      workers: n,
      samplesMs: times(oneMs * (serialPart + (1 - serialPart) / n)),
    })),
  };
}

/** A whole report of a machine with so many cores, measured on so many workers. */
export function syntheticReport(
  cores: number,
  workers: number[],
  changes: Partial<Machine> = {},
): Report {
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    createdAt: "2026-01-02T03:04:05.678Z",
    command: `deno task bench --cores ${workers.join(",")}`,
    machine: syntheticMachine(cores, changes),
    settings: { cores: workers, warmups: 2, quick: false, order: "interleaved, in random order" },
    kernels: [
      syntheticKernel("monte-carlo-pi", workers),
      syntheticKernel("dot-product", workers, {
        oneMs: 9,
        serialPart: 0.15,
        samples: 21,
        size: 4e6,
      }),
    ],
  };
}
