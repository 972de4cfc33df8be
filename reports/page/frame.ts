/**
 * The frame of every page, and the pieces that several pages share.
 *
 * @module
 */
import type { Asset } from "./asset.ts";
import type { Chart, Point } from "./chart.ts";
import { Html, html, type HtmlValue, jsonForScript } from "./html.ts";
import { legend } from "./legend.ts";
import { style } from "./style.ts";

/** What {@linkcode page} is given. */
export interface PageParts {
  /** The title of the window. */
  title: string;
  /** The name under which a reader saves the data. */
  name: string;
  /** The body. */
  content: Html;
  /** The scripts that may run. */
  scripts: Asset[];
  /** Style sheets beside the one that every page has. */
  styles?: readonly Asset[];
}

/**
 * The frame of every page, with the policy that lets nothing in but what is in the file.
 *
 * @param parts What goes into the frame.
 * @returns The page.
 *
 * @example Usage
 * ```ts
 * import { html, page } from "@polycore/reports/page";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const content = html`<p>nothing</p>`;
 * assertStringIncludes(page({ title: "t", name: "n", content, scripts: [] }), "default-src 'none'");
 * ```
 */
export function page({ title, name, content, scripts, styles = [] }: PageParts): string {
  const sheets = [style, ...styles];
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `style-src ${sheets.map(({ hash }) => hash).join(" ")}`,
    ...(scripts.length > 0 ? [`script-src ${scripts.map((s) => s.hash).join(" ")}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`
    <!DOCTYPE html>
    <html lang="en" data-name="${name}">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>${title}</title>
        ${sheets.map(({ text }) => html`<style>${new Html(text)}</style>`)}
      </head>
      <body>
    ${content}
      </body>
    </html>
  `.text;
}

/**
 * The data of a page and the scripts that draw it.
 *
 * @param data The report, or several.
 * @param charts The charts of the page.
 * @param scripts The scripts.
 * @returns The elements.
 *
 * @example Usage
 * ```ts
 * import { chartScripts, dataAndScripts } from "@polycore/reports/page";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(dataAndScripts({ n: 1 }, [], chartScripts).text, '{"n":1}');
 * ```
 */
export function dataAndScripts(data: unknown, charts: readonly Chart[], scripts: Asset[]): Html {
  // Five digits are more than any chart can show, and a bare point is told by its place alone.
  const short = (value: number) => Number(value.toPrecision(5));
  const drawn = JSON.parse(JSON.stringify(charts, (key, value) => {
    if (typeof value === "number") return short(value);
    if (key !== "points") return value;
    return value.map((p: Point) => Object.keys(p).length === 2 ? [p.x, p.y] : p);
  }));
  return html`<script type="application/json" id="report">${jsonForScript(data)}</script>
<script type="application/json" id="charts">${jsonForScript(drawn)}</script>
${scripts.map(({ text }) => html`<script>${new Html(text)}</script>`)}`;
}

/**
 * A chart with its heading, legend and note.
 *
 * @param chart The chart.
 * @returns The figure.
 *
 * @example Usage
 * ```ts
 * import { type Chart, figure, linearAxis } from "@polycore/reports/page";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const chart: Chart = {
 *   id: "c",
 *   kind: "rows",
 *   title: "Meals",
 *   description: "Meals: 3",
 *   axes: { x: "meals", y: "" },
 *   x: linearAxis(3, String),
 *   y: { scale: "linear", min: -0.5, max: 0.5, ticks: [{ value: 0, label: "a" }] },
 *   series: [{ name: "here", role: "pool", points: [{ x: 3, y: 0 }] }],
 *   zones: [],
 *   note: null,
 * };
 * assertStringIncludes(figure(chart).text, '<canvas id="c"');
 * ```
 */
export function figure(chart: Chart): Html {
  const { id, title, description, note } = chart;
  return html`<figure><h4>${title}</h4><div class="canvas"><canvas id="${id}" role="img" aria-label="${description}"></canvas></div>${
    legend(chart)
  }${note === null ? null : html`<p class="note">${note}</p>`}</figure>`;
}

/**
 * Something that is folded away until it is asked for, with its finding in a few words.
 *
 * @param title What it is.
 * @param glance What it says.
 * @param content What is folded away.
 * @param print Whether paper shows it anyhow.
 * @returns The element.
 *
 * @example Usage
 * ```ts
 * import { detail, html } from "@polycore/reports/page";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(detail("Why", "", html`<p>so</p>`).text, "<summary>Why");
 * ```
 */
export function detail(title: string, glance: string, content: HtmlValue, print = false): Html {
  return html`
    <details${new Html(
      print ? ' class="print"' : "",
    )}>
      <summary>${title}<span class="glance">${glance}</span></summary>
      <div class="body">${content}</div>
      </details>
  `;
}

/**
 * A chart with its table to the right, where there is room.
 *
 * @param chart The chart.
 * @param table The table.
 * @returns The two.
 *
 * @example Usage
 * ```ts
 * import { beside, html } from "@polycore/reports/page";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(beside(html`<i>a</i>`, html`<i>b</i>`).text, "<i>a</i><i>b</i>");
 * ```
 */
export function beside(chart: HtmlValue, table: Html): Html {
  return html`<div class="beside">${chart}${table}</div>`;
}

/**
 * A list of warnings; nothing where there is none.
 *
 * @param warnings The sentences.
 * @returns The block.
 */
export function warningBlock(warnings: readonly string[]): HtmlValue {
  if (warnings.length === 0) return null;
  // "Too few samples: ..." may be said of several kernels; it is one matter.
  const matters = new Map<string, string[]>();
  for (const warning of warnings) {
    const [, head = "", rest = warning] = /^([^:]{1,40}): (.*)$/s.exec(warning) ?? [];
    matters.set(head, [...matters.get(head) ?? [], rest]);
  }
  return html`
    <section class="warnings" aria-labelledby="care">
      <h2 id="care">Read with care</h2>
      <ul>${[...matters].map(([head, [first, ...rest]]) => {
        const more = rest.map((text) => ` ${text[0].toUpperCase()}${text.slice(1)}`);
        return html`<li>${
          head === "" ? null : html`
            <strong>${head}</strong>:
          `
        }${first}${more}</li>`;
      })}</ul>
    </section>
  `;
}

/**
 * The buttons that save the data of the page.
 *
 * @param words What the data is.
 * @returns The section.
 */
export function downloads(words: string): Html {
  return html`
    <section>
      <h2>The data</h2>
      <p>${words}</p>
      <p class="buttons"><button id="save-json" type="button" hidden>Save as JSON</button>
    <button id="save-csv" type="button" hidden>Save every sample as CSV</button></p>
    </section>
  `;
}

/**
 * A time for people.
 *
 * @param iso The time in ISO 8601.
 * @returns Text such as `2026-11-21 03:04 UTC`.
 *
 * @example Usage
 * ```ts
 * import { minute } from "@polycore/reports/page";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(minute("2026-11-21T03:04:05Z"), "2026-11-21 03:04 UTC");
 * ```
 */
export function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
