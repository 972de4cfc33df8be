/**
 * What a page without charts is made of: it loads no library. With charts use
 * `@polycore/reports/page`, which has all of this as well.
 *
 * @module
 */
export { type Asset, asset } from "./asset.ts";
export { detail, page, type PageParts } from "./frame.ts";
export { Html, html, type HtmlValue, jsonForScript } from "./html.ts";
export { type Cell, table, type TableOptions } from "./table.ts";
export { formatCount, formatList, formatMs, formatPercent } from "../format.ts";
