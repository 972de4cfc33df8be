/**
 * The page of a comparison of two reports: tables with small pictures, and no script.
 *
 * @module
 */
import { type Comparison, comparisonInWords } from "../analysis/compare.ts";
import {
  type ComparedReports,
  comparisonSentence,
  formatChange,
  kernelsOf,
} from "../comparison.ts";
import { formatMs, formatPercent } from "../format.ts";
import { machineDifferences } from "../same_machine.ts";
import { minute, page, warningBlock } from "./frame.ts";
import { type Html, html } from "./html.ts";
import { dotOn, type Strip, table } from "./table.ts";

/** The picture shows at least so large a change to both sides. */
const LEAST_SCALE = 1.25;

/**
 * Render a comparison. The same two reports give the same page, byte for byte.
 *
 * @param compared The comparison.
 * @param name The name of its file without the ending.
 * @returns The page.
 *
 * @example Usage
 * ```ts
 * import { compareNamed, type NamedReport, renderComparison } from "@polycore/reports";
 *
 * const save = (before: NamedReport, after: NamedReport) =>
 *   Deno.writeTextFile("x.html", renderComparison(compareNamed(before, after), "x"));
 * ```
 */
export function renderComparison(compared: ComparedReports, name: string): string {
  const { before, after, comparisons, notes } = compared;
  const differences = machineDifferences(before.report.machine, after.report.machine);
  const rows = [["Before", before], ["After", after]] as const;
  const content = html`
    <header>
      <p class="soft">Polycore comparison</p>
      <h1>${comparisonSentence(compared)}</h1>
    </header>
    <main>
    ${warningBlock([
      ...differences.length === 0
        ? []
        : [`Two machines: they differ in ${differences.join(", ")}.`],
      ...notes,
    ])}
    <section class="card" aria-labelledby="reports"><h2 id="reports">The two reports</h2>${table(
      "Earlier and later report",
      ["", "Report", "Begun", "Commit", "Load at start, end"],
      rows.map(([word, { name, report: { createdAt, machine } }]) => [
        word,
        html`<a href="${name.split("/").map(encodeURIComponent).join("/")}.html">${name}</a>`,
        minute(createdAt),
        machine.gitCommit?.slice(0, 12) ?? "not readable",
        `${machine.loadStart?.toFixed(2) ?? "not readable"}, ${
          machine.loadEnd?.toFixed(2) ?? "not readable"
        }`,
      ]),
      { kind: "text" },
    )}</section>
    ${kernelsOf(comparisons).map(([kernel, list]) => kernelSection(compared, kernel, list))}
    <section><h2>How to read this</h2>
    <p>The change is how much more or less time the later run took (Hodges and Lehmann), with its 95 % interval. “Slower”
    and “faster” need two things: a test that is sure although many were made (Mann and Whitney, corrected by Holm), and
    a whole interval beyond the threshold. The threshold is what two runs of the same program may differ by here: it grows
    with what the machine did within either run, with how far the loops without a pool moved, and with the load.</p>
    <p>In the pictures, the line is no change, the shade is the threshold, and the bar is the interval.</p></section>
    </main>
    <footer>
      <p>Report version ${after.report.version}.</p>
    </footer>
  `;
  const title = `${before.name} and ${after.name}`;
  return page({ title, name, content, scripts: [] });
}

function kernelSection({ after }: ComparedReports, kernel: string, list: Comparison[]): Html {
  const { title } = after.report.kernels.find(({ name }) => name === kernel)!;
  const ends = list.flatMap(({ ratio, threshold }) => [
    ratio.value,
    ratio.low ?? 1,
    ratio.high ?? 1,
    1 + threshold,
  ]).map((x) => Math.max(x, 1 / x));
  const scale = Math.max(LEAST_SCALE, ...ends) * 1.05;
  const rows = list.map((one) => {
    const { what, before, after, ratio, threshold, verdict } = one;
    const band: [number, number] = [1 / (1 + threshold), 1 + threshold];
    const strip: Strip = { from: 1 / scale, to: scale, line: 1, band };
    const role = verdict === "slower" ? "worse" : verdict === "faster" ? "better" : "quiet";
    return [
      what,
      html`<span class="${role}">${verdict}</span>`,
      formatChange(ratio.value),
      dotOn({ ...ratio, median: ratio.value }, strip, role),
      formatMs(before.median),
      formatMs(after.median),
      ratio.low === null || ratio.high === null
        ? "–"
        : `${formatChange(ratio.low)} to ${formatChange(ratio.high)}`,
      formatPercent(threshold),
    ];
  });
  const said = list.filter(({ verdict, isBaseLine }) =>
    !isBaseLine && (verdict === "slower" || verdict === "faster")
  );
  const head = [
    "",
    "Verdict",
    "Time",
    "Less – more",
    "Before",
    "After",
    "95 % interval",
    "Threshold",
  ];
  return html`<section><h2>${title}</h2>${
    said.length === 0
      ? html`<p>No change beyond what two runs may differ by.</p>`
      : html`<ul>${said.map((one) => html`<li>${comparisonInWords(one)}</li>`)}</ul>`
  }${table(`${title}: before and after`, head, rows)}</section>`;
}
