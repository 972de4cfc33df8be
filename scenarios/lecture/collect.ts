/**
 * Collecting a lecture: every scenario is run, and its words and its code are read.
 *
 * @module
 */
import { resolve } from "../arguments.ts";
import { fileOf } from "../catalogue.ts";
import { type Lesson, readLesson } from "../lesson.ts";
import { settings } from "../run.ts";
import type { Scenario } from "../scenario.ts";
import { codeOf } from "../source.ts";
import type { Stop } from "../tour.ts";
import {
  type Entry,
  type LectureData,
  lectureVersion,
  type Machine,
  outcomeOf,
  type Recording,
} from "./data.ts";

/** What a lecture is told. */
export interface LectureOptions {
  /** Whether the sizes are the slides' own. */
  readonly full: boolean;
  /** The seed for the scenarios that draw random numbers. */
  readonly seed: number | undefined;
  /** The words that repeat it. */
  readonly command: string;
  /** Where it runs. */
  readonly machine: Machine;
  /** Run one scenario for its figures. */
  readonly visit: (id: string, seed: number | undefined, full: boolean) => Promise<Stop>;
  /** Run it again for its picture, since recording costs time; null where there is none. */
  readonly record: (id: string, seed: number | undefined) => Promise<Recording | null>;
  /** Told before a scenario is run and after it. */
  readonly progress?: (id: string, stop?: Stop) => void;
}

/** Run the scenarios, one after the other. */
export async function collect(
  scenarios: readonly Scenario[],
  options: LectureOptions,
): Promise<LectureData> {
  const createdAt = new Date().toISOString();
  const start = performance.now();
  const entries: Entry[] = [];
  for (const scenario of scenarios) entries.push(await entryOf(scenario, options));
  const { full, command, machine } = options;
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  return { version: lectureVersion, createdAt, machine, command, full, seconds, entries };
}

async function entryOf(scenario: Scenario, options: LectureOptions): Promise<Entry> {
  const { id, deck, slide, question, next } = scenario;
  const { full, progress = () => {} } = options;
  const seed = scenario.takes.seed ? options.seed : undefined;
  progress(id);
  const stop = await options.visit(id, seed, full);
  const trace = stop.passed ? await options.record(id, seed) : null;
  progress(id, stop);
  const words = [...full ? [] : ["--quick"], ...seed === undefined ? [] : ["--seed", `${seed}`]];
  const used = stop.report?.options ?? resolve(scenario, {}, !full);
  return {
    id,
    deck,
    slide,
    question,
    next,
    file: `scenarios/${fileOf(id).pathname.split("/").at(-1)}`,
    code: await codeOf(id),
    lesson: await lessonOf(id),
    command: ["deno task scenario", id, ...words].join(" "),
    passed: stop.passed,
    seconds: Math.round(stop.seconds * 100) / 100,
    finding: stop.passed ? "" : stop.finding,
    settings: settings(scenario, used),
    ran: stop.report?.ran ?? [],
    outcome: outcomeOf(stop.report),
    error: stop.report?.error ?? null,
    trace,
  };
}

/** A lesson that nobody has written yet is left out of the page. */
async function lessonOf(id: string): Promise<Lesson | null> {
  try {
    return await readLesson(id);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
