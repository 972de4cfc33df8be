/**
 * Scripts and style sheets that a page's policy knows by their hash.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** A script or style sheet with the hash by which the page's policy knows it. */
export interface Asset {
  /** The text that stands between the tags. */
  text: string;
  /** Its hash as a source expression, such as `'sha256-...'`. */
  hash: string;
}

/**
 * A script or style sheet with its hash, fit to stand in a page.
 *
 * @param text The script or style sheet.
 * @returns The text with its hash.
 *
 * @example Usage
 * ```ts
 * import { asset } from "@polycore/reports/page";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(asset("p { margin: 0; }").hash.slice(0, 8), "'sha256-");
 * ```
 */
export function asset(text: string): Asset {
  // Inside an element these would end it or hide what follows, whatever the language says.
  if (/<\/(script|style)|<!--/i.test(text)) {
    throw new Error("[polycore bug] A script or style sheet of the page has an end tag in it");
  }
  return { text, hash: `'sha256-${createHash("sha256").update(text).digest("base64")}'` };
}
