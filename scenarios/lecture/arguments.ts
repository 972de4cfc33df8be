/**
 * Reading the command line of `deno task lecture`. Pure: words in, a request or one sentence out.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { knownId, UsageError } from "../arguments.ts";

/** What the reader wants. */
export interface LectureRequest {
  /** `--help` */
  readonly help: boolean;
  /** `--full` */
  readonly full: boolean;
  /** `--no-trace` turns it off. */
  readonly trace: boolean;
  /** `--only`, in the order of the tour; all when left out. */
  readonly only: readonly string[];
  /** `--seed` */
  readonly seed: number | undefined;
  /** `--out` */
  readonly out: string;
  /** `--data`: the file for the data, beside the page. */
  readonly data: string | undefined;
  /** `--from`: a file of data, of which the page is made anew. */
  readonly from: string | undefined;
}

/** What `--help` says. */
export const help =
  `deno task lecture            run all scenarios in quick size; write reports/out/lecture.html

  --full         the slides' own sizes, which takes long
  --only ID,ID   these scenarios alone
  --seed N       feeds all random numbers; else each scenario's own
  --no-trace     no second run for the picture of who did what, and when
  --out DIR      the folder for lecture.html
  --data FILE    also write what the page is made of, as JSON
  --from FILE    run nothing: make the page anew from such a file
  --help         this text

Exit code: 0 all passed, 1 one failed, 2 the command line was wrong.`;

const texts = ["only", "seed", "out", "data", "from"] as const;

/** Read the words. Throws {@linkcode UsageError}. */
export function readWords(words: readonly string[], ids: readonly string[]): LectureRequest {
  const parsed = parseArgs([...words], {
    string: ["only", "seed", "out", "data", "from"],
    boolean: ["full", "no-trace", "help"],
    unknown(word: string): boolean {
      throw new UsageError(
        `"${word}" is no flag of the lecture: deno task lecture --help lists them.`,
      );
    },
  });
  const given = Object.fromEntries(texts.map((name) => {
    const value = parsed[name];
    if (value === "") throw new UsageError(`--${name} needs a value after it: see --help.`);
    return [name, value === undefined ? undefined : String(value)];
  })) as Partial<Record<typeof texts[number], string>>;
  const { only, seed, out = "reports/out", data, from } = given;
  if (from !== undefined && (only ?? seed ?? data) !== undefined) {
    throw new UsageError("--from makes a page of what ran before: leave out the flags of a run.");
  }
  const wanted = only?.split(",").map((id) => knownId(id.trim(), ids)) ?? ids;
  return {
    help: parsed.help === true,
    full: parsed.full === true,
    trace: parsed["no-trace"] !== true,
    only: ids.filter((id) => wanted.includes(id)),
    seed: seed === undefined ? undefined : seedOf(seed),
    out,
    data,
    from,
  };
}

/** The words that repeat a run; where its files go is no part of it. */
export function commandOf(request: LectureRequest, ids: readonly string[]): string {
  const { full, trace, seed, only } = request;
  return [
    "deno task lecture",
    ...full ? ["--full"] : [],
    ...trace ? [] : ["--no-trace"],
    ...seed === undefined ? [] : [`--seed ${seed}`],
    ...only.length === ids.length ? [] : [`--only ${only.join(",")}`],
  ].join(" ");
}

function seedOf(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(seed < 2 ** 32)) {
    throw new UsageError(
      `--seed takes a whole number from 0 to ${2 ** 32 - 1}, but was given "${text}".`,
    );
  }
  return seed;
}
