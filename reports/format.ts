/**
 * Figures as text, the same in the terminal and on the page.
 *
 * @module
 */

/**
 * A time with three significant digits and a fitting unit.
 *
 * @param ms The time in milliseconds.
 * @returns Text such as `1.32 s`.
 *
 * @example Usage
 * ```ts
 * import { formatMs } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1323.4, 25, 0.0421].map(formatMs), ["1.32 s", "25.0 ms", "42.1 µs"]);
 * ```
 */
export function formatMs(ms: number): string {
  if (ms >= 1000) return `${significant(ms / 1000)} s`;
  if (ms >= 1) return `${significant(ms)} ms`;
  if (ms >= 1e-3) return `${significant(ms * 1e3)} µs`;
  return `${significant(ms * 1e6)} ns`;
}

/**
 * A number of three significant digits, and two decimals at the most.
 *
 * @param value The number.
 * @returns Text such as `12.4`.
 *
 * @example Usage
 * ```ts
 * import { significant } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.9812, 1.9412, 12.37, 402.4].map(significant), ["0.98", "1.94", "12.4", "402"]);
 * ```
 */
export function significant(value: number): string {
  const size = Math.abs(value);
  // The limits lie where rounding gains a digit: 9.996 is 10.0, not 10.00.
  return value.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

/**
 * A share as a percentage.
 *
 * @param share The share, 1 being the whole.
 * @returns Text such as `97 %`.
 *
 * @example Usage
 * ```ts
 * import { formatPercent } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.974, 0.004, 0.0152].map(formatPercent), ["97 %", "0.4 %", "1.5 %"]);
 * ```
 */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const small = Math.abs(percent) < 9.95 && percent !== 0;
  // A value that rounds to nothing is printed as 0, without a sign.
  return `${percent.toFixed(small ? 1 : 0).replace(/^-(0(\.0)?)$/, "$1")} %`;
}

/**
 * A bandwidth in units of a thousand.
 *
 * @param bytesPerSecond The bandwidth.
 * @returns Text such as `51.0 GB/s`.
 *
 * @example Usage
 * ```ts
 * import { formatBandwidth } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([51e9, 800e6].map(formatBandwidth), ["51.0 GB/s", "0.80 GB/s"]);
 * ```
 */
export function formatBandwidth(bytesPerSecond: number): string {
  return `${significant(bytesPerSecond / 1e9)} GB/s`;
}

/**
 * A whole number with its thousands set apart.
 *
 * @param value The number.
 * @returns Text such as `1,000,000`.
 *
 * @example Usage
 * ```ts
 * import { formatCount } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatCount(1000000), "1,000,000");
 * ```
 */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/**
 * A list in words.
 *
 * @param items The items.
 * @returns Text such as `2, 4 and 8`.
 *
 * @example Usage
 * ```ts
 * import { formatList } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatList([2, 4, 8]), "2, 4 and 8");
 * ```
 */
export function formatList(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/**
 * A title as it stands within a sentence.
 *
 * @param title The title.
 * @returns The title, its article in lower case.
 *
 * @example Usage
 * ```ts
 * import { inText } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["The dot product", "Monte-Carlo pi"].map(inText), ["the dot product", "Monte-Carlo pi"]);
 * ```
 */
export function inText(title: string): string {
  return title.replace(/^The /, "the ");
}
