/**
 * The page of a lecture: one file that needs no network. Pure: the same data gives the same bytes.
 *
 * @module
 */
import {
  type Asset,
  asset,
  type Chart,
  chartScripts,
  chartVersion,
  dataAndScripts,
  type Html,
  html,
  type HtmlValue,
  minute,
  page,
} from "@polycore/reports/page";
import type { Deck } from "../scenario.ts";
import { figureStyle } from "../trace/figure.ts";
import { article, badge } from "./article.ts";
import type { Entry, LectureData, Machine } from "./data.ts";
import sheet from "./lecture.css" with { type: "text" };

const style: Asset = asset(`${sheet}\n${figureStyle}`);

/** The decks in the order of the page, with what each is. */
const decks: Record<Deck, string> = {
  PNNL: "PNNL: Multiprocessor Python",
  Firenze: "Firenze: Python, multiprocessing",
  UVA: "UVA: Multiprocessing for Multicore Systems",
  Duke: "Duke: Multi-Core Parallelism",
  beyond: "Beyond the slides",
};

/** Render a lecture. */
export function renderLecture(data: LectureData): string {
  const ids = new Set(data.entries.map(({ id }) => id));
  const chapters = (Object.keys(decks) as Deck[]).flatMap((deck) => {
    const entries = data.entries.filter((entry) => entry.deck === deck);
    return entries.length === 0 ? [] : [{ deck, entries }];
  });
  const charts: Chart[] = [];
  const body = chapters.map(({ deck, entries }) => {
    const articles = entries.map((entry) => article(entry, ids));
    charts.push(...articles.flatMap((one) => one.charts));
    return html`
      <section class="chapter"
        aria-labelledby="deck-${deck}"><h2 id="deck-${deck}">${decks[deck]}</h2>${articles.map((
          { content },
        ) => content)}</section>
    `;
  });
  const results = data.entries.map(({ id, passed, seconds }) => ({ id, passed, seconds }));
  const content = html`
    <a class="skip" href="#contents">To the contents</a>
    <header>
      <p class="soft">Polycore lecture · ${minute(data.createdAt)}</p>
      <h1>Multiprocessing on this machine</h1>
    </header>
    <main>
    ${summary(data)}
    <nav id="contents" class="contents" aria-labelledby="contents-title" tabindex="-1">
      <h2 id="contents-title">Contents</h2>
      ${chapters.map(({ deck, entries }) => contentsOf(deck, entries))}
    </nav>
    ${body}
    </main>
    <footer>
      <p>Made by <code>${data.command}</code>. Charts by Chart.js ${chartVersion}, MIT licence;
    colours of the code by highlight.js, BSD licence.</p>
    </footer>
    ${dataAndScripts({ ...data, entries: results }, charts, chartScripts)}
  `;
  return page({
    title: "Polycore: the lecture",
    name: "lecture",
    content,
    scripts: chartScripts,
    styles: [style],
  });
}

function summary({ entries, machine, seconds, full, command }: LectureData): HtmlValue {
  const failed = entries.filter(({ passed }) => !passed);
  const verdict = failed.length === 0
    ? html`<p class="verdict"><strong>All ${entries.length} scenarios passed.</strong></p>`
    : html`
      <p class="incomplete"
        role="note"><strong>${failed.length} of ${entries
          .length} scenarios failed:</strong> ${failed.map(({ id }, i) =>
            html`${i > 0 ? ", " : ""}<a href="#${id}">${id}</a>`
          )}</p>
    `;
  return html`
    ${verdict}
    <section class="card" aria-labelledby="machine"><h2 id="machine">The run</h2>${facts(
      machine,
      full,
      seconds,
    )}</section>
    <p>Every scenario is one question of a slide. Read it, write down what you expect, look at the
    two programs; then open what came out on this machine.</p>
    <p class="soft">The command that repeats the run:</p>
    <code class="command" tabindex="0">${command}</code>
    <p class="buttons"><button id="open-all" type="button" hidden>Open all details</button></p>
  `;
}

function facts({ cpu, cores, rule, deno }: Machine, full: boolean, seconds: number): Html {
  const rows: [string, string][] = [
    ["Processor", cpu ?? "not readable"],
    ["Cores", `${cores} (${rule})`],
    ["Deno", deno],
    ["Sizes", full ? "the slides' own" : "quick: smaller than the slides'"],
    ["Took", duration(seconds)],
  ];
  return html`<dl>${
    rows.map(([name, value]) =>
      html`
        <div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>
      `
    )
  }</dl>`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function contentsOf(deck: Deck, entries: readonly Entry[]): Html {
  return html`
    <h3><a href="#deck-${deck}">${decks[deck]}</a></h3>
    <ul class="reports">${entries.map((entry) =>
      html`<li><a href="#${entry.id}">${entry.id}</a><span>${entry.slide}</span>${
        badge(entry)
      }</li>`
    )}</ul>
  `;
}
