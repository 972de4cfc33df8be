/**
 * What is put into every page: Chart.js, our scripts and our style sheet.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Chart } from "npm:chart.js@4.6.1";
import colours from "./colours.css" with { type: "text" };
import downloads from "./downloads.js" with { type: "text" };
import looks from "./looks.js" with { type: "text" };
import plugins from "./plugins.js" with { type: "text" };
import script from "./script.js" with { type: "text" };
import styles from "./styles.css" with { type: "text" };

// The package exports only its ES modules, and a page without a network needs the one-file build
// beside them.
const umd = new URL("chart.umd.min.js", import.meta.resolve("npm:chart.js@4.6.1"));
const chartJs: string = (await import(umd.href, { with: { type: "text" } })).default;

/** A script or style sheet with the hash by which the page's policy knows it. */
export interface Asset {
  /** The text that stands between the tags. */
  text: string;
  /** Its hash as a source expression, such as `'sha256-...'`. */
  hash: string;
}

/** The version of Chart.js in the page. */
export const chartVersion: string = Chart.version;

/** Chart.js with its licence line, and the page's own scripts. */
export const scripts: Asset[] = [withoutMap(chartJs), plugins, looks, script, downloads].map(asset);

/** The style sheet of every page. */
export const style: Asset = asset(`${colours}\n${styles}`);

/** A source map is a further file, and the page has none beside it. */
function withoutMap(text: string): string {
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "");
}

function asset(text: string): Asset {
  // Inside an element these would end it or hide what follows, whatever the language says.
  if (/<\/(script|style)|<!--/i.test(text)) {
    throw new Error("[polycore bug] A script or style sheet of the page has an end tag in it");
  }
  return { text, hash: `'sha256-${createHash("sha256").update(text).digest("base64")}'` };
}
