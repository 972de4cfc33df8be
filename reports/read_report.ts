/**
 * Read report files for a command.
 *
 * @module
 */
import type { Report } from "./schema.ts";
import { parseReport, ReportError } from "./validate.ts";

/**
 * Read a report file.
 *
 * @param path The path of the JSON file.
 * @returns The report.
 * @throws {ReportError} If the file cannot be read, or is no report.
 *
 * @example Usage
 * ```ts
 * import { readReport, ReportError } from "@polycore/reports";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readReport("no/such.json"), ReportError, "Cannot read the report");
 * ```
 */
export function readReport(path: string): Report {
  return parseReport(readText(path), path);
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(": ")[0] : String(error);
    throw new ReportError(`Cannot read the report "${path}": ${reason}`);
  }
}
