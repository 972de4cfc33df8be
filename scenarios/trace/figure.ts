/**
 * A picture of a whole run for a page or for paper: it needs no script.
 *
 * @module
 */
import { type Html, html, type HtmlValue } from "@polycore/reports/plain-page";
import { aggregate, type Block, without } from "./aggregate.js";
import { criticalPath } from "./critical_path.js";
import { findingsOf, isIdle, longestWaits, nameOf } from "./findings.ts";
import {
  type Hold,
  type Lane,
  type Model,
  modelOf,
  placesOf,
  type Span,
  type Trace,
  type Wait,
} from "./model.ts";
import { laneRows, lockRows, rowName } from "./rows.ts";
import { timeAxis } from "./time_axis.js";

/** The sizes of the picture, in its own units. */
const WIDTH = 960, LEFT = 150, RIGHT = 12, TOP = 8, LANE = 30, STRIP = 19, AXIS = 26;

/** More than that nobody tells apart. */
const MOST_ROWS = 24, MOST_STRIPS = 10, MOST_ARROWS = 60;

/** Spans of one colour in one lane are one element, with so many pieces at the most. */
const MOST_PIECES = 400;

/** What a colour means; the variables are those of the style sheet of all pages. */
const looks = {
  run: { words: "runs", fill: "var(--pool, #0067a5)", opacity: 0.28 },
  task: { words: "runs a task", fill: "var(--pool, #0067a5)", opacity: 1 },
  idle: { words: "waits for work", fill: "var(--muted, #767e88)", opacity: 0.3 },
  wait: { words: "waits", fill: "var(--serial, #c04f00)", opacity: 1 },
  hold: { words: "holds a lock", fill: "var(--amdahl, #00785a)", opacity: 1 },
  message: { words: "message", fill: "var(--published, #7a3f98)", opacity: 1 },
  path: { words: "critical path of the longest wait", fill: "var(--usl, #a83279)", opacity: 1 },
  access: { words: "reads and writes of a value", fill: "var(--text, #1b1f24)", opacity: 0.8 },
  bad: { words: "lost update or deadlock", fill: "var(--bad, #a3261b)", opacity: 1 },
} as const;

type Look = keyof typeof looks;

/** The style that keeps the picture legible on a phone: it then scrolls from left to right. */
export const figureStyle =
  `.trace-figure .scroll svg { display: block; width: 100%; min-width: 44rem; }
.trace-figure .scroll { margin-top: 0; }
.trace-figure figcaption ul { margin: 0.5rem 0 0; padding: 0; list-style: none; }
@media print { .trace-figure .scroll svg { min-width: 0; } }`;

/**
 * Draw a run: a lane for each thread, a strip for each lock, and in words what is to be seen. The
 * colours are the variables of the style sheet that all pages have; {@linkcode figureStyle} goes with
 * it.
 *
 * @param trace The recording.
 * @param title What ran.
 * @returns A `figure` element. The same recording gives the same text.
 */
export function traceFigure(trace: Trace, title: string): string {
  return figureOf(modelOf(trace), title).text;
}

/** The same from the model. */
export function figureOf(model: Model, title: string): Html {
  const findings = findingsOf(model);
  const { content, height, left } = draw(model);
  const label = `${title}: ${findings.join(" ")}`;
  return html`
    <figure class="trace-figure">
      <div class="scroll" tabindex="0" role="region"
        aria-label="${title}: who did what, and when">${svg(height, label, content)}</div>
      <figcaption>${legendOf(model)}${findings.map((text) =>
        html`<p class="note">${text}</p>`
      )}${left === "" ? null : html`<p class="note">${left}</p>`}</figcaption>
    </figure>
  `;
}

/** What the colours mean that the picture of this run has; with `zoom`, the one that can be zoomed. */
export function legendOf(model: Model, zoom = false): Html {
  const some = (test: (lane: Lane) => boolean) => model.lanes.some(test);
  const idle = (wait: Wait) => isIdle(model, wait);
  const used: [Look, boolean][] = [
    ["run", true],
    ["task", some(({ tasks }) => tasks.length > 0)],
    ["idle", some(({ waits }) => waits.some(idle))],
    ["wait", some(({ waits }) => !waits.every(idle))],
    ["hold", some(({ holds }) => holds.length > 0)],
    ["message", model.messages.length > 0 && (zoom || model.messages.length <= MOST_ARROWS)],
    ["path", longestWaits(model).length > 0],
    ["access", zoom && some(({ accesses }) => accesses.length > 0)],
    ["bad", model.deadlocks.length > 0 || model.lostUpdates.length > 0],
  ];
  return html`<ul class="legend">${
    used.filter(([, is]) => is).map(([look]) => html`<li>${key(look)}${looks[look].words}</li>`)
  }</ul>`;
}

function svg(height: number, label: string, content: HtmlValue): Html {
  return html`
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}" font-size="12"
      font-family="inherit" fill="var(--text, #1b1f24)">${content}</svg>
  `;
}

function key(look: Look): Html {
  const { fill, opacity } = looks[look];
  const shape = look === "hold"
    ? "M9 4h16v4h-16z"
    : look === "access"
    ? "M12 1h1.5v10h-1.5zM17 1h1.5v10h-1.5z"
    : look === "path" || look === "message"
    ? "M9 5h16v2h-16z"
    : "M9 0h16v12h-16z";
  return html`
    <svg width="34" height="12" aria-hidden="true">
      <path stroke="none" fill="${fill}" fill-opacity="${opacity}" d="${shape}" />
    </svg>
  `;
}

/** The content of the picture, its height, and what was left out. */
function draw(model: Model): { content: HtmlValue[]; height: number; left: string } {
  const { lanes, held } = model;
  const all = laneRows(model), strips = lockRows(model);
  const rows = busiest(all, MOST_ROWS, (row) => sum(row, (at) => eventsOf(lanes[at]!)));
  const shown = busiest(strips, MOST_STRIPS, (row) => sum(row, (at) => held.get(at)!.length));

  const x = (ms: number) => LEFT + ms / (model.end || 1) * (WIDTH - LEFT - RIGHT);
  const top = new Map(rows.flatMap((row, i) => row.map((lane) => [lane, TOP + i * LANE] as const)));
  const colours = new Map(all.flatMap((row, i) => row.map((lane) => [lane, colourOf(i)] as const)));
  const stripsTop = TOP + rows.length * LANE + (shown.length > 0 ? 8 : 0);
  const bottom = stripsTop + shown.length * STRIP;

  const content: HtmlValue[] = [axis(model, x, bottom)];
  for (const row of rows) {
    const y = top.get(row[0]!)!;
    const own = row.map((at) => lanes[at]!);
    const colour = colours.get(row[0]!)!;
    content.push(
      name(rowName(own.map(({ name }) => name)), y + 15),
      html`
        <path fill="${colour}" d="${rect(LEFT - 5, y + 4, 3, 14)}" />
      `,
      lane(model, own, y),
    );
  }
  shown.forEach((row, i) => {
    const y = stripsTop + i * STRIP;
    const holds = row.flatMap((object) => held.get(object)!);
    const title = rowName(row.map((object) => nameOf(model, object)));
    content.push(name(title, y + 13), owners(model, holds, y + 3, colours));
  });
  content.push(arrows(model, x, top), path(model, x, top), marks(model, x, top));
  for (const row of rows) {
    const lost = row.flatMap((at) => lanes[at]!.lost).map((ms) => ({ from: ms, to: ms }));
    content.push(bars("bad", lost, top.get(row[0]!)! + 1, 6, model.end));
  }
  const left = [
    ...leftOut(all.length - rows.length, "row of threads that did less"),
    ...leftOut(strips.length - shown.length, "row of locks that were taken less often"),
  ];
  const words = left.length === 0 ? "" : `Not drawn: ${left.join(", ")}.`;
  return { content, height: bottom + AXIS, left: words };
}

function busiest<T>(all: readonly T[], most: number, many: (one: T) => number): T[] {
  const best = new Set(all.toSorted((a, b) => many(b) - many(a)).slice(0, most));
  return all.filter((one) => best.has(one));
}

function sum<T>(all: readonly T[], many: (one: T) => number): number {
  return all.reduce((total, one) => total + many(one), 0);
}

function eventsOf({ tasks, waits, holds, accesses }: Lane): number {
  return tasks.length + waits.length + holds.length + accesses.length;
}

function leftOut(many: number, what: string): string[] {
  return many === 0 ? [] : [`${many} ${many === 1 ? what : what.replace("row", "rows")}`];
}

/** What the threads of one row did, one after the other. */
function lane(model: Model, own: readonly Lane[], y: number): HtmlValue {
  const all = <T>(list: (lane: Lane) => readonly T[]) => own.flatMap(list);
  const idle = (wait: Wait) => isIdle(model, wait);
  const { end } = model;
  return [
    bars("run", all((lane) => without([lane], lane.waits)), y + 4, 14, end),
    bars("task", all(({ tasks, waits }) => without(tasks, waits)), y + 4, 14, end),
    bars("idle", all(({ waits }) => waits).filter(idle), y + 9, 4, end),
    bars("wait", all(({ waits }) => waits).filter((wait) => !idle(wait)), y + 7, 8, end),
    bars("hold", all(({ holds }) => holds), y + 20, 4, end),
  ];
}

function bars(look: Look, spans: readonly Span[], y: number, high: number, end: number): HtmlValue {
  const { fill: colour, opacity } = looks[look];
  const mark = look === "bad"; // that is to be seen, however short it was
  return levels(blocksOf(spans, end)).map(([fill, blocks]) => {
    const width = (block: Block) => Math.max(block.width, mark ? 1.5 : 0.7);
    const d = blocks.map((block) => rect(LEFT + block.x, y, width(block), high)).join("");
    return html`
      <path fill="${colour}" fill-opacity="${mark ? 1 : round(opacity * fill)}" d="${d}" />
    `;
  });
}

/** Who had a lock when, each in the colour that stands beside the thread's name. */
function owners(
  model: Model,
  holds: readonly Hold[],
  y: number,
  colours: ReadonlyMap<number, string>,
): HtmlValue {
  const places = placesOf(holds);
  const high = (STRIP - 6) / places;
  return [...Map.groupBy(holds, ({ lane, place }) => `${lane} ${place}`)].map(([, some]) => {
    const { lane, place } = some[0]!;
    const blocks = blocksOf(some, model.end);
    const block = ({ x, width }: Block) =>
      rect(LEFT + x, y + place * high, Math.max(width, 0.7), high - (places > 1 ? 0.5 : 0));
    const paths = levels(blocks).map(([fill, some]) =>
      html`
        <path fill="${colours.get(lane)!}" fill-opacity="${fill}" d="${some.map(block).join("")}" />
      `
    );
    const { name } = model.lanes[lane]!;
    const wide = blocks.filter(({ single, width }) =>
      single && places === 1 && width > 10 + 6 * name.length
    );
    const labels = wide.map(({ x, width }) =>
      html`
        <text x="${round(LEFT + x + width / 2)}" y="${y + 9.5}" text-anchor="middle" font-size="10"
          fill="var(--card, #fff)">${name}</text>
      `
    );
    return [paths, labels];
  });
}

/** The blocks of the whole run, in wider and wider units until there are few enough. */
function blocksOf(spans: readonly Span[], end: number): Block[] {
  const all = WIDTH - LEFT - RIGHT;
  for (let unit = 1;; unit *= 2) {
    const blocks = aggregate(spans, { from: 0, to: end, width: Math.ceil(all / unit) });
    if (blocks.length > MOST_PIECES && unit < 16) continue;
    const scale = all / Math.ceil(all / unit);
    return blocks.map((b) => ({ ...b, x: b.x * scale, width: b.width * scale }));
  }
}

/** The blocks by how much of them is filled. */
function levels(blocks: readonly Block[]): [number, Block[]][] {
  return [...Map.groupBy(blocks, ({ fill }) => fill)].sort(([a], [b]) => a - b);
}

/** The colour of the threads of a row; they come in turns. */
function colourOf(row: number): string {
  return `var(--node${row % 6}, #767e88)`;
}

function rect(x: number, y: number, width: number, height: number): string {
  const [w, h] = [round(width), round(height)];
  return `M${round(x)} ${round(y)}h${w}v${h}h-${w}z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function name(text: string, y: number): Html {
  const short = text.length > 21 ? `${text.slice(0, 20)}…` : text;
  return html`<text x="${LEFT - 8}" y="${y}" text-anchor="end">${short}</text>`;
}

function axis({ end }: Model, x: (ms: number) => number, bottom: number): Html {
  const { ticks } = timeAxis(0, end || 1, 8);
  return html`<g font-size="11">${
    ticks.map(({ ms, label }) =>
      html`
        <path stroke="var(--line, #dde1e6)" d="M${round(x(ms))} ${TOP - 4}V${bottom + 4}" />
        <text x="${round(x(ms))}" y="${bottom + 18}" text-anchor="${x(ms) > WIDTH - 40
          ? "end"
          : "middle"}"
          fill="var(--soft, #565e68)">${label}</text>
      `
    )
  }</g>`;
}

function arrows(
  { messages }: Model,
  x: (ms: number) => number,
  top: ReadonlyMap<number, number>,
): HtmlValue {
  if (messages.length > MOST_ARROWS) return null;
  const d = messages.filter(({ from, to }) => from !== to && top.has(from) && top.has(to))
    .map(({ from, to, sent, received }) => {
      const down = top.get(to)! > top.get(from)!;
      const [start, end] = [top.get(from)! + (down ? 18 : 4), top.get(to)! + (down ? 4 : 18)];
      const [left, right] = [round(x(sent)), round(x(received))];
      const head = down ? `m-2.5 -5l2.5 5l2.5 -5` : `m-2.5 5l2.5 -5l2.5 5`;
      return `M${left} ${start}L${right} ${end}${head}`;
    }).join("");
  if (d === "") return null;
  return html`
    <path fill="none" stroke="${looks.message.fill}" stroke-width="1" d="${d}" />
  `;
}

/** The critical path of the longest wait: along the lanes, and across where one thread freed another. */
function path(
  model: Model,
  x: (ms: number) => number,
  top: ReadonlyMap<number, number>,
): HtmlValue {
  const [wait] = longestWaits(model);
  const steps = wait ? criticalPath(model.lanes, wait).filter(({ lane }) => top.has(lane)) : [];
  if (steps.length === 0) return null;
  const d = steps.map(({ lane, from, to }, i) => {
    const y = top.get(lane)! + 19;
    return `${i === 0 ? "M" : "L"}${round(x(from))} ${y}H${round(x(to))}`;
  }).join("");
  return html`
    <path fill="none" stroke="${looks.path
      .fill}" stroke-width="2.5" stroke-linejoin="round" d="${d}" />
  `;
}

function marks(
  model: Model,
  x: (ms: number) => number,
  top: ReadonlyMap<number, number>,
): HtmlValue {
  const last = new Map<number, number>();
  const d = model.deadlocks.flatMap(({ ms, members }) =>
    members.filter(({ lane }) => top.has(lane)).map(({ lane }) => {
      const y = top.get(lane)!;
      if (x(ms) - (last.get(y) ?? -Infinity) < 12) return ""; // one stands for those beside it
      last.set(y, x(ms));
      return `M${round(x(ms) - 5)} ${y + 6}l10 10m0 -10l-10 10`;
    })
  ).join("");
  if (d === "") return null;
  return html`
    <path fill="none" stroke="${looks.bad.fill}" stroke-width="2.5" d="${d}" />
  `;
}
