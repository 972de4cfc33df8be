/**
 * What the page of a lecture is made from: every scenario with its words, its code and its run.
 *
 * @module
 */
import type { Lesson } from "../lesson.ts";
import type { Report } from "../run.ts";
import type { Deck, Outcome } from "../scenario.ts";

/** The version of {@linkcode LectureData}; a page is made from data of this version alone. */
export const lectureVersion = 1;

/** What `--json --trace` gives of a recording. */
export interface Recording {
  /** What it shows, the most telling first. */
  readonly findings: readonly string[];
  /** How many events it has, how many were overwritten, and what each cost. */
  readonly cost: { readonly events: number; readonly lost: number; readonly nsPerEvent: number };
  /** A picture of the whole run, as a `figure` of HTML. */
  readonly figure: string;
}

/** One scenario of a lecture. */
export interface Entry {
  /** The name on the command line. */
  readonly id: string;
  /** The deck that it comes from. */
  readonly deck: Deck;
  /** The title of the slide. */
  readonly slide: string;
  /** The slide's question. */
  readonly question: string;
  /** The scenario to try next. */
  readonly next: string;
  /** The module's file, as a path in the project. */
  readonly file: string;
  /** The part of the module that a student should read. */
  readonly code: string;
  /** The words around it; none where nobody has written them. */
  readonly lesson: Lesson | null;
  /** The words that run it again with the same numbers. */
  readonly command: string;
  /** Whether it ended well and every check holds. */
  readonly passed: boolean;
  /** How long its program took. */
  readonly seconds: number;
  /** What went wrong; it means nothing when all went well. */
  readonly finding: string;
  /** What it ran with, line by line. */
  readonly settings: readonly string[];
  /** What it printed, line by line. */
  readonly ran: readonly string[];
  /** What it found out; none where it broke. */
  readonly outcome: Outcome | null;
  /** The error that ended it. */
  readonly error: string | null;
  /** What its threads did, in a run of its own; none where nothing was recorded. */
  readonly trace: Recording | null;
}

/** A whole lecture. */
export interface LectureData {
  /** {@linkcode lectureVersion} */
  readonly version: typeof lectureVersion;
  /** When it was begun, in ISO 8601. */
  readonly createdAt: string;
  /** Where it ran. */
  readonly machine: Machine;
  /** The command line that repeats it. */
  readonly command: string;
  /** Whether the sizes were the slides' own. */
  readonly full: boolean;
  /** How long it took. */
  readonly seconds: number;
  /** The scenarios, in the order of the tour. */
  readonly entries: readonly Entry[];
}

/** The machine of a lecture. */
export interface Machine {
  /** The processor; null where it cannot be read. */
  readonly cpu: string | null;
  /** How many cores may be used. */
  readonly cores: number;
  /** Why so many. */
  readonly rule: string;
  /** The version of Deno. */
  readonly deno: string;
}

/** The data of a file, or a sentence on why it is of no use as an error. */
export function parseLecture(text: string, path: string): LectureData {
  let data: LectureData | null = null;
  try {
    data = JSON.parse(text);
  } catch {
    // The sentence below says what is wrong.
  }
  if (data?.version !== lectureVersion || !Array.isArray(data.entries)) {
    throw new TypeError(
      `${path} is no data of a lecture of version ${lectureVersion}: ` +
        `write it anew by deno task lecture --data ${path}.`,
    );
  }
  return data;
}

/** The outcome inside of a report, if the scenario came so far. */
export function outcomeOf(report: Report | undefined): Outcome | null {
  if (report?.answer === undefined) return null;
  const { found = "", answer, why = "", beside, check = [], outcomes } = report;
  return {
    found,
    answer,
    why,
    check,
    ...(beside === undefined ? {} : { beside }),
    ...(outcomes === undefined ? {} : { outcomes }),
  };
}
