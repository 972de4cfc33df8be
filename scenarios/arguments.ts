/**
 * Reading the command line of `deno task scenario`. Pure: words in, a request or one sentence out.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { nearest } from "./nearest.ts";
import type { Options, Parameter, Scenario } from "./scenario.ts";

/** A mistake in the command line; the message is all that the reader is shown. */
export class UsageError extends Error {
  /** The class's name. */
  override name = "UsageError";
}

/** The numbers, and the file, that were given. */
export interface Given {
  /** `--workers` */
  workers?: number;
  /** `--size` */
  size?: number;
  /** `--runs` */
  runs?: number;
  /** `--seed` */
  seed?: number;
  /** `--file` */
  file?: string;
}

/** What the reader wants. */
export interface Request {
  /** The scenario; none for the tour, the list and the general help. */
  readonly id: string | undefined;
  /** The numbers that were given. */
  readonly given: Given;
  /** `--quick` */
  readonly quick: boolean;
  /** `--json` */
  readonly json: boolean;
  /** `--source` */
  readonly source: boolean;
  /** `--answer` */
  readonly answer: boolean;
  /** `--predict` */
  readonly predict: boolean;
  /** `--trace` */
  readonly trace: boolean;
  /** `--list` */
  readonly list: boolean;
  /** `--help` */
  readonly help: boolean;
}

const numbers = ["workers", "size", "runs", "seed"] as const;
const switches = ["quick", "json", "source", "answer", "predict", "trace", "list", "help"] as const;
const flags = [...numbers, "file", ...switches].map((name) => `--${name}`);
const largestSeed = 2 ** 32 - 1;

function readNumber(name: typeof numbers[number], text: string): number {
  const least = name === "seed" ? 0 : 1;
  const range = name === "seed" ? `from 0 to ${largestSeed}` : "from 1 up";
  // 2_000_000 and 1e6 are easier to read than 2000000 and 1000000.
  const value = /^[0-9][0-9_]*(e[0-9]+)?$/i.test(text) ? Number(text.replaceAll("_", "")) : NaN;
  if (!Number.isSafeInteger(value) || value < least || name === "seed" && value > largestSeed) {
    throw new UsageError(
      `--${name} takes a whole number ${range}, but was given ${text ? `"${text}"` : "nothing"}: ` +
        `write for example --${name} ${name === "size" ? "1000" : "4"}, or leave it out.`,
    );
  }
  return value;
}

function readPath(text: string): string {
  if (text !== "") return text;
  throw new UsageError(
    "--file takes the path of a file, but was given nothing: write for example --file README.md, " +
      "or leave it out.",
  );
}

/** Join "--size" and "-1", which the parser would take for two flags. */
function joinNegatives(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1) ?? "";
    if (/^-[0-9]/.test(word) && flags.includes(before)) joined.push(`${joined.pop()}=${word}`);
    else joined.push(word);
  }
  return joined;
}

/** Read the words of the command line. Throws {@linkcode UsageError}. */
export function readRequest(words: readonly string[]): Request {
  const parsed = parseArgs(joinNegatives(words), {
    string: [...numbers, "file"],
    boolean: switches,
    alias: { help: "h" },
    unknown: (word, key) => {
      if (key === undefined) return true; // a plain word: the id
      const flag = word.replace(/=.*/, "");
      throw new UsageError(
        `Unknown flag "${flag}": the nearest is ${nearest(flag, flags)}; ` +
          `deno task scenario --help lists them all.`,
      );
    },
  });
  const [id, ...more] = parsed._.map(String);
  if (more.length > 0) {
    throw new UsageError(
      `One scenario at a time, but "${
        more[0]
      }" follows "${id}": name one id, or none for the tour.`,
    );
  }
  const given: Given = {};
  for (const name of numbers) {
    if (parsed[name] !== undefined) given[name] = readNumber(name, String(parsed[name]));
  }
  if (parsed.file !== undefined) given.file = readPath(String(parsed.file));
  const chosen = Object.fromEntries(switches.map((name) => [name, parsed[name] === true]));
  const request = { id, given, ...chosen } as unknown as Request;
  if (id === undefined && !request.list && !request.help) refuseForTour(request);
  refusePairs(request);
  return request;
}

/** Refuse switches that exclude each other. */
function refusePairs(request: Request): void {
  const other = (["json", "source", "answer"] as const).find((name) => request[name]);
  if (request.predict && other !== undefined) {
    throw new UsageError(
      `--predict asks a question before a run, but --${other} ` +
        `${other === "json" ? "prints data for programs" : "runs nothing"}: leave one of them out.`,
    );
  }
  if (request.trace && (request.source || request.answer)) {
    throw new UsageError(
      `--trace records a run, but --${request.source ? "source" : "answer"} runs nothing: ` +
        "leave one of them out.",
    );
  }
  if (request.source && request.answer) {
    throw new UsageError(
      "--source prints the code and --answer the exercise with its answer: ask for one at a time.",
    );
  }
}

/** The tour takes the seed only: the other flags need to know whom they are for. */
function refuseForTour(request: Request): void {
  const one = (["source", "answer", "predict", "trace"] as const).find((name) => request[name]);
  const name =
    (["workers", "size", "runs", "file"] as const).find((name) =>
      request.given[name] !== undefined
    ) ?? one;
  if (name === undefined) return;
  const example = name === "file"
    ? "bag-of-words --file a.txt"
    : `race-condition --${name}${name === one ? "" : " 4"}`;
  throw new UsageError(
    `--${name} needs to know which scenario it is for: put an id before it, ` +
      `as in deno task scenario ${example}.`,
  );
}

/** The id, if there is such a scenario. Throws {@linkcode UsageError} with the nearest. */
export function knownId(id: string, ids: readonly string[]): string {
  if (ids.includes(id)) return id;
  throw new UsageError(
    `There is no scenario "${id}": the nearest is "${nearest(id, ids)}"; ` +
      `deno task scenario --list shows all ${ids.length}.`,
  );
}

/** The value of a parameter when the reader gives none. */
export function usual({ full, quick }: Parameter, wantQuick: boolean): number {
  if (wantQuick && quick !== undefined) return quick;
  if (typeof full === "number") return full;
  try {
    return full();
  } catch (error) {
    // The machine's settings are input too: NUM_PROCS=x is the reader's to mend.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Fill in what was not given, and refuse what this scenario cannot use. */
export function resolve(scenario: Scenario, given: Given, quick: boolean): Options {
  const takes = scenario.takes;
  const taken = ([...numbers, "file"] as const).filter((name) => takes[name] !== undefined).map((
    name,
  ) => `--${name}`);
  const pick = (name: "workers" | "size" | "runs"): number => {
    const parameter = takes[name];
    const value = given[name];
    if (value === undefined) return parameter === undefined ? 0 : usual(parameter, quick);
    if (parameter === undefined) throw unused(name);
    const { min = 1, max, means } = parameter;
    if (value < min || value > max) {
      throw new UsageError(
        `--${name} of ${scenario.id} is from ${min} to ${max} (${means}), but was given ` +
          `"${value}": choose a number in that range, or leave it out.`,
      );
    }
    return value;
  };
  const unused = (name: string): UsageError =>
    new UsageError(
      `--${name} means nothing to ${scenario.id}, which takes ` +
        `${taken.length > 0 ? taken.join(", ") : "no numbers"}: leave it out.`,
    );
  if (given.seed !== undefined && takes.seed === undefined) throw unused("seed");
  if (given.file !== undefined && takes.file === undefined) throw unused("file");
  const options = { workers: pick("workers"), size: pick("size"), runs: pick("runs") };
  return { ...options, seed: given.seed ?? 1, file: given.file ?? "", folder: "", quick };
}
