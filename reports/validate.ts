/**
 * Read a report file, or say in one sentence what is wrong with it.
 *
 * @module
 */
import * as v from "npm:valibot@1.5.0";
import { type Report, REPORT_FORMAT, REPORT_VERSION } from "./schema.ts";

/** A report file cannot be used; the message names the file, the field and what is expected there. */
export class ReportError extends Error {
  /** The error's name. */
  override name = "ReportError";
}

const text = v.string();
const time = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const maybeText = v.nullable(text);
const maybeCount = v.nullable(count);
const maybeLoad = v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0)));
const samples = v.pipe(v.array(time), v.minLength(1));

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
  slurm: v.nullable(v.record(text, text)),
});

const kernel = v.object({
  name: v.pipe(text, v.minLength(1)),
  title: text,
  about: text,
  size: count,
  unit: text,
  result: text,
  baseLines: v.array(v.object({ name: text, title: text, samplesMs: samples })),
  runs: v.pipe(
    v.array(v.object({ workers: count, samplesMs: samples })),
    v.minLength(1),
    v.check(
      (runs) => new Set(runs.map((run) => run.workers)).size === runs.length,
      "Invalid value: Expected each number of workers once but received one of them twice",
    ),
  ),
});

// Typed by the interface, so that the schema and the type cannot drift apart.
const report: v.GenericSchema<unknown, Report> = v.object({
  format: v.literal(REPORT_FORMAT),
  version: v.literal(REPORT_VERSION),
  createdAt: v.pipe(text, v.isoTimestamp()),
  command: text,
  machine,
  settings: v.object({
    cores: v.pipe(v.array(count), v.minLength(1)),
    warmups: v.pipe(v.number(), v.integer(), v.minValue(0)),
    quick: v.boolean(),
    order: text,
  }),
  kernels: v.pipe(v.array(kernel), v.minLength(1)),
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
  const [, expected, seen] = /Expected (.*) but received (.*)$/s.exec(issue.message) ?? [];
  const problem = expected
    ? `${field} is ${short(seen)}, and ${short(expected)} is expected`
    : `${field} is ${short(JSON.stringify(issue.input))}: ${issue.message}`;
  throw new ReportError(
    `Cannot use the report "${source}": ${problem}: repair that field or run the bench again`,
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
