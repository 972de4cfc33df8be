/**
 * The page of a recording: one file that needs no network.
 *
 * @module
 */
import {
  type Asset,
  asset,
  formatMs,
  Html,
  html,
  type HtmlValue,
  jsonForScript,
  page,
} from "@polycore/reports/plain-page";
import aggregate from "./aggregate.js" with { type: "text" };
import criticalPath from "./critical_path.js" with { type: "text" };
import { figureOf, figureStyle, legendOf } from "./figure.ts";
import { costSentence, exampleOf, findingsOf, longestWaits } from "./findings.ts";
import type { Model } from "./model.ts";
import { pageData } from "./page_data.ts";
import data from "./page/data.js" with { type: "text" };
import paint from "./page/paint.js" with { type: "text" };
import rows from "./page/rows.js" with { type: "text" };
import sheet from "./page/trace.css" with { type: "text" };
import view from "./page/view.js" with { type: "text" };
import words from "./page/words.js" with { type: "text" };
import { traceTables } from "./page_tables.ts";
import timeAxis from "./time_axis.js" with { type: "text" };

/** A module that the server runs, too, as a script: what it exports is then known to all scripts. */
const shared = [aggregate, criticalPath, timeAxis].map((text) => text.replace(/^export /gm, ""));

const scripts: Asset[] = [...shared, data, rows, words, paint, view].map(asset);
const styles: Asset[] = [asset(sheet), asset(figureStyle)];

/**
 * The page of a recording.
 *
 * @param model What was recorded.
 * @param id The scenario that ran.
 * @returns The page. The same recording gives the same bytes.
 */
export function tracePage(model: Model, id: string): string {
  const findings = findingsOf(model);
  const content = html`
    <header>
      <p class="soft">Polycore · recording of a run</p>
      <h1>What the threads of ${id} did</h1>
    </header>
    <main>
    <ul class="sentences">${findings.map((text) => html`<li>${text}</li>`)}</ul>
    ${viewer(model, findings)}
    <div class="paper">${figureOf(model, id)}</div>
    ${traceTables(model)}
    <section>
      <h2>What recording cost</h2>
      <p>${costSentence(model)}</p>
    </section>
    </main>
    <footer>
      <p>${String(model.lanes.length)} threads, ${formatMs(
        model.end,
      )}. Made by deno task scenario ${id} --trace.</p>
    </footer>
    <script type="application/json" id="trace">${jsonForScript(pageData(model))}</script>
    ${scripts.map(({ text }) => html`<script>${new Html(text)}</script>`)}
  `;
  return page({
    title: `${id}: who did what, and when`,
    name: `trace-${id}`,
    content,
    scripts,
    styles,
  });
}

function viewer(model: Model, findings: readonly string[]): Html {
  const [longest] = longestWaits(model);
  const place = longest ? model.lanes[longest.lane]!.waits.indexOf(longest) : -1;
  const start = longest ? new Html(` data-wait="${longest.lane} ${place}"`) : null;
  return html`<section class="viewer" aria-label="The picture">
<div class="tools">
${button("in", "+", "Zoom in")}
${button("out", "−", "Zoom out")}
${button("left", "←", "Earlier")}
${button("right", "→", "Later")}
${button("all", "Whole run", "Show the whole run")}
${model.deadlocks.length > 0 ? button("deadlock", "Deadlock", "Show the first deadlock") : null}
${exampleOf(model) ? button("lost", "Lost update", "Show a lost update") : null}
${
    longest
      ? html`<button type="button" data-wait="${longest.lane} ${place}">Longest wait</button>`
      : null
  }
<span id="range"></span>
</div>
<div class="plot"><canvas id="plot" tabindex="0" role="application" aria-label="${
    `Lanes of the threads and strips of the locks along the time. ${findings.join(" ")} ` +
    "The tables below say the same."
  }" aria-describedby="keys"${start}></canvas><div id="tip" hidden></div></div>
<output id="said" for="plot"></output>
${legendOf(model, true)}
<p class="note hint" id="keys">Drag to move. Ctrl and the wheel zoom; after a click, the wheel alone. Keys: <kbd>+</kbd> <kbd>-</kbd> zoom, <kbd>←</kbd> <kbd>→</kbd> move, <kbd>0</kbd> the whole run, <kbd>↑</kbd> <kbd>↓</kbd> another lane, <kbd>Shift</kbd> with <kbd>←</kbd> <kbd>→</kbd> the span before and after. A click on a wait shows its critical path: what the others did that it had to wait for.</p>
</section>`;
}

function button(action: string, text: string, label: string): HtmlValue {
  return html`
    <button type="button" data-do="${action}" aria-label="${label}"
      title="${label}">${text}</button>
  `;
}
