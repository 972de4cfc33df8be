/**
 * Read a report file, or say in one sentence what is wrong with it.
 *
 * @module
 */
import * as v from "npm:valibot@1.5.0";
import { type Report, REPORT_FORMAT, REPORT_VERSION, type Run } from "./schema.ts";

/**
 * A report file cannot be used; the message names the file, the field and what is expected there.
 */
export class ReportError extends Error {
  /** The error's name. */
  override name = "ReportError";
}

// The message of each rule is what it expects, in the words that stand in the error's sentence.
const text = v.string("a text");
const name = v.pipe(text, v.minLength(1, "a name"));
const above = v.pipe(v.number("a number"), v.finite("a number"), v.gtValue(0, "a number above 0"));
const time = v.pipe(v.number("a number"), v.finite("a number"), v.gtValue(0, "a time above 0"));
const whole = "a whole number of 1 or more";
const count = v.pipe(v.number(whole), v.integer(whole), v.minValue(1, whole));
const zeroOrMore = "a number of 0 or more";
const amount = v.pipe(
  v.number(zeroOrMore),
  v.finite(zeroOrMore),
  v.minValue(0, zeroOrMore),
);
const flag = v.boolean("true or false");
const maybeText = v.nullable(text);
const maybeCount = v.nullable(count);
const maybeAmount = v.nullable(amount);
const samples = listOf(time);

/** A list with something in it. */
function listOf<T extends v.GenericSchema>(
  item: T,
): v.SchemaWithPipe<
  readonly [v.ArraySchema<T, string>, v.MinLengthAction<v.InferOutput<T>[], 1, string>]
> {
  return v.pipe(v.array(item, "a list"), v.minLength(1, "a list of at least one entry"));
}

function object<T extends v.ObjectEntries>(entries: T): v.ObjectSchema<T, string> {
  return v.object(entries, "an object");
}

/** The rule that a list has each value once and in ascending order. */
function ascending<T>(key: (item: T) => number, what: string): v.CheckAction<T[], string> {
  return v.check(
    (list) => list.every((item, i) => i === 0 || key(list[i - 1]) < key(item)),
    `${what} in ascending order, each once,`,
  );
}

function byWorkers<T extends { workers: number }>(): v.CheckAction<T[], string> {
  return ascending((item) => item.workers, "numbers of workers");
}

/** The rule that no two entries have the same name. */
function named<T extends { name: string }>(): v.CheckAction<T[], string> {
  return v.check(
    (list) => new Set(list.map((item) => item.name)).size === list.length,
    "each name once",
  );
}

const machine = object({
  host: maybeText,
  cpu: maybeText,
  sockets: maybeCount,
  physicalCores: maybeCount,
  logicalCores: maybeCount,
  allowedCores: maybeCount,
  allowedRule: maybeText,
  affinity: maybeText,
  cgroupQuota: maybeText,
  caches: v.nullable(v.array(
    object({
      level: count,
      type: v.picklist(["data", "instruction", "unified"], '"data", "instruction" or "unified"'),
      sizeBytes: count,
      sharedBy: text,
    }),
    "a list",
  )),
  numaNodes: maybeCount,
  smt: v.nullable(v.picklist(["on", "off"], '"on" or "off"')),
  pinning: maybeText,
  timerNs: v.nullable(object({ cost: amount, resolution: amount })),
  memoryBytes: maybeCount,
  governor: maybeText,
  boost: maybeText,
  kernel: maybeText,
  deno: maybeText,
  v8: maybeText,
  typescript: maybeText,
  gitCommit: maybeText,
  loadStart: maybeAmount,
  loadEnd: maybeAmount,
  slurm: v.nullable(v.record(text, text, "an object of texts")),
});

const settings = object({
  cores: v.pipe(listOf(count), ascending((workers) => workers, "numbers of workers")),
  warmup: text,
  precision: v.nullable(above),
  budgetMs: v.nullable(time),
  quick: flag,
  order: text,
  seed: v.nullable(v.pipe(v.number("a number"), v.finite("a number"))),
  parts: v.array(
    v.picklist(
      ["strong", "weak", "chunks", "tasks", "startup"],
      '"strong", "weak", "chunks", "tasks" or "startup"',
    ),
    "a list",
  ),
});

const workerTime = object({
  busyMs: amount,
  waitingMs: amount,
  communicatingMs: amount,
  idleMs: amount,
});

const runFields = {
  workers: count,
  samplesMs: samples,
  workerTimes: v.nullable(v.array(workerTime, "a list")),
};

/** The rule that the times of the workers are those of all workers. */
function ofEachWorker<T extends Run>(): v.CheckAction<T, string> {
  return v.check(
    ({ workers, workerTimes }) => workerTimes === null || workerTimes.length === workers,
    "a run with as many workerTimes as workers",
  );
}

const runs = v.pipe(
  v.array(v.pipe(object(runFields), ofEachWorker()), "a list"),
  byWorkers(),
);
const weakRuns = v.pipe(
  v.array(v.pipe(object({ ...runFields, size: count }), ofEachWorker()), "a list"),
  byWorkers(),
);

const baseLine = v.pipe(
  object({
    name,
    title: text,
    threads: count,
    missing: maybeText,
    result: maybeText,
    samplesMs: v.array(time, "a list"),
  }),
  v.check(
    ({ missing, samplesMs }) => (missing === null) === (samplesMs.length > 0),
    "either samples or the reason why they are missing",
  ),
);

const chunkPoint = object({ chunkSize: count, samplesMs: samples });
const taskPoint = object({ unitsPerTask: count, tasks: count, serialMs: samples, poolMs: samples });

const kernel = object({
  name,
  title: text,
  about: text,
  unit: text,
  result: text,
  size: count,
  variant: text,
  bytesPerUnit: v.nullable(above),
  flopsPerUnit: v.nullable(above),
  baseLines: v.pipe(v.array(baseLine, "a list"), named()),
  runs,
  weakRuns,
  chunkSweep: v.nullable(object({
    workers: count,
    points: v.pipe(listOf(chunkPoint), ascending((point) => point.chunkSize, "chunk sizes")),
  })),
  taskSweep: v.nullable(object({
    workers: count,
    points: v.pipe(listOf(taskPoint), ascending((point) => point.unitsPerTask, "task sizes")),
  })),
});

// Typed by the interface, so that the schema and the type cannot drift apart.
const report: v.GenericSchema<unknown, Report> = object({
  format: v.literal(REPORT_FORMAT, `"${REPORT_FORMAT}"`),
  version: v.literal(REPORT_VERSION, String(REPORT_VERSION)),
  createdAt: v.pipe(text, v.isoTimestamp("a time such as 2026-01-02T03:04:05Z")),
  command: text,
  machine,
  settings,
  complete: flag,
  startup: v.pipe(
    v.array(object({ workers: count, samplesMs: samples }), "a list"),
    byWorkers(),
  ),
  kernels: v.pipe(listOf(kernel), named()),
});

/**
 * Check that a value has the shape of a report.
 *
 * @param value The value, as it came out of `JSON.parse`.
 * @param source The name of the file or other place that it came from, for the message.
 * @returns The report.
 * @throws {ReportError} If a field is missing or has a value that no run can give.
 *
 * @example Usage
 * ```ts
 * import { ReportError, validateReport } from "@polycore/reports";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => validateReport({ format: "other" }, "x.json"), ReportError, "x.json");
 * ```
 */
export function validateReport(value: unknown, source: string): Report {
  const version = (value as { version?: unknown } | null)?.version;
  if (Number.isInteger(version) && version !== REPORT_VERSION) {
    const wayOut = Number(version) > REPORT_VERSION
      ? "open it with the newer Polycore that wrote it"
      : "run the bench again, or open it with the older Polycore that wrote it";
    throw new ReportError(
      `Cannot use the report "${source}": its field version is ${version}, and this program reads ` +
        `version ${REPORT_VERSION}: ${wayOut}`,
    );
  }
  const result = v.safeParse(report, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = fieldName(issue.path?.map((item) => item.key) ?? []);
  // JSON has no word for what is no finite number.
  const seen = typeof issue.input === "number"
    ? String(issue.input)
    : short(JSON.stringify(issue.input) ?? "");
  const wrong = issue.input === undefined
    ? "is missing"
    : `is ${seen}, and ${issue.message} is expected`;
  throw new ReportError(
    `Cannot use the report "${source}": ${field} ${wrong}: ` +
      `repair that field or run the bench again`,
  );
}

/**
 * Read the text of a report file.
 *
 * @param json The text.
 * @param source The name of the file or other place that it came from, for the message.
 * @returns The report.
 * @throws {ReportError} If the text is no JSON, or is no report.
 *
 * @example Usage
 * ```ts
 * import { parseReport, ReportError } from "@polycore/reports";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseReport('{"format":', "x.json"), ReportError, "no whole JSON");
 * ```
 */
export function parseReport(json: string, source: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ReportError(
      `Cannot use the report "${source}": it is no whole JSON text (${short(reason)}): ` +
        `delete the file or run the bench again`,
    );
  }
  return validateReport(value, source);
}

/** A path as JavaScript writes it: `kernels[0].runs`. */
function fieldName(path: unknown[]): string {
  if (path.length === 0) return "the whole file";
  return path
    .map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`)
    .join("")
    .replace(/^\./, "");
}

/** Long values are cut, so that the message stays one line. */
function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
