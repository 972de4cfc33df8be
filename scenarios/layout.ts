/**
 * Paragraphs and tables for a terminal of 80 columns. Pure: text in, lines out.
 *
 * @module
 */
import type { Cell, Table } from "./scenario.ts";

/** The widest line that we print. */
export const width = 80;

/** Break `text` into lines, each behind `indent`. Line breaks in `text` stay. */
export function wrap(text: string, indent = "  "): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = indent;
    for (const word of paragraph.split(/\s+/).filter((word) => word !== "")) {
      if (line.trim() !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = indent;
      }
      line += line.length > indent.length ? ` ${word}` : word;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** A number as a reader wants it: groups of three, and three digits that matter. */
export function number(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString("en-US");
  if (size >= 10) return value.toFixed(1);
  if (size >= 1) return value.toFixed(2);
  return value.toPrecision(2);
}

function cell(value: Cell): string {
  if (value === null) return "-";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? number(value) : value;
}

/** The lines of a table: numbers to the right, text to the left, a rule under the head. */
export function table({ columns, rows }: Table, indent = "  "): string[] {
  const texts = rows.map((row) => row.map(cell));
  const widths = columns.map((head, i) =>
    Math.max(head.length, ...texts.map((row) => (row[i] ?? "").length))
  );
  // A column is a column of numbers when all its cells are numbers (or empty).
  const numeric = columns.map((_, i) =>
    rows.some((row) => typeof row[i] === "number") &&
    rows.every((row) => typeof row[i] === "number" || row[i] === null)
  );
  const layLine = (cells: readonly string[]): string =>
    (indent +
      cells.map((text, i) => numeric[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)).join(
        "  ",
      )).trimEnd();
  return [
    layLine(columns),
    layLine(widths.map((w) => "-".repeat(w))),
    ...texts.map(layLine),
  ];
}
