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

/**
 * The lines of a table: numbers to the right, text to the left, a rule under the head. When it is too
 * wide, the texts of its widest column are cut.
 */
export function table({ columns, rows }: Table, indent = "  "): string[] {
  const texts = [columns, ...rows.map((row) => row.map(cell))];
  const widths = columns.map((_, i) => Math.max(...texts.map((row) => (row[i] ?? "").length)));
  const total = indent.length + widths.reduce((sum, wide) => sum + wide + 2, -2);
  const widest = widths.indexOf(Math.max(...widths));
  if (total > width) widths[widest] = Math.max(4, widths[widest]! - (total - width));
  // A column is a column of numbers when all its cells are numbers (or empty).
  const numeric = columns.map((_, i) =>
    rows.some((row) => typeof row[i] === "number") &&
    rows.every((row) => typeof row[i] === "number" || row[i] === null)
  );
  const layCell = (text: string, i: number): string => {
    const wide = widths[i]!;
    const fitting = text.length > wide ? `${text.slice(0, wide - 3)}...` : text;
    return numeric[i] ? fitting.padStart(wide) : fitting.padEnd(wide);
  };
  const lines = texts.map((row) => (indent + row.map(layCell).join("  ")).trimEnd());
  lines.splice(1, 0, indent + widths.map((wide) => "-".repeat(wide)).join("  "));
  return lines;
}
