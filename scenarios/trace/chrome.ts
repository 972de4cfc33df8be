/**
 * A recording in the trace event format of Chrome, which Perfetto and chrome://tracing open:
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 *
 * Slices of one track have to lie within each other, which a thread's locks need not do. So the
 * threads are one process, with a track each for tasks and waits, and the locks are another one, with
 * a track for each place in each lock that says who has it.
 *
 * @module
 */
import { nameOf } from "./findings.ts";
import { type Model, placesOf, type Span } from "./model.ts";

/** One entry of `traceEvents`. */
export interface ChromeEvent {
  /** What is shown. */
  name: string;
  /** Its kind: complete, metadata, flow start, flow end, instant, counter. */
  ph: "X" | "M" | "s" | "f" | "i" | "C";
  /** The process: 1 for the threads, 2 for the locks. */
  pid: number;
  /** The track. */
  tid: number;
  /** The categories, by which one can filter. */
  cat?: string;
  /** When, in microseconds. */
  ts?: number;
  /** How long, in microseconds. */
  dur?: number;
  /** What joins the two ends of a flow. */
  id?: number;
  /** A flow ends at the slice around it. */
  bp?: "e";
  /** An instant is of its thread. */
  s?: "t";
  /** Anything else. */
  args?: Record<string, string | number>;
}

const [threads, locks] = [1, 2];

/** Of each thread's reads and writes the file has so many, the newest: Perfetto reads it whole. */
const MOST = 2000;

/** The recording as the text of a file. */
export function chromeTrace(model: Model): string {
  const { events, lost, nsPerEvent } = model.cost;
  const otherData = { recorder: "Polycore", events, lost, nsPerEvent };
  return JSON.stringify({ traceEvents: chromeEvents(model), displayTimeUnit: "ms", otherData });
}

/** The entries of the file. */
export function chromeEvents(model: Model): ChromeEvent[] {
  return [
    track(threads, 0, "process_name", "Threads"),
    ...model.lanes.flatMap((_, lane) => threadTrack(model, lane)),
    track(locks, 0, "process_name", "Locks"),
    ...lockTracks(model),
    ...flows(model),
  ];
}

function track(pid: number, tid: number, name: string, value: string): ChromeEvent {
  return { name, ph: "M", pid, tid, args: { name: value } };
}

/** Whole nanoseconds, so that the same time is always the same text. */
function micros(ms: number): number {
  return Math.round(ms * 1e6) / 1e3;
}

function slice(name: string, cat: string, pid: number, tid: number, span: Span): ChromeEvent {
  const ts = micros(span.from);
  // Both ends are rounded, so that a slice does not stick out of the one around it.
  const dur = Math.round((micros(span.to) - ts) * 1e3) / 1e3;
  return { name, ph: "X", pid, tid, cat, ts, dur };
}

function threadTrack(model: Model, lane: number): ChromeEvent[] {
  const { name, from, to, tasks, waits } = model.lanes[lane]!;
  const accesses = model.lanes[lane]!.accesses.slice(-MOST);
  const tid = lane + 1;
  return [
    track(threads, tid, "thread_name", name),
    { name: "thread_sort_index", ph: "M", pid: threads, tid, args: { sort_index: tid } },
    slice(name, "thread", threads, tid, { from, to }),
    ...tasks.map((task) => slice(`task ${task.number}`, "task", threads, tid, task)),
    ...waits.map((wait) => {
      const what = wait.object === -1 ? "idle" : `waits for ${nameOf(model, wait.object)}`;
      return slice(what, wait.deadlock ? "wait,deadlock" : "wait", threads, tid, wait);
    }),
    ...accesses.map(({ ms, object, write, value, lost }): ChromeEvent => ({
      name: `${write ? "writes" : "reads"} ${nameOf(model, object)}`,
      ph: "i",
      s: "t",
      pid: threads,
      tid,
      cat: lost === "" ? "value" : "value,lost update",
      ts: micros(ms),
      args: lost === "" ? { value } : { value, lost },
    })),
    ...accesses.filter(({ write }) => write).map(({ ms, object, value }): ChromeEvent => ({
      name: nameOf(model, object),
      ph: "C",
      pid: threads,
      tid: 0,
      cat: "value",
      ts: micros(ms),
      args: { value },
    })),
  ];
}

function lockTracks(model: Model): ChromeEvent[] {
  let tid = 0;
  return [...model.held].flatMap(([object, holds]) => {
    const places = placesOf(holds);
    const first = tid + 1;
    tid += places;
    const name = nameOf(model, object);
    return [
      ...Array.from({ length: places }, (_, place) =>
        track(
          locks,
          first + place,
          "thread_name",
          places === 1 ? name : `${name}, place ${place + 1}`,
        )),
      ...holds.map((hold) =>
        slice(model.lanes[hold.lane]!.name, "held", locks, first + hold.place, hold)
      ),
    ];
  });
}

function flows(model: Model): ChromeEvent[] {
  return model.messages.flatMap(({ object, from, sent, to, received }, i): ChromeEvent[] => {
    const both = { name: nameOf(model, object), pid: threads, cat: "message", id: i + 1 };
    return [
      { ...both, ph: "s", tid: from + 1, ts: micros(sent) },
      { ...both, ph: "f", bp: "e", tid: to + 1, ts: micros(received) },
    ];
  });
}
