/**
 * Read a report file, or say in one sentence what is wrong with it.
 *
 * @module
 */
import * as v from "npm:valibot@1.5.0";
import { type Report, REPORT_FORMAT, REPORT_VERSION } from "./schema.ts";

/**
 * A report file cannot be used; the message names the file, the field and what is expected there.
 */
export class ReportError extends Error {
  /** The error's name. */
  override name = "ReportError";
}

// The message of each rule is what it expects, in the words that stand in the error's sentence.
const text = v.string("a text");
const time = v.pipe(v.number("a number"), v.finite("a number"), v.gtValue(0, "a time above 0"));
const whole = "a whole number of 1 or more";
const count = v.pipe(v.number(whole), v.integer(whole), v.minValue(1, whole));
const maybeText = v.nullable(text);
const maybeCount = v.nullable(count);
const load = "a number of 0 or more";
const maybeLoad = v.nullable(v.pipe(v.number(load), v.finite(load), v.minValue(0, load)));
const samples = listOf(time);

/** A list with something in it. */
function listOf<T extends v.GenericSchema>(
  item: T,
): v.SchemaWithPipe<
  readonly [v.ArraySchema<T, string>, v.MinLengthAction<v.InferOutput<T>[], 1, string>]
> {
  return v.pipe(v.array(item, "a list"), v.minLength(1, "a list of at least one entry"));
}

const machine = v.object({
  host: maybeText,
  cpu: maybeText,
  sockets: maybeCount,
  physicalCores: maybeCount,
  logicalCores: maybeCount,
  allowedCores: maybeCount,
  allowedRule: maybeText,
  affinity: maybeText,
  cgroupQuota: maybeText,
  memoryBytes: maybeCount,
  governor: maybeText,
  boost: maybeText,
  kernel: maybeText,
  deno: maybeText,
  v8: maybeText,
  typescript: maybeText,
  gitCommit: maybeText,
  loadStart: maybeLoad,
  loadEnd: maybeLoad,
  slurm: v.nullable(v.record(text, text, "an object of texts")),
}, "an object");

const kernel = v.object({
  name: v.pipe(text, v.minLength(1, "a name")),
  title: text,
  about: text,
  size: count,
  unit: text,
  result: text,
  baseLines: v.array(
    v.object({ name: text, title: text, samplesMs: samples }, "an object"),
    "a list",
  ),
  runs: v.pipe(
    listOf(v.object({ workers: count, samplesMs: samples }, "an object")),
    v.check(
      (runs) => new Set(runs.map((run) => run.workers)).size === runs.length,
      "each number of workers once",
    ),
  ),
}, "an object");

// Typed by the interface, so that the schema and the type cannot drift apart.
const report: v.GenericSchema<unknown, Report> = v.object({
  format: v.literal(REPORT_FORMAT, `"${REPORT_FORMAT}"`),
  version: v.literal(REPORT_VERSION, String(REPORT_VERSION)),
  createdAt: v.pipe(text, v.isoTimestamp("a time such as 2026-01-02T03:04:05Z")),
  command: text,
  machine,
  settings: v.object({
    cores: listOf(count),
    warmups: v.pipe(v.number(load), v.integer(load), v.minValue(0, load)),
    quick: v.boolean("true or false"),
    order: text,
  }, "an object"),
  kernels: listOf(kernel),
}, "an object");

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
  if (typeof version === "number" && version > REPORT_VERSION) {
    throw new ReportError(
      `Cannot use the report "${source}": it has version ${version}, and this program reads ` +
        `version ${REPORT_VERSION}: open it with the newer Polycore that wrote it`,
    );
  }
  const result = v.safeParse(report, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = fieldName(issue.path?.map((item) => item.key) ?? []);
  const seen = issue.input === undefined ? "missing" : short(JSON.stringify(issue.input));
  throw new ReportError(
    `Cannot use the report "${source}": ${field} is ${seen}, and ${issue.message} is expected: ` +
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
