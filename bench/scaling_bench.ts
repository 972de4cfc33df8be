/**
 * The kernels under `deno bench -P`: measures and writes a report as `deno task bench --quick` does, then
 * lets Deno's own bench time the same pools for its table.
 *
 * `deno bench` runs one subject after the other and keeps no samples, so its table is a second look and not
 * what the report rests on. Options are environment variables: `POLYCORE_CORES=1,2,4 deno bench -P`.
 *
 * @module
 */
import { Pool } from "@polycore/pool";
import { commandOf, defaults, measureAndSave, readOptions } from "./command.ts";
import { kernels } from "./kernels/all.ts";
import { UsageError } from "./options.ts";
import { onPool, unitsPerTask } from "./parts/context.ts";
import { print, progress } from "./terminal.ts";

const { options, files } = await measure();

// Made when first asked for, so that a filtered run starts no worker in vain.
const pools = new Map<number, Pool>();
function poolOf(workers: number): Pool {
  const pool = pools.get(workers) ?? new Pool(workers);
  pools.set(workers, pool);
  return pool;
}

for (const spec of kernels.filter(({ name }) => options.kernels.includes(name))) {
  const size = spec.sizes.quick;
  const problem = spec.prepare(size);
  for (const workers of options.cores) {
    Deno.bench({
      name: `${spec.title}, ${workers === 1 ? "1 worker" : `${workers} workers`}`,
      group: spec.name,
      baseline: workers === options.cores[0],
      n: 10,
      warmup: 2,
      async fn(bench) {
        const chunk = unitsPerTask(spec, size, workers);
        const subject = onPool(spec, problem, size, poolOf(workers), chunk);
        bench.start();
        await subject.run();
        bench.end();
      },
    });
  }
}

globalThis.addEventListener("unload", () => print(`\nThe report is in ${files.html}`));

async function measure() {
  const given = defaults();
  try {
    const options = readOptions(["--quick"], given);
    if (options === "help") throw new Error("[polycore bug] help was not asked for");
    const { files } = await measureAndSave(options, commandOf(options, given));
    return { options, files };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    progress();
    console.error(error.message);
    Deno.exit(2);
  }
}
