/**
 * Processes and pools of workers, with the names and the meaning of Python's `multiprocessing`.
 *
 * A process is a Web Worker: its memory is its own, and what is to be shared is a shareable object of
 * `@polycore/sync` or `@polycore/shm`. Times are milliseconds.
 *
 * @example
 * ```ts
 * import { Pool } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using pool = new Pool(2);
 * assertEquals(await pool.map((x: number) => x * x, [1, 2, 3]), [1, 4, 9]);
 * ```
 *
 * @module
 */
export { asCompleted, AsCompletedIterator, type CompletedFuture } from "./as_completed.ts";
export { AsyncResult, type Callbacks } from "./async_result.ts";
export { cpuCount, type CpuInfo, cpuInfo } from "./cpu_count.ts";
export {
  activeChildren,
  currentProcess,
  ParentProcess,
  parentProcess,
  type ProcessInfo,
  type RunningProcess,
} from "./current_process.ts";
export {
  BrokenExecutorError,
  BrokenPoolError,
  CancelledError,
  InvalidStateError,
  MaybeEncodingError,
  PoolTerminatedError,
  RemoteTraceback,
  TimeoutError,
  WorkerDiedError,
} from "./errors.ts";
export {
  EventLoopExecutor,
  type EventLoopExecutorOptions,
  ThreadPoolExecutor,
} from "./event_loop_executor.ts";
export {
  Executor,
  type ExecutorCall,
  type ExecutorEngine,
  type ExecutorMapOptions,
  type PreparedCall,
  type ShutdownOptions,
} from "./executor.ts";
export { ExecutorMapIterator, type ExecutorMapSource } from "./executor_map.ts";
export { exit } from "./exit.ts";
export { Future } from "./future.ts";
export { ImapIterator } from "./imap.ts";
export {
  type BackendFactory,
  type BackendRun,
  type BackendStart,
  type ParallelBackend,
  registerParallelBackend,
} from "./joblib/backends.ts";
export { delayed, type DelayedCall, type ResultOf } from "./joblib/delayed.ts";
export {
  Parallel,
  type ParallelCall,
  type ParallelGenerator,
  type ParallelOptions,
  type ReturnAs,
} from "./joblib/parallel.ts";
export {
  effectiveNJobs,
  parallelConfig,
  type ParallelConfigOptions,
} from "./joblib/parallel_config.ts";
export { ParallelResults } from "./joblib/parallel_results.ts";
export { releaseWorkers } from "./joblib/reusable_workers.ts";
export type { Compress, CompressMethod } from "./joblib/compress_option.ts";
export { LoadError } from "./joblib/container_errors.ts";
export { dump, type DumpOptions } from "./joblib/dump.ts";
export { load, type LoadOptions } from "./joblib/load.ts";
export { type Duration, expiresAfter } from "./joblib/expires_after.ts";
export { hash } from "./joblib/hash.ts";
export { MemorizedResult } from "./joblib/memorized_result.ts";
export type { CacheValidation, MemorizedFunction } from "./joblib/memorized_function.ts";
export {
  type CacheOptions,
  type Memorized,
  Memory,
  type MemoryOptions,
  type ReduceSizeOptions,
} from "./joblib/memory.ts";
export { CacheWarning, CollisionWarning } from "./joblib/memory_errors.ts";
export type { CallMetadata } from "./joblib/store.ts";
export { getLogger, Logger, type LogLevel, LogLevels, logToStderr } from "./logging.ts";
export type { DictEntries, DictMethods } from "./manager/dict_methods.ts";
export { DictProxy } from "./manager/dict_proxy.ts";
export { AttributeError, KeyError, ManagerError } from "./manager/errors.ts";
export type { Key } from "./manager/keys.ts";
export type { ListMethods } from "./manager/list_methods.ts";
export { ListProxy, type LocalMethods } from "./manager/list_proxy.ts";
export { Manager, type ManagerOptions } from "./manager/manager.ts";
export { NamespaceProxy } from "./manager/namespace_proxy.ts";
export { type ExposedMethods, GenericProxy, type ObjectProxy } from "./manager/object_proxy.ts";
export { PoolProxy } from "./manager/pool_proxy.ts";
export type { RegisterOptions } from "./manager/registry.ts";
export { type AsyncMethods, RemoteObject } from "./manager/remote_object.ts";
export type { SetMethods } from "./manager/set_methods.ts";
export { SetProxy } from "./manager/set_proxy.ts";
export { SharedTypes } from "./manager/shared_types.ts";
export { partial, type PartialFunction } from "./partial.ts";
export { type ImapOptions, type MapOptions, Pool, type PoolOptions } from "./pool.ts";
export { Process, type ProcessOptions } from "./process.ts";
export { runInExecutor } from "./run_in_executor.ts";
export { Sentinel } from "./sentinel.ts";
export { task } from "./task.ts";
export type { GetOptions } from "./timeout.ts";
export {
  ALL_COMPLETED,
  type DoneAndNotDone,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type FutureWaitOptions,
  type ReturnWhen,
  wait,
} from "./wait.ts";
export {
  ProcessPoolExecutor,
  WorkerPoolExecutor,
  type WorkerPoolExecutorOptions,
} from "./worker_pool_executor.ts";
export { stopRequested } from "@polycore/sync";
