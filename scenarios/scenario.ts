/**
 * What a scenario is: one lesson of the slides as a program that answers the slide's question with
 * a measurement and checks itself.
 *
 * This module is also loaded by every worker that a scenario starts, so it imports nothing.
 *
 * @module
 */

/** The slide decks that the scenarios come from, and what is beyond them. */
export type Deck = "PNNL" | "Firenze" | "UVA" | "Duke" | "beyond";

/** A number that the reader may set on the command line. */
export interface Parameter {
  /** What the number counts, as a noun in the plural: "increments in each task". */
  readonly means: string;
  /** The slide's own size, or a function where the machine decides. */
  readonly full: number | (() => number);
  /** The smaller size of `--quick`; `full` when left out. */
  readonly quick?: number;
  /** The least that makes sense; 1 when left out. */
  readonly min?: number;
  /** The most that makes sense. */
  readonly max: number;
}

/** The parameters that a scenario takes; a flag that is not here is refused. */
export interface Parameters {
  /** `--workers` */
  readonly workers?: Parameter;
  /** `--size` */
  readonly size?: Parameter;
  /** `--runs` */
  readonly runs?: Parameter;
  /** `--seed`: true where the scenario draws random numbers. */
  readonly seed?: true;
  /** `--file`: what the file is, and what is read when none is given. */
  readonly file?: string;
  /** true where the scenario writes files: it has an empty folder while it runs. */
  readonly folder?: true;
}

/** What a run is told; a number that the scenario does not take is 0. */
export interface Options {
  /** How many workers. */
  readonly workers: number;
  /** How much work. */
  readonly size: number;
  /** How many repetitions. */
  readonly runs: number;
  /** The seed of all randomness. */
  readonly seed: number;
  /** The path of a file; empty when none is given. */
  readonly file: string;
  /** The path of an empty folder that is removed after the run; empty where it takes none. */
  readonly folder: string;
  /** Whether `--quick` was given. */
  readonly quick: boolean;
}

/** Say what is being run, one line at a time, while it runs. */
export type Print = (line: string) => void;

/** What may stand in a table: numbers stay numbers, so that `--json` has them whole. */
export type Cell = string | number | boolean | null;

/** A table of measurements. */
export interface Table {
  /** The head of each column, with its unit. */
  readonly columns: readonly string[];
  /** One row for each case. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A sentence that must be true, and whether it is. */
export interface Check {
  /** What must hold. */
  readonly claim: string;
  /** Whether it did. */
  readonly holds: boolean;
}

/** How often each outcome came over many runs, as jcstress shows it. */
export interface Distribution {
  /** What one run does, without a full stop: "two workers take two locks crosswise". */
  readonly of: string;
  /** How many runs there were; the counts add up to it. */
  readonly runs: number;
  /** The seed that fed their chance, if one did. */
  readonly seed?: number;
  /** The outcomes. */
  readonly rows: readonly OutcomeRow[];
}

/** One way in which a run of a {@linkcode Distribution} can end. */
export interface OutcomeRow {
  /** What came out, in a few words. */
  readonly outcome: string;
  /** In how many runs. */
  readonly count: number;
  /** Whether it should be, may be, or must not be; a forbidden one that came fails the scenario. */
  readonly label: "expected" | "interesting" | "forbidden";
  /** What it tells. */
  readonly means: string;
}

/** A figure of the slide and ours; `same` is false where they are not of the same work. */
export type Figure = readonly [
  what: string,
  slide: number | null,
  here: number | null,
  same?: boolean,
];

/** The slide's figures beside ours, with the ratio where both are there and of the same work. */
export function besideSlide(figures: readonly Figure[]): Table {
  return {
    columns: ["", "slide", "here", "here / slide"],
    rows: figures.map(([what, slide, here, same = true]) => [
      what,
      slide,
      here,
      same && slide !== null && slide !== 0 && here !== null ? here / slide : null,
    ]),
  };
}

/** What a run found out. */
export interface Outcome {
  /** The measured answer in a few words, for the table of the tour. */
  readonly found: string;
  /** The measured answer: sentences and tables. */
  readonly answer: readonly (string | Table)[];
  /** How often each outcome came, where chance decides; what {@linkcode Scenario.often} gives. */
  readonly outcomes?: readonly Distribution[];
  /** Why it is so. */
  readonly why: string;
  /** The slide's own figures beside ours, where it has some. */
  readonly beside?: Table;
  /** What must hold; the scenario fails when one does not. */
  readonly check: readonly Check[];
}

/** One lesson. */
export interface Scenario {
  /** The name on the command line; it never changes. */
  readonly id: string;
  /** The deck that it comes from. */
  readonly deck: Deck;
  /** The title of the slide. */
  readonly slide: string;
  /** One line for the list. */
  readonly summary: string;
  /** The slide's question in our own words. */
  readonly question: string;
  /** The numbers that may be set. */
  readonly takes: Parameters;
  /** The scenario to try next. */
  readonly next: string;
  /** Run it, and say what was found. */
  run(options: Options, print: Print): Promise<Outcome>;
  /** Many short runs of what chance decides. They come after `run`, and not into its recording. */
  often?(options: Options): Promise<readonly Distribution[]>;
}

/**
 * Run one scenario as the whole program, as in `deno run -P scenarios/deadlock.ts --quick`.
 *
 * The command is imported here and not above, so that workers do not load it.
 */
export async function alone(scenario: Scenario): Promise<void> {
  const { runAlone } = await import("./command.ts");
  await runAlone(scenario, Deno.args);
}
