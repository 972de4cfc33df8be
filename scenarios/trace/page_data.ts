/**
 * The model as short as a page should have it: rows of whole numbers, times as differences in units of
 * 10 ns. `page/data.js` reads it.
 *
 * @module
 */
import { exampleOf, isIdle } from "./findings.ts";
import { laneRows, lockRows, rowName } from "./rows.ts";
import type { Access, Hold, LostUpdates, Message, Model, Task, Wait } from "./model.ts";

/** What the page has of a thread. */
export interface LaneData {
  /** When it began. */
  from: number;
  /** When it ended. */
  to: number;
  /** For each task: when since the one before, how long, its number. */
  tasks: number[];
  /**
   * For each wait: when since the one before, how long, the object, 1 for idle plus 2 for open plus 4
   * for part of a deadlock, who ended it (-1: unknown), and how long before the end.
   */
  waits: number[];
  /** For each lock held: when since the one before, how long, the object, its place, its row. */
  holds: number[];
  /**
   * For each read or write: when since the one before, the object, 1 for a write plus 2 for
   * overwritten plus 4 for one that overwrites, the value.
   */
  accesses: number[];
  /** For each write that was lost: when since the one before. */
  lost: number[];
}

/** What shares a row, and what is written in front of it. */
export interface RowData {
  /** The name. */
  name: string;
  /** Threads or locks. */
  parts: number[];
}

/** What the page has. */
export interface PageData {
  /** When the recording ended. */
  end: number;
  /** The objects. */
  objects: Model["objects"];
  /** The names of the threads. */
  names: string[];
  /** The threads. */
  lanes: LaneData[];
  /** The rows of the picture with their threads. */
  laneRows: RowData[];
  /** The rows below with their locks. */
  lockRows: RowData[];
  /**
   * For each message: when it was sent since the one before, how long it took, the object, its number,
   * the sender, the receiver.
   */
  messages: number[];
  /** A lost update: from when to when, whose write was lost, and when that was. */
  lost: { from: number; to: number; lane: number; at: number } | null;
  /** The deadlocks. */
  deadlocks: { at: number; members: readonly { lane: number; object: number }[] }[];
}

/** The data of a page. */
export function pageData(model: Model): PageData {
  return {
    end: units(model.end),
    objects: model.objects,
    names: model.lanes.map(({ name }) => name),
    lanes: model.lanes.map(({ from, to, tasks, waits, holds, accesses, lost }) => ({
      from: units(from),
      to: units(to),
      tasks: row(tasks, ({ from }) => from, (task: Task) => [length(task), task.number]),
      waits: row(waits, ({ from }) => from, (wait: Wait) => {
        const { object, open, deadlock, waker } = wait;
        const kind = (isIdle(model, wait) ? 1 : 0) + (open ? 2 : 0) + (deadlock ? 4 : 0);
        const ago = waker === null ? 0 : units(wait.to) - units(waker.ms);
        return [length(wait), object, kind, waker?.lane ?? -1, ago];
      }),
      holds: row(holds, ({ from }) => from, (hold: Hold) => {
        return [length(hold), hold.object, hold.place, hold.row];
      }),
      accesses: row(accesses, ({ ms }) => ms, (access: Access) => {
        const { object, write, lost, value } = access;
        const kind = (write ? 1 : 0) + { "": 0, overwritten: 2, overwrites: 4 }[lost];
        return [object, kind, value];
      }),
      lost: row(lost, (ms) => ms, () => []),
    })),
    laneRows: laneRows(model).map((parts) => rowData(parts, model.lanes)),
    lockRows: lockRows(model).map((parts) => rowData(parts, model.objects)),
    messages: row(model.messages, ({ sent }) => sent, (message: Message) => {
      const { sent, received, object, number, from, to } = message;
      return [Math.max(0, units(received) - units(sent)), object, number, from, to];
    }),
    lost: lostData(exampleOf(model)),
    deadlocks: model.deadlocks.map(({ ms, members }) => ({ at: units(ms), members })),
  };
}

function lostData(example: LostUpdates["example"]): PageData["lost"] {
  if (example === null) return null;
  const { from, to, lane, ms } = example;
  return { from: units(from), to: units(to), lane, at: units(ms) };
}

function rowData(parts: number[], all: readonly { readonly name: string }[]): RowData {
  return { name: rowName(parts.map((part) => all[part]!.name)), parts };
}

function units(ms: number): number {
  return Math.round(ms * 1e5);
}

function length({ from, to }: { from: number; to: number }): number {
  return units(to) - units(from);
}

/** The pieces one after the other, each with its time since the one before in front. */
function row<T>(
  items: readonly T[],
  at: (item: T) => number,
  rest: (item: T) => number[],
): number[] {
  let before = 0;
  return items.flatMap((item) => {
    const now = units(at(item));
    const since = now - before;
    before = now;
    return [since, ...rest(item)];
  });
}
