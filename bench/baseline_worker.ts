/**
 * A worker of the base line.
 *
 * @module
 */
import type { ResultMessage, TaskMessage } from "./baseline_pool.ts";

// deno-lint-ignore no-explicit-any
const functions: Record<string, (...args: any[]) => unknown> = {
  addOne: (x: number) => x + 1,
};

self.onmessage = ({ data: { id, name, args } }: MessageEvent<TaskMessage>) => {
  let answer: ResultMessage;
  try {
    answer = { id, value: functions[name](...args) };
  } catch (error) {
    answer = { id, error };
  }
  self.postMessage(answer);
};
