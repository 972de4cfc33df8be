/**
 * One scenario of the lecture: first what is asked, then the programs, then, when it is opened, what
 * came out.
 *
 * @module
 */
import {
  beside,
  type Chart,
  detail,
  figure,
  Html,
  html,
  type HtmlValue,
} from "@polycore/reports/page";
import { number } from "../layout.ts";
import { checksBlock, outcomesBlock, output, tableBlock, words } from "./blocks.ts";
import { chartsOf } from "./charts.ts";
import { listing } from "./code.ts";
import type { Entry, Recording } from "./data.ts";
import { markdown } from "./markdown.ts";

/** With fewer only the main thread was there, and there is nothing to see. */
const minEvents = 2;

/** An article and the charts in it. */
export interface Article {
  /** The article. */
  readonly content: Html;
  /** Its charts, for the script that draws them. */
  readonly charts: readonly Chart[];
}

/** Render a scenario. `others` are the ids on the page; the next one may not be among them. */
export function article(entry: Entry, others: ReadonlySet<string>): Article {
  const { id, slide, deck, question, lesson, file, code, command, next } = entry;
  const charts = entry.outcome === null ? [] : chartsOf(id, entry.outcome);
  const from = deck === "beyond" ? `Beyond the slides: ${slide}` : `${deck} deck: ${slide}`;
  const content = html`
    <article id="${id}" aria-labelledby="title-${id}">
      <header><h3 id="title-${id}">${id}</h3>${badge(entry)}<p class="soft">${from}</p></header>
      <p class="question">${words(question)}</p>
      ${lesson && prediction(id, lesson.predict)}
      ${entry.passed ? null : failure(entry)}
      <div class="pair${lesson === null ? " alone" : ""}">${lesson &&
        listing("Python", lesson.python, "python")}${listing(
          `TypeScript: ${file}`,
          code,
          "ts",
        )}</div>
      <div class="details">
        ${detail("What came out", "open it after the prediction", found(entry, charts), true)}
        ${lesson &&
          detail("What the slide does not say", "", markdown(lesson.beyond), true)}
      </div>
      ${lesson && exercise(lesson.exercise, lesson.answer)}
      <p class="onward"><code>${command}</code>${others.has(next)
        ? html`<a href="#${next}">Next: ${next}</a>`
        : html`<span>Next: ${next}</span>`}<a href="#contents" class="up">Contents</a></p>
    </article>
  `;
  return { content, charts };
}

/** Whether a scenario passed, and how long it took. */
export function badge({ passed, seconds }: Entry): Html {
  const [kind, word] = passed ? ["passed", "passed"] : ["failed", "FAILED"];
  return html`<span class="badge ${kind}">${word}</span> <span class="soft took">${
    seconds.toFixed(1)
  } s</span>`;
}

function prediction(id: string, predict: string): Html {
  return html`
    <section class="predict"
      aria-labelledby="predict-${id}"><h4 id="predict-${id}">Predict</h4>${markdown(
        predict,
      )}<textarea rows="2" autocomplete="off" aria-labelledby="predict-${id}" placeholder="Your prediction. It stays in this window and is not saved."></textarea></section>
  `;
}

function failure({ finding, error }: Entry): Html {
  return html`
    <div class="incomplete"
      role="note"><strong>This scenario failed.</strong> It ${finding}${error === null
        ? null
        : output("The error", error.split("\n"))}</div>
  `;
}

function found(entry: Entry, charts: readonly Chart[]): HtmlValue {
  const { id, outcome, settings, ran, trace } = entry;
  const printed = [...settings, ...ran];
  const shown = printed.length === 0
    ? null
    : html`<h4>What ran</h4>${output(`What ${id} printed`, printed)}`;
  const picture = trace === null || trace.cost.events < minEvents
    ? null
    : html`<h4>Who did what, and when</h4>${new Html(trace.figure)}<p class="note">${
      recordedIn(trace)
    }</p>`;
  if (outcome === null) {
    return [
      shown,
      html`<p class="missing">It found nothing: it ended before its answer.</p>`,
      picture,
    ];
  }
  const { answer, outcomes = [], why, beside: figures, check } = outcome;
  const sentences = answer.filter((block) => typeof block === "string");
  const tables = answer.filter((block) => typeof block !== "string")
    .map((table) => tableBlock(`From the run of ${id}`, table));
  return [
    html`<p class="found">${outcome.found}</p>`,
    shown,
    html`<h4>Answer</h4>`,
    sentences.map((text) => html`<p>${words(text)}</p>`),
    charts.length === 1 && tables.length === 1
      ? beside(drawn(charts), tables[0]!)
      : [tables, drawn(charts)],
    outcomes.length === 0 ? null : html`<h4>How often</h4>${outcomes.map(outcomesBlock)}`,
    html`
      <h4>Why</h4>
      <p>${words(why)}</p>
    `,
    figures === undefined
      ? null
      : html`<h4>Beside the slide</h4>${
        tableBlock(`The slide's figures and those of ${id}`, figures)
      }`,
    picture,
    html`<h4>Checks</h4>${checksBlock(check)}`,
  ];
}

/** What a recording is of, and what it cost. */
function recordedIn({ cost: { events, lost, nsPerEvent } }: Recording): string {
  const cost = `${number(events + lost)} events, each recorded in ${Math.round(nsPerEvent)} ns`;
  return `A run of its own, smaller where there would be too much to see: ${cost}.`;
}

function drawn(charts: readonly Chart[]): HtmlValue {
  if (charts.length === 0) return null;
  const most = Math.max(...charts.map(({ y, kind }) => kind === "rows" ? y.ticks.length : 9));
  const size = most <= 3 ? "low" : most <= 5 ? "middle" : "high";
  return html`<div class="charts ${size}">${charts.map(figure)}</div>`;
}

function exercise(task: string, answer: string): Html {
  return html`
    <section
      class="exercise"><h4>Exercise</h4>${markdown(task)}<div class="details">${detail(
        "Its answer",
        "",
        markdown(answer),
        true,
      )}</div></section>
  `;
}
