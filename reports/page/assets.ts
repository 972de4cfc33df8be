/**
 * The scripts of a page with charts: Chart.js and our own.
 *
 * @module
 */
import { Chart } from "npm:chart.js@4.6.1";
import { type Asset, asset } from "./asset.ts";
import downloads from "./downloads.js" with { type: "text" };
import looks from "./looks.js" with { type: "text" };
import plugins from "./plugins.js" with { type: "text" };
import script from "./script.js" with { type: "text" };

// The package exports only its ES modules, and a page without a network needs the one-file build
// beside them.
const umd = new URL("chart.umd.min.js", import.meta.resolve("npm:chart.js@4.6.1"));
const chartJs: string = (await import(umd.href, { with: { type: "text" } })).default;

/** The version of Chart.js in the page. */
export const chartVersion: string = Chart.version;

/** Chart.js with its licence line, and what draws charts with it. */
export const chartScripts: Asset[] = [withoutMap(chartJs), plugins, looks, script].map(asset);

/** All scripts of a page of reports. */
export const scripts: Asset[] = [...chartScripts, asset(downloads)];

/** A source map is a further file, and the page has none beside it. */
function withoutMap(text: string): string {
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "");
}
