/**
 * The scenarios in the order of the tour. Each is loaded only when it is asked for.
 *
 * @module
 */
import type { Scenario } from "./scenario.ts";

type Load = () => Promise<{ scenario: Scenario }>;

// The names are written out, so that Deno sees every import before it runs.
const modules: Record<string, Load> = {
  "threads-hide-io": () => import("./threads_hide_io.ts"),
  "join-threads": () => import("./join_threads.ts"),
  "event-loop-is-not-parallel": () => import("./event_loop_is_not_parallel.ts"),
  "spawn-processes": () => import("./spawn_processes.ts"),
  "main-guard": () => import("./main_guard.ts"),
  "individual-processes": () => import("./individual_processes.ts"),
  "process-lifecycle": () => import("./process_lifecycle.ts"),
  "daemon-processes": () => import("./daemon_processes.ts"),
  "process-subclass": () => import("./process_subclass.ts"),
  "queue-results": () => import("./queue_results.ts"),
  "producer-consumer": () => import("./producer_consumer.ts"),
  "joinable-queue": () => import("./joinable_queue.ts"),
  "pipe": () => import("./pipe.ts"),
  "dot-product-queue": () => import("./dot_product_queue.ts"),
  "pool-square": () => import("./pool_square.ts"),
  "apply-async": () => import("./apply_async.ts"),
  "starmap": () => import("./starmap.ts"),
  "partial-application": () => import("./partial_application.ts"),
  "pool-initializer": () => import("./pool_initializer.ts"),
  "pool-map-overhead": () => import("./pool_map_overhead.ts"),
  "shared-dot-race": () => import("./shared_dot_race.ts"),
  "shared-dot-lock": () => import("./shared_dot_lock.ts"),
  "with-lock": () => import("./with_lock.ts"),
  "semaphore": () => import("./semaphore.ts"),
  "condition": () => import("./condition.ts"),
  "barrier": () => import("./barrier.ts"),
  "event": () => import("./event.ts"),
  "rlock": () => import("./rlock.ts"),
  "manager-types": () => import("./manager_types.ts"),
  "bag-of-words": () => import("./bag_of_words.ts"),
  "monte-carlo-pi": () => import("./monte_carlo_pi.ts"),
  "scaling-table": () => import("./scaling_table.ts"),
  "slurm-job": () => import("./slurm_job.ts"),
  "compile-kernels": () => import("./compile_kernels.ts"),
  "combine-wasm": () => import("./combine_wasm.ts"),
  "amdahl": () => import("./amdahl.ts"),
  "memory-bandwidth": () => import("./memory_bandwidth.ts"),
  "executor-linear": () => import("./executor_linear.ts"),
  "chunk-size": () => import("./chunk_size.ts"),
  "map-order": () => import("./map_order.ts"),
  "run-in-executor": () => import("./run_in_executor.ts"),
  "joblib-parallel": () => import("./joblib_parallel.ts"),
  "oversubscription": () => import("./oversubscription.ts"),
  "joblib-memory": () => import("./joblib_memory.ts"),
  "joblib-memmap": () => import("./joblib_memmap.ts"),
  "joblib-dump": () => import("./joblib_dump.ts"),
  "pool-job-sizes": () => import("./pool_job_sizes.ts"),
  "futures-status": () => import("./futures_status.ts"),
  "futures-cancel-callbacks": () => import("./futures_cancel_callbacks.ts"),
  "function-adapter": () => import("./function_adapter.ts"),
  "count-jobs-global": () => import("./count_jobs_global.ts"),
  "count-jobs-shared": () => import("./count_jobs_shared.ts"),
  "count-jobs-map-reduce": () => import("./count_jobs_map_reduce.ts"),
  "race-condition": () => import("./race_condition.ts"),
  "race-free-slots": () => import("./race_free_slots.ts"),
  "hidden-lock": () => import("./hidden_lock.ts"),
  "identical-random-streams": () => import("./identical_random_streams.ts"),
  "deadlock": () => import("./deadlock.ts"),
  "dining-philosophers": () => import("./dining_philosophers.ts"),
};

/** The ids of all scenarios, in the order of the tour. */
export const ids: readonly string[] = Object.keys(modules);

/** Load the scenario of that id, which must be one of {@linkcode ids}. */
export async function load(id: string): Promise<Scenario> {
  return (await modules[id]!()).scenario;
}

/** Load all scenarios. */
export function loadAll(): Promise<Scenario[]> {
  return Promise.all(ids.map(load));
}

/** The file that holds a scenario: `race-condition` is in `race_condition.ts`. */
export function fileOf(id: string): URL {
  return new URL(`./${id.replaceAll("-", "_")}.ts`, import.meta.url);
}
