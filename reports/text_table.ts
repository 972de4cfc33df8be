/**
 * Tables for the terminal.
 *
 * @module
 */

/**
 * Set rows in columns: the first to the left, the others to the right.
 *
 * @param rows The cells.
 * @returns The lines.
 *
 * @example Usage
 * ```ts
 * import { columns } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(columns([["workers", "time"], ["1", "10 ms"]]), "  workers   time\n  1        10 ms");
 * ```
 */
export function columns(rows: readonly string[][]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length)));
  return rows
    .map((row) =>
      row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
    )
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");
}
