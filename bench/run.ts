/**
 * Measure kernels on several numbers of workers, and put what came out into a report.
 *
 * @module
 */
import { Pool } from "@polycore/pool";
import {
  type Kernel,
  type Machine,
  type Report,
  REPORT_FORMAT,
  REPORT_VERSION,
} from "@polycore/reports";
import type { KernelSpec } from "./kernels/kernel.ts";
import { Xoshiro128 } from "./kernels/xoshiro128.ts";
import { readLoad, readMachine } from "./machine.ts";
import { UsageError } from "./options.ts";
import { sweepChunks } from "./parts/chunk_sweep.ts";
import { type Context, sizeOf, VARIANT, withProblem } from "./parts/context.ts";
import { Languages } from "./parts/languages.ts";
import { startUp } from "./parts/startup.ts";
import { strongScaling } from "./parts/strong.ts";
import { sweepTasks } from "./parts/task_sweep.ts";
import { weakScaling } from "./parts/weak.ts";
import { pinnedPool } from "./pin.ts";
import { ORDER, WARMUP_RULE } from "./sampling.ts";
import { exclusiveNode } from "./slurm/exclusive_node.ts";
import { numbersOf } from "./topology.ts";

/** What to measure. */
export interface RunOptions {
  /** The kernels. */
  kernels: readonly KernelSpec[];
  /** The numbers of workers, ascending. */
  cores: readonly number[];
  /** The width of a median's interval that is narrow enough, as a share of the median. */
  precision: number;
  /** Seconds for the whole run. */
  budget: number;
  /** Measure other languages and variants beside the pools, and nothing else. */
  languages: boolean;
  /** Bind each worker to a core. */
  pin: boolean;
  /** Cut the problems down. */
  quick: boolean;
  /** Where the order of the samples begins. */
  seed: number;
  /** The command that repeats the run, for the report. */
  command: string;
  /** Whether the run is to end at once, with what it has. */
  stopped?: () => boolean;
  /** Called with what is going on. */
  onProgress?: (text: string) => void;
  /** Called when a kernel is done. */
  onMeasured?: (kernel: Kernel) => void;
}

/** Shares of the time: the start of pools of the whole run, and each part of a kernel's rest. */
const SHARE = { startup: 0.05, strong: 0.4, weak: 0.2, chunks: 0.2, tasks: 0.2 };

/**
 * Measure, and describe the run. A run that is stopped gives what it has, marked as not complete; of a
 * kernel that was not begun there is nothing.
 *
 * @param options What to measure.
 * @returns The report.
 */
export async function runBench(options: RunOptions): Promise<Report> {
  const { kernels, cores, precision, budget, pin, quick, seed, command } = options;
  const { stopped = () => false, onProgress = () => {} } = options;
  const createdAt = new Date().toISOString();
  const machine = readMachine();
  const { slurm } = machine;
  if (slurm?.SLURM_JOB_ID) slurm["exclusive node"] = await exclusiveNode(slurm.SLURM_JOB_ID);
  // All pools live through the whole run: those that are not timed sleep, and no sample pays for a
  // start.
  await using pools = new Pools(pin ? coresToPin(machine) : undefined);
  const random = new Xoshiro128(seed);
  const context: Context = {
    cores,
    quick,
    precision,
    budgetMs: budget * 1000 * SHARE.startup,
    random: () => (random.next() >>> 0) / 2 ** 32,
    stopped,
    onProgress,
    pool: (workers) => pools.of(workers),
  };
  await using languages = options.languages ? await Languages.start(onProgress) : null;
  const startup = languages ? [] : await startUp(context);
  const each = budget * 1000 * (1 - SHARE.startup) / kernels.length;
  const measured: Kernel[] = [];
  for (const spec of kernels) {
    if (stopped()) break;
    const kernel = languages
      ? await compare(spec, languages, { ...context, budgetMs: each })
      : await measure(spec, context, each);
    measured.push(kernel);
    options.onMeasured?.(kernel);
  }
  onProgress("");
  machine.loadEnd = readLoad();
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    createdAt,
    command,
    machine,
    settings: {
      cores: [...cores],
      warmup: WARMUP_RULE,
      precision,
      budgetMs: budget * 1000,
      quick,
      order: ORDER,
      seed,
      parts: languages ? ["strong"] : ["startup", "strong", "weak", "chunks", "tasks"],
    },
    complete: !stopped(),
    startup,
    kernels: measured.filter(({ runs }) => runs.length > 0),
  };
}

/** Measure all parts of one kernel. */
async function measure(spec: KernelSpec, context: Context, budgetMs: number): Promise<Kernel> {
  const size = sizeOf(spec, context);
  const within = (share: number) => ({ ...context, budgetMs: budgetMs * share });
  const parts = await withProblem(spec, size, async (problem) => ({
    ...await strongScaling(spec, problem, size, within(SHARE.strong)),
    chunkSweep: await sweepChunks(spec, problem, size, within(SHARE.chunks)),
    taskSweep: await sweepTasks(spec, problem, size, within(SHARE.tasks)),
  }));
  const weakRuns = await weakScaling(spec, within(SHARE.weak));
  return { ...aboutOf(spec, size), ...parts, weakRuns };
}

/** Measure one kernel beside its other variants and languages. */
async function compare(spec: KernelSpec, languages: Languages, context: Context): Promise<Kernel> {
  const size = sizeOf(spec, context);
  const parts = await withProblem(
    spec,
    size,
    (problem) => languages.measure(spec, problem, size, context),
  );
  return { ...aboutOf(spec, size), ...parts, weakRuns: [], chunkSweep: null, taskSweep: null };
}

/** What a report says of a kernel before it is measured. */
function aboutOf(
  { name, title, about, unit, bytesPerUnit, flopsPerUnit }: KernelSpec,
  size: number,
) {
  return { name, title, about, unit, size, bytesPerUnit, flopsPerUnit, variant: VARIANT };
}

/** The cores to bind workers to, which the report gets to know. */
function coresToPin(machine: Machine): number[] {
  if (machine.affinity === null) {
    throw new UsageError(
      "Cannot pin: the cores that this program may run on are not readable; leave --pin out",
    );
  }
  machine.pinning = `each worker alone on a core of ${machine.affinity}, in this order`;
  return numbersOf(machine.affinity);
}

/** The pools of a run, each made when it is first asked for. */
class Pools {
  readonly #pools = new Map<number, Pool>();
  readonly #cores: number[] | undefined;

  /** With a list of cores, each worker is bound to one. */
  constructor(cores: number[] | undefined) {
    this.#cores = cores;
  }

  of(workers: number): Pool {
    const make = () => this.#cores ? pinnedPool(workers, this.#cores) : new Pool(workers);
    const pool = this.#pools.get(workers) ?? make();
    this.#pools.set(workers, pool);
    return pool;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Array.from(this.#pools.values(), async (pool) => {
      pool.terminate();
      await pool.join();
    }));
  }
}
