/**
 * Recording who did what, and when, in a run of its own.
 *
 * @module
 */
import { visitProgram } from "../tour.ts";
import type { Recording } from "./data.ts";

/** A picture is read event by event, so these have less to do for it than even in quick size. */
export const less: Readonly<Record<string, readonly string[]>> = {
  "chunk-size": ["--size", "100", "--runs", "1"],
  "count-jobs-shared": ["--size", "5", "--runs", "1000"],
  "dining-philosophers": ["--size", "50"],
  "hidden-lock": ["--size", "1000"],
  "pipe": ["--size", "20"],
  "producer-consumer": ["--size", "20"],
  "race-condition": ["--size", "100", "--runs", "1"],
  "race-free-slots": ["--size", "10", "--runs", "1"],
  "semaphore": ["--size", "20"],
  "shared-dot-lock": ["--size", "1000"],
};

/** Run a scenario with a recording; null where that gives none. */
export async function record(id: string, seed: number | undefined): Promise<Recording | null> {
  const words = ["--quick", "--trace", ...less[id] ?? []];
  const { report } = await visitProgram(id, seed, undefined, words);
  return (report as { trace?: Recording } | undefined)?.trace ?? null;
}
