/**
 * What a recording shows, in words.
 *
 * @module
 */
import { formatCount, formatList, formatMs, formatPercent } from "@polycore/reports/plain-page";
import type { Deadlock, LostUpdates, Model, Span, Wait } from "./model.ts";

/** What a thread can own: these waits are the first to ask about. */
const owned = ["Lock", "RLock", "Semaphore", "BoundedSemaphore"];

/** What a thread did that let others go on. */
const wakeWords: Record<string, string> = {
  Event: "set it",
  Condition: "notified it",
  Barrier: "came, too",
};

/** A part of the time for which a thread held a lock. */
type HeldPart = Span & { readonly lane: number };

/** The name of a lock, queue or value. */
export function nameOf({ objects }: Model, object: number): string {
  return objects[object]?.name ?? "something without a name";
}

/** Whether a thread waits for something to do, and not for what another thread has. */
export function isIdle({ objects }: Model, { object }: Wait): boolean {
  return object === -1 || objects[object]!.kind === "tasks";
}

/** How long a span takes, in ms. */
export function lengthOf({ from, to }: Span): number {
  return to - from;
}

/** The waits for something that has a name, the longest first; those for locks before all others. */
export function longestWaits(model: Model): Wait[] {
  const rank = ({ object }: Wait) => owned.includes(model.objects[object]!.kind) ? 0 : 1;
  return model.lanes.flatMap(({ waits }) => waits)
    .filter((wait) => !isIdle(model, wait))
    .sort((a, b) => rank(a) - rank(b) || lengthOf(b) - lengthOf(a) || a.from - b.from);
}

/** A wait in a sentence: who waited how long for what, and why. */
export function waitSentence(model: Model, wait: Wait, longest = false): string {
  const who = model.lanes[wait.lane]!.name;
  const head = `${who} waited ${longest ? "longest: " : ""}${formatMs(lengthOf(wait))} for ` +
    nameOf(model, wait.object);
  if (wait.open) return `${head}, and the recording ended first.`;
  return `${head}${reason(model, wait)}.`;
}

function reason(model: Model, wait: Wait): string {
  const name = (lane: number) => model.lanes[lane]!.name;
  const holders = holdersDuring(model, wait);
  const [longest] = holders;
  const half = lengthOf(wait) / 2;
  if (longest && lengthOf(longest) >= half) {
    return `, which ${name(longest.lane)} held${doing(model, longest.lane, longest)}`;
  }
  const inTurn = [...new Set(holders.map(({ lane }) => lane))];
  if (holders.reduce((sum, hold) => sum + lengthOf(hold), 0) >= half) {
    const who = inTurn.length > 3 ? `${inTurn.length} threads` : formatList(inTurn.map(name));
    return `, which ${who} held ${formatCount(holders.length)} times`;
  }
  if (!wait.waker) return "";
  return `, until ${name(wait.waker.lane)} ${
    {
      release: "released it",
      send: "sent something",
      receive: "took something out of it",
      wake: wakeWords[model.objects[wait.object]!.kind] ?? "let it go on",
    }[wait.waker.how]
  }`;
}

/** The others that held the lock during the wait, each cut to that time, the longest first. */
function holdersDuring(model: Model, { lane: own, object, from, to }: Wait): HeldPart[] {
  return (model.held.get(object) ?? [])
    .filter((hold) => hold.lane !== own && hold.from < to && hold.to > from)
    .map((hold) => ({
      lane: hold.lane,
      from: Math.max(from, hold.from),
      to: Math.min(to, hold.to),
    }))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
}

/** What a thread did for more than half of that time. */
function doing(model: Model, lane: number, during: Span): string {
  const part = ({ from, to }: Span) =>
    Math.max(0, Math.min(to, during.to) - Math.max(from, during.from));
  const { waits } = model.lanes[lane]!;
  const wait = waits.filter((w) => part(w) > lengthOf(during) / 2)
    .sort((a, b) => part(b) - part(a))[0];
  if (!wait) return "";
  return wait.object === -1
    ? " while it slept"
    : ` while it waited for ${nameOf(model, wait.object)}`;
}

/** A deadlock in a sentence. */
export function deadlockSentence(model: Model, { members, circle, told }: Deadlock): string {
  const name = (at: number) => model.lanes[members[at % members.length]!.lane]!.name;
  const holder = (at: number) => members.length === 1 ? "it already" : name(at + 1);
  const links = members.map(({ object }, i) =>
    `waited for ${nameOf(model, object)}${circle ? `, which ${holder(i)} held` : ""}`
  );
  const words = circle
    ? `${name(0)} ${links.join(" while it ")}`
    : `nobody could go on: ${formatList(links.map((link, i) => `${name(i)} ${link}`))}`;
  return `A deadlock: ${words}.` + (told === -1 ? "" : ` ${model.lanes[told]!.name} was told.`);
}

/** The lost updates of a value in a sentence. */
export function lostSentence(model: Model, { object, lost, writes }: LostUpdates): string {
  const many = lost === 1 ? "One update" : `${formatCount(lost)} updates`;
  return `${many} of ${nameOf(model, object)} ${lost === 1 ? "was" : "were"} lost, of ` +
    `${formatCount(writes)} that were recorded: another thread had read the value before and ` +
    "wrote over it.";
}

/** The lost update that is seen best, if there is one. */
export function exampleOf({ lostUpdates }: Model): LostUpdates["example"] {
  return lostUpdates.flatMap(({ example }) => example ?? [])
    .sort((a, b) => lengthOf(a) - lengthOf(b))[0] ?? null;
}

/** What the picture shows, the most telling first. */
export function findingsOf(model: Model): string[] {
  const [longest] = longestWaits(model);
  const sentences = [
    ...model.deadlocks.slice(0, 1).map((deadlock) => deadlockSentence(model, deadlock)),
    ...model.lostUpdates.slice(0, 1).map((lost) => lostSentence(model, lost)),
    ...longest ? [waitSentence(model, longest, true)] : [],
  ];
  const { lanes, end } = model;
  const threads = `${lanes.length} thread${lanes.length === 1 ? "" : "s"}`;
  return sentences.length > 0
    ? sentences
    : [`${threads} ran for ${formatMs(end)}${work(model)}. None waited for another one.`];
}

/** How much there was to do. */
function work({ lanes, messages }: Model): string {
  const tasks = lanes.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const some = (many: number, one: string, verb: string) =>
    many === 0 ? [] : [`${formatCount(many)} ${one}${many === 1 ? " was" : "s were"} ${verb}`];
  const done = [...some(tasks, "task", "run"), ...some(messages.length, "message", "received")];
  return done.length === 0 ? "" : `; ${formatList(done)}`;
}

/** What the recording cost, and what it did not keep. */
export function costSentence({ cost, lanes }: Model): string {
  const events = cost.events + cost.lost;
  const ms = events * cost.nsPerEvent / 1e6;
  const share = ms / (lanes.reduce((sum, lane) => sum + lengthOf(lane), 0) || 1);
  const kept = cost.lost === 0
    ? "None was lost."
    : `${
      formatCount(cost.lost)
    } older ones were overwritten, since a thread keeps its newest only: ` +
      "what is counted here is the least that happened.";
  return `Recording took ${formatCount(cost.nsPerEvent)} ns for each of ${formatCount(events)} ` +
    `events, ${formatMs(ms)} in all or ${
      share < 0.0005 ? "less than 0.1 %" : formatPercent(share)
    } of the threads' time. ${kept}`;
}
