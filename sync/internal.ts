/**
 * What the packages above build on: the shared memory, its heap, the thread table and waiting. Not
 * for programs: it changes without notice.
 *
 * @module
 */
export * from "./atomics.ts";
export * from "./heap.ts";
export { lockInternal, ownsLock, tryLock, unlock } from "./lock_word.ts";
export { buffer, f64, i32, isMainThread, LAYOUT, memory, u8 } from "./memory.ts";
export {
  byOwnHandle,
  defineKind,
  dropInTransit,
  forbid,
  holdBlock,
  holdInTransit,
  inspect,
  kindOf,
  releaseHoldings,
} from "./shareable.ts";
export { askMain, attend, nextAnswer, type Request, ringMain, serve } from "./main_port.ts";
export { startThread, type Thread } from "./start_thread.ts";
export * from "./threads.ts";
export { startTrace, stopTrace } from "./trace.ts";
export type { Trace, TracedObject, TracedThread, TraceEvent, TraceWhat } from "./trace_events.ts";
export { record, recording, type Traced, What } from "./trace_hook.ts";
export { nameKind } from "./trace_objects.ts";
export {
  deadlineOf,
  holdAlive,
  letGo,
  meterWaits,
  runAsync,
  runBlocking,
  spinWhile,
} from "./wait.ts";
