/**
 * One large array saved in each format and level: the size of the file, and how fast it is written and
 * read.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { generator, measurements, noise } from "./made_numbers.ts";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** Save the array and load it again: the size of the file, both times, and whether all is there. */
async function saved(data: Float64Array, path: string, compress: mp.Compress): Promise<Saved> {
  const start = performance.now();
  await mp.dump(data, path, { compress }); // <- false, true, a level, a method, or [method, level]
  const dumped = performance.now();
  const back = await mp.load<Float64Array>(path); // <- sees the format by itself, whatever the name
  const loaded = performance.now();
  return {
    bytes: data.byteLength,
    file: (await Deno.stat(path)).size,
    dumpMs: dumped - start,
    loadMs: loaded - dumped,
    same: back.length === data.length && back.every((x, i) => x === data[i]),
  };
}

// #endregion

/** What came of saving one array in one format. */
export interface Saved {
  /** The size of the array. */
  readonly bytes: number;
  /** The size of the file. */
  readonly file: number;
  /** How long it took to write. */
  readonly dumpMs: number;
  /** How long it took to read. */
  readonly loadMs: number;
  /** Whether what was read is what was written. */
  readonly same: boolean;
}

/** The formats and levels; null is the method's own. */
const formats: readonly (readonly [mp.CompressMethod, number | null])[] = [
  ...[1, 3, 6, 9].map((level) => ["zlib", level] as const),
  ...[["gzip", 3], ["zstd", 3], ["lz4", null], ["bz2", 9], ["xz", 3], ["lzma", 3]] as const,
];

/** LZMA-JS writes some 0.2 MB/s, so it gets the first part of the array only. */
const mostForLzma = 16_384;

/** What must hold; `formats` are those of the measurements by their names, "none" is not compressed. */
export function checkSaved(
  formats: ReadonlyMap<string, Saved>,
  noise: Saved,
  gzip: boolean,
): Check[] {
  const all = [...formats.values(), noise];
  const size = (name: string) => formats.get(name)?.file ?? NaN;
  const compressed = [...formats].filter(([name]) => name !== "none");
  const none = formats.get("none");
  return [
    { claim: "Every file gives the same numbers back.", holds: all.every(({ same }) => same) },
    {
      claim: "Not compressed, the file is the array and less than 1 kB.",
      holds: none !== undefined && none.file > none.bytes && none.file < none.bytes + 1000,
    },
    {
      claim: "Each compressed file is less than two thirds of the array.",
      holds: compressed.length > 0 &&
        compressed.every(([, { file, bytes }]) => file < bytes * 2 / 3),
    },
    {
      claim: "zlib's level 9 is smaller than 3, and 3 than 1.",
      holds: size("zlib 9") < size("zlib 3") && size("zlib 3") < size("zlib 1"),
    },
    {
      claim: "Of pure chance zlib saves less than a tenth.",
      holds: noise.file > noise.bytes * 0.9,
    },
    { claim: "A path that ends in .gz makes a gzip file.", holds: gzip },
  ];
}

/** Whether a format's package cannot be loaded here. */
async function isMissing(path: string, compress: mp.Compress): Promise<boolean> {
  try {
    await saved(new Float64Array(1), path, compress);
    return false;
  } catch (error) {
    if (error instanceof Error && error.message.includes("needs the package")) return true;
    throw error;
  }
}

/** The scenario. */
export const scenario: Scenario = {
  id: "joblib-dump",
  deck: "Firenze",
  slide: "Serialization",
  summary: "a large array saved in each format: size and time",
  question: "A large array of measurements is saved with each format and level. How large is the " +
    "file, how fast is it written and read, and is level 3 the good default?",
  takes: {
    size: { means: "doubles", full: 1_000_000, quick: 100_000, min: 20_000, max: 10_000_000 },
    seed: true,
    folder: true,
  },
  next: "joblib-memory",

  async run({ size, seed, folder }, print) {
    const random = generator(seed);
    const data = measurements(size, random);
    const results = new Map<string, Saved>();
    const rows: (string | number)[][] = [];
    const missing: string[] = [];
    const measure = async (name: string, array: Float64Array, compress: mp.Compress) => {
      const result = await saved(array, `${folder}/array.bin`, compress);
      const { bytes, file, dumpMs, loadMs } = result;
      const mb = bytes / 1e6;
      rows.push([name, mb, 100 * file / bytes, mb / dumpMs * 1000, mb / loadMs * 1000]);
      print(`${name}: ${(file / 1e6).toFixed(2)} MB`);
      return result;
    };
    results.set("none", await measure("none", data, false));
    for (const [method, level] of formats) {
      const name = level === null ? method : `${method} ${level}`;
      if (await isMissing(`${folder}/array.bin`, [method, level])) missing.push(name);
      else {
        const part = method === "lzma" ? data.subarray(0, mostForLzma) : data;
        results.set(name, await measure(name, part.slice(), [method, level]));
      }
    }
    const chance = await measure("zlib 3, noise", noise(size, random), ["zlib", 3]);
    const [path] = await mp.dump(data, `${folder}/array.gz`);
    const [first, second] = await Deno.readFile(path!);
    const percent = (name: string) => {
      const { file, bytes } = results.get(name)!;
      return (100 * file / bytes).toFixed(0);
    };
    return {
      found: `zlib 1, 3, 9: ${
        ["zlib 1", "zlib 3", "zlib 9"].map(percent).join(", ")
      } % of the array`,
      answer: [
        { columns: ["format", "array MB", "file %", "dump MB/s", "load MB/s"], rows },
        ...missing.length === 0 ? [] : [
          `Missing: ${
            missing.join(", ")
          }. Their libraries come from npm on first use and could not be loaded; with ` +
          "a network, deno run -A scenarios/joblib_dump.ts may.",
        ],
      ],
      why: "A compressor looks for what repeats. In measurements the upper bytes of neighbours " +
        "do; in pure chance nothing does but the exponents. A higher level looks longer, so only " +
        "the writing gets slower. From 3 on it finds little more and takes several times as " +
        "long, which is why 3 is the default. Without compression the array goes to the file " +
        "and back as it lies in memory.",
      check: checkSaved(results, chance, first === 0x1f && second === 0x8b),
    };
  },
};

if (import.meta.main) await alone(scenario);
