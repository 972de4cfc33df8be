/**
 * Paragraphs and tables for a terminal of 80 columns. Pure: text in, lines out.
 *
 * @module
 */
import type { Cell, Table } from "./scenario.ts";

/** The widest line that we print. */
export const width = 80;

/** A word, or some code between backticks, which is not broken. */
const words = /(?:`[^`]{1,60}`|\S)+/g;

/** Break `text` into lines, each behind `indent`. Line breaks in `text` stay. */
export function wrap(text: string, indent = "  "): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = indent;
    for (const [word] of paragraph.matchAll(words)) {
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
 * wide, the texts of its widest column are broken into lines.
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
  const lines = texts.map((row) => {
    const cells = row.map((text, i) => fold(text, widths[i]!));
    const high = Math.max(...cells.map((parts) => parts.length));
    return Array.from({ length: high }, (_, n) => {
      const parts = cells.map((cell, i) =>
        numeric[i] ? (cell[n] ?? "").padStart(widths[i]!) : (cell[n] ?? "").padEnd(widths[i]!)
      );
      return (indent + parts.join("  ")).trimEnd();
    });
  });
  const rule = indent + widths.map((wide) => "-".repeat(wide)).join("  ");
  return [...lines[0]!, rule, ...lines.slice(1).flat()];
}

/** A text in lines of at most `wide` letters, broken at spaces where there are some. */
function fold(text: string, wide: number): string[] {
  if (text.length <= wide) return [text];
  const lines: string[] = [];
  let rest = text;
  while (rest.length > wide) {
    const space = rest.lastIndexOf(" ", wide);
    const end = space > 0 ? space : wide;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
