/**
 * What the picture shows, as tables.
 *
 * @module
 */
import {
  type Cell,
  detail,
  formatCount,
  formatMs,
  type Html,
  html,
  table,
} from "@polycore/reports/plain-page";
import {
  deadlockSentence,
  isIdle,
  lengthOf,
  longestWaits,
  lostSentence,
  nameOf,
  waitSentence,
} from "./findings.ts";
import type { Model, Span } from "./model.ts";

/** So many of the longest waits are listed. */
const MOST_WAITS = 20;

/** All tables of a page. */
export function traceTables(model: Model): Html {
  const { lanes, held, lostUpdates, deadlocks } = model;
  const waits = longestWaits(model);
  const longest = waits[0] ? `the longest ${formatMs(lengthOf(waits[0]))}` : "none";
  const lost = lostUpdates.reduce((sum, { lost }) => sum + lost, 0);
  return html`
    <section>
      <h2>The same as tables</h2>
      <div class="details">
    ${detail(
      "Waits",
      longest,
      waits.length === 0
        ? html`<p>No thread waited for anything that has a name.</p>`
        : waitTable(model),
      true,
    )}
    ${detail("Threads", formatCount(lanes.length), threadTable(model), true)}
    ${held.size === 0 ? null : detail("Locks", formatCount(held.size), lockTable(model), true)}
    ${lost === 0 ? null : detail(
      "Lost updates",
      formatCount(lost),
      lostUpdates.map((one) => html`<p>${lostSentence(model, one)}</p>`),
      true,
    )}
    ${deadlocks.length === 0 ? null : detail(
      "Deadlocks",
      formatCount(deadlocks.length),
      deadlocks.map((one) => html`<p>${deadlockSentence(model, one)}</p>`),
      true,
    )}
      </div>
    </section>
  `;
}

function waitTable(model: Model): Html {
  const all = longestWaits(model);
  const rows = all.slice(0, MOST_WAITS).map((wait): Cell[] => {
    const place = model.lanes[wait.lane]!.waits.indexOf(wait);
    return [
      model.lanes[wait.lane]!.name,
      nameOf(model, wait.object),
      formatMs(wait.from),
      formatMs(lengthOf(wait)),
      waitSentence(model, wait),
      html`<button type="button" data-wait="${wait.lane} ${place}">Show</button>`,
    ];
  });
  const of = all.length > rows.length
    ? `The ${rows.length} longest of ${formatCount(all.length)} waits, those for locks first`
    : "The waits, the longest first, those for locks before all others";
  return table(of, ["Thread", "For", "At", "How long", "Why", "Picture"], rows, { kind: "text" });
}

function threadTable(model: Model): Html {
  const { lanes, messages } = model;
  const rows = lanes.map((lane, at): Cell[] => {
    const waits = lane.waits.filter((wait) => !isIdle(model, wait));
    const idle = lane.waits.filter((wait) => isIdle(model, wait));
    return [
      lane.name,
      formatMs(lane.from),
      formatMs(lengthOf(lane)),
      formatCount(lane.tasks.length),
      time(total(waits)),
      time(total(idle)),
      time(total(lane.holds)),
      formatCount(messages.filter(({ from }) => from === at).length),
      formatCount(messages.filter(({ to }) => to === at).length),
    ];
  });
  const head = [
    "Thread",
    "Began at",
    "Lived for",
    "Tasks",
    "Waited",
    "Idle",
    "Held locks",
    "Sent",
    "Received",
  ];
  return table("What each thread did", head, rows);
}

function lockTable(model: Model): Html {
  const waits = Map.groupBy(model.lanes.flatMap(({ waits }) => waits), ({ object }) => object);
  const rows = [...model.held].map(([object, holds]): Cell[] => {
    const waited = waits.get(object) ?? [];
    const { kind, name } = model.objects[object]!;
    return [
      name,
      kind,
      formatCount(holds.length),
      time(total(holds)),
      formatCount(waited.length),
      time(total(waited)),
      time(waited.reduce((most, wait) => Math.max(most, lengthOf(wait)), 0)),
    ];
  });
  const head = ["Lock", "Kind", "Taken", "Held", "Waits", "Waited for", "Longest wait"];
  return table("How often each lock was taken, and waited for", head, rows);
}

/** A time; none is told by a dash. */
function time(ms: number): string {
  return ms === 0 ? "–" : formatMs(ms);
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + lengthOf(span), 0);
}
