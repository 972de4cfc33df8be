/**
 * What a page without a network is made of: its frame, tables, charts, and the policy that lets
 * nothing in but what is in the file. The pages of reports are made of it, and others may be.
 *
 * @module
 */
export { type Asset, asset } from "./asset.ts";
export { chartScripts, chartVersion } from "./assets.ts";
export { type Chart, type Point, type Role, type Series, type Zone } from "./chart.ts";
export { beside, dataAndScripts, detail, figure, minute, page, type PageParts } from "./frame.ts";
export { Html, html, type HtmlValue, jsonForScript } from "./html.ts";
export { type Cell, table, type TableOptions } from "./table.ts";
export { type Axis, linearAxis, logAxis, type Tick } from "./ticks.ts";
