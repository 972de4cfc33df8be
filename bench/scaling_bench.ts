/**
 * The kernels under `deno bench -P`, which prints its own table; the report is written at the end.
 *
 * `deno bench` runs one subject after the other rather than in turns, and gives no raw samples, so
 * each body keeps its own. `deno task bench` measures with more care.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { cpuCount, Pool } from "@polycore/pool";
import { REPORT_FORMAT, REPORT_VERSION, saveReport } from "@polycore/reports";
import { kernels } from "./kernels/all.ts";
import type { KernelSpec } from "./kernels/kernel.ts";
import { readLoad, readMachine } from "./machine.ts";
import { defaultCores } from "./options.ts";
import type { Subject } from "./rounds.ts";
import { kernelOf, type KernelSubjects, subjectsOf } from "./run.ts";
import { print } from "./terminal.ts";

const createdAt = new Date().toISOString();
const machine = readMachine();
const cores = defaultCores(cpuCount());

// Made when first asked for, so that a filtered run starts no worker in vain.
const pools = new Map<number, Pool>();
function poolOf(workers: number): Pool {
  const pool = pools.get(workers) ?? new Pool(workers);
  pools.set(workers, pool);
  return pool;
}

const benches = kernels.map((spec) =>
  register(spec, subjectsOf(spec, spec.sizes.quick, cores, poolOf))
);

/** A kernel with the result that its runs gave. */
interface Registered {
  spec: KernelSpec;
  subjects: KernelSubjects;
  result: number | null;
}

function register(spec: KernelSpec, subjects: KernelSubjects): Registered {
  const registered: Registered = { spec, subjects, result: null };
  const add = (name: string, subject: Subject, baseline: boolean) =>
    Deno.bench({
      name: `${spec.title}, ${name}`,
      group: spec.name,
      baseline,
      async fn(bench) {
        // The pool starts, and the workers load the kernel, before the first time is taken.
        if (subject.samplesMs.length === 0) registered.result = await subject.run();
        const start = performance.now();
        bench.start();
        await subject.run();
        bench.end();
        subject.samplesMs.push(performance.now() - start);
      },
    });
  add("plain loop", subjects.serial, false);
  for (const { workers, subject } of subjects.pools) {
    add(workers === 1 ? "1 worker" : `${workers} workers`, subject, workers === 1);
  }
  return registered;
}

globalThis.addEventListener("unload", () => {
  const measured = benches.flatMap(({ spec, subjects, result }) => {
    if (result === null) return [];
    const { serial, pools, describe } = subjects;
    return [kernelOf(spec, spec.sizes.quick, describe(result), serial, pools)];
  }).filter((kernel) => kernel.runs.length > 0);
  if (measured.length === 0) return;
  machine.loadEnd = readLoad();
  const { html } = saveReport(fromFileUrl(new URL("../reports/out", import.meta.url)), {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    createdAt,
    command: "deno bench -P",
    machine,
    settings: {
      cores,
      warmup: "the runs of deno bench before the first sample, and one of ours",
      precision: null,
      budgetMs: null,
      quick: true,
      order: "one number of workers after the other",
      seed: null,
      parts: ["strong"],
    },
    complete: true,
    startup: [],
    kernels: measured,
  });
  print(`\nThe report is in ${html}`);
});
