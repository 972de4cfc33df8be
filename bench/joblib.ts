/**
 * `Parallel`, `Memory`, `dump` and `load` beside Python's joblib, in turns: `deno task bench:joblib --help`.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { parseArgs } from "@std/cli";
import {
  columns,
  estimate,
  formatList,
  formatPercent,
  seededRandom,
  significant,
} from "@polycore/reports";
import { atMost, type Measure, measuresOf, randomWalk, WORKERS } from "./joblib/measures.ts";
import { expectResult } from "./kernels/kernel.ts";
import { readLoad } from "./machine.ts";
import { asCommand, UsageError, whole } from "./options.ts";
import { joblib, type OutsideProgram } from "./outside/program.ts";
import { sampleInTurns, type Timed } from "./sampling.ts";
import { print, progress } from "./terminal.ts";

/** New processes on each side for a peak. */
const PEAKS = 3;

/** The measure of memory: not of time, and in new processes. */
const PEAK = "peak";

/** What may be said on the command line. */
interface Options {
  only: string[];
  budget: number;
  folder: string | undefined;
  quick: boolean;
  seed: number;
}

function helpText(names: string[]): string {
  return `Measure Parallel, Memory, dump and load beside Python's joblib with loky, in turns.

Usage: deno task bench:joblib [options]

  --only a,b      which measures (default: all)
                  ${formatList(names)}
  --budget 120    seconds for all together, without what has to be made ready
  --folder DIR    where the files go, of both sides (default: the folder for temporary files)
  --quick         a tenth of the calls and of the array
  --seed N        the seed of the order of the samples
  --help          this text

joblib is the one of /usr/bin/python3: apt-get install python3-joblib python3-numpy`;
}

function optionsOf(args: string[], names: string[]): Options | "help" {
  const flags = parseArgs(args, {
    string: ["only", "budget", "folder", "seed"],
    boolean: ["quick", "help"],
    alias: { help: "h" },
    unknown(word: string): boolean {
      throw new UsageError(
        `"${word}" is not an option of the bench: see deno task bench:joblib --help`,
      );
    },
  });
  if (flags.help) return "help";
  const text = (name: string) => flags[name] as string | undefined;
  const only = text("only")?.split(",").map((word) => word.trim()) ?? names;
  const unknown = only.find((word) => !names.includes(word));
  if (unknown !== undefined) {
    throw new UsageError(`--only has "${unknown}", and the measures are ${formatList(names)}`);
  }
  return {
    only,
    budget: whole(text("budget") ?? "120", "--budget", 1, 86_400),
    folder: text("folder"),
    quick: flags.quick === true,
    seed: whole(text("seed") ?? String(Date.now() % 2 ** 32), "--seed", 0, 2 ** 32 - 1),
  };
}

if (import.meta.main) await asCommand(main);

async function main(args: string[]): Promise<void> {
  const names = [...measuresOf(false).map(({ name }) => name), PEAK];
  const options = optionsOf(args, names);
  if (options === "help") return print(helpText(names));
  const folder = makeFolder(options.folder);
  try {
    await measureAll(folder, options);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A folder of our own. */
function makeFolder(dir: string | undefined): string {
  try {
    return Deno.makeTempDirSync({ ...dir === undefined ? {} : { dir }, prefix: "polycore-" });
  } catch (error) {
    if (dir === undefined) throw error;
    throw new UsageError(`Cannot write into --folder "${dir}": ${(error as Error).message}`);
  }
}

async function measureAll(folder: string, options: Options): Promise<void> {
  const measures = measuresOf(options.quick).filter(({ name }) => options.only.includes(name));
  const doubles = randomWalk(Math.max(...measuresOf(options.quick).map(({ size }) => size)));
  Deno.writeFileSync(join(folder, "walk.raw"), new Uint8Array(doubles.buffer));
  await using peer = await startPeer(folder);
  const random = seededRandom(options.seed);
  const loads = [readLoad()];
  const rows: string[][] = [["", "ours", "joblib's", "compared", "target", "", "samples"]];
  for (const measure of measures) {
    progress(measure.title);
    const prepared = await measure.prepare({ folder, doubles });
    const { expected } = prepared;
    const subject = (side: string, more: Pick<Timed, "run" | "ownMs">): Timed => ({
      samplesMs: [],
      check: (result) =>
        expectResult(
          `${measure.title}, ${side},`,
          typeof result === "number" ? result : (result as { result: number }).result,
          expected,
        ),
      ...more,
    });
    const ours = subject("ours", { run: prepared.run });
    const theirs = peer && subject("joblib's", {
      run: () => peer.run(measure.name, measure.size, WORKERS),
      ownMs: (answer) => (answer as { ms: number }).ms,
    });
    const bound: Timed | null = prepared.bound ? { samplesMs: [], run: prepared.bound } : null;
    await sampleInTurns([ours, theirs, bound].filter((one) => one != null), {
      precision: 0.05,
      budgetMs: options.budget * 1000 / options.only.length,
      random,
      onRound: (round) => progress(`${measure.title}: round ${round + 1}`),
    });
    await prepared.end?.();
    rows.push(rowOf(measure, ours.samplesMs, theirs?.samplesMs));
    if (bound) rows.push(boundRow(measure, ours, bound));
  }
  await peer?.[Symbol.asyncDispose](); // its array would stand beside those of the new processes
  if (options.only.includes(PEAK)) {
    // The second reads what the first wrote.
    for (const name of ["peak-dump", "peak-load"]) {
      rows.push(await measurePeak(name, folder, doubles.length, peer !== undefined));
    }
  }
  loads.push(readLoad());
  progress();
  print(`${WORKERS} workers; files on ${kindOf(folder)}; load ${loads.join(" to ")}; medians`);
  print(columns(rows));
}

/** A clock goes on while others have the processor, so a busy machine has a lower bound of its own. */
function boundRow({ show }: Measure, ours: Timed, bound: Timed): string[] {
  const least = estimate(bound.samplesMs).median;
  const share = formatPercent(least / estimate(ours.samplesMs).median);
  const title = `  in ${WORKERS} calls, one for each worker`;
  return [title, show(least), "", `ours is ${share} of it`, "", "", String(bound.samplesMs.length)];
}

/** The program in Python, or nothing, and why. */
async function startPeer(folder: string): Promise<OutsideProgram | undefined> {
  try {
    return await joblib(folder).start();
  } catch (error) {
    print(`Ours alone: ${(error as Error).message} (apt-get install python3-joblib python3-numpy)`);
    return undefined;
  }
}

/** Peaks of memory, each in a process of its own. */
async function measurePeak(
  name: string,
  folder: string,
  size: number,
  withPeer: boolean,
): Promise<string[]> {
  const ours: number[] = [], theirs: number[] = [];
  const bytes = size * Float64Array.BYTES_PER_ELEMENT;
  const script = fromFileUrl(new URL("./joblib/peak.ts", import.meta.url));
  const files = [join(folder, "peak"), join(folder, "walk.raw")];
  for (let i = 0; i < PEAKS; i++) {
    progress(`${name}: process ${i + 1}`);
    // Deno reads /proc itself only when everything is allowed.
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", script, name, ...files],
      stderr: "inherit",
    });
    ours.push(Number(new TextDecoder().decode((await child.output()).stdout)) / bytes);
    if (!withPeer) continue;
    await using peer = await joblib(folder).start();
    theirs.push((await peer.run(name, size, WORKERS)).result / bytes);
  }
  const target = { ...atMost(1), text: "under 1.3 x array", holds: (ours: number) => ours < 1.3 };
  const title = `peak memory of ${name.slice(5)}`;
  const show = (times: number) => `${significant(times)} x array`;
  return rowOf({ title, show, target }, ours, withPeer ? theirs : undefined);
}

function rowOf(
  { title, show, target }: Pick<Measure, "title" | "show" | "target">,
  ours: readonly number[],
  theirs: readonly number[] | undefined,
): string[] {
  const mine = estimate(ours).median;
  const other = theirs ? estimate(theirs).median : null;
  const holds = target.holds(mine, other);
  return [
    title,
    show(mine),
    other === null ? "-" : show(other),
    other === null ? "-" : target.compare(mine, other),
    target.text,
    holds === null ? "-" : holds ? "holds" : "missed",
    String(ours.length),
  ];
}

/** What kind of file system a folder is on, so that nobody takes memory for a disk. */
function kindOf(folder: string): string {
  try {
    const { stdout } = new Deno.Command("stat", { args: ["-f", "-c", "%T", folder] }).outputSync();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "a file system that stat cannot tell";
    throw error;
  }
}
