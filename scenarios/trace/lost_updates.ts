/**
 * Lost updates: writes that another thread overwrote without having seen them.
 *
 * Times alone do not tell, since a thread notes a read or write a moment after it happened. The values
 * do: an update, which is a read and the write that follows from it, builds on the write whose value it
 * read. So from the last write one goes back along what each builds on; what is not on this chain left
 * no trace in the value and is lost.
 *
 * @module
 */
import { firstFrom } from "./aggregate.js";
import type { Access, Lane, LostUpdates, Span } from "./model.ts";

/** Milliseconds by which a thread's note of a write may be late at the most. */
const LATE = 1;

/** A write, and the read that it follows from; none where it was set, or added to in one step. */
interface Update {
  lane: number;
  read: Access | undefined;
  write: Access;
}

/**
 * Mark the writes that were lost and those that overwrote them, and count them for each Value, the worst first.
 *
 * Where events of a thread that writes a Value were overwritten, the time before is not looked at.
 *
 * @param lanes The threads; their accesses are marked.
 */
export function lostUpdatesIn(lanes: readonly Lane[]): LostUpdates[] {
  const all = lanes.flatMap(({ accesses }, lane) => accesses.map((access) => ({ lane, access })));
  const found: LostUpdates[] = [];
  for (const [object, mixed] of Map.groupBy(all, ({ access }) => access.object)) {
    mixed.sort((a, b) => a.access.ms - b.access.ms);
    const since = whole(mixed, lanes);
    const updates = updatesOf(mixed.filter(({ access }) => access.ms >= since));
    const kept = chain(updates);
    const lost = updates.filter((_, at) => !kept.has(at));
    for (const { write } of lost) write.lost = "overwritten";
    for (const [at, before] of kept) {
      const between = updates.slice(before + 1, at);
      if (between.some(({ write }) => write.lost)) updates[at]!.write.lost = "overwrites";
    }
    if (lost.length === 0) continue;
    const example = exampleOf(updates, kept);
    found.push({ object, lost: lost.length, writes: updates.length, example });
  }
  return found.sort((a, b) => b.lost - a.lost);
}

/** The shortest one: best of those in which both threads read the same, and then both wrote. */
function exampleOf(
  updates: readonly Update[],
  kept: ReadonlyMap<number, number>,
): LostUpdates["example"] {
  let alike: LostUpdates["example"] = null;
  let other: LostUpdates["example"] = null;
  let by: Update | undefined; // the next write that stayed
  for (let at = updates.length - 1; at >= 0; at--) {
    const { lane, read, write } = updates[at]!;
    if (kept.has(at)) {
      by = updates[at];
      continue;
    }
    if (!read || !by?.read || by.lane === lane) continue;
    const one = { from: Math.min(read.ms, by.read.ms), to: by.write.ms, lane, ms: write.ms };
    if (read.value === by.read.value) alike = shorter(one, alike);
    else other = shorter(one, other);
  }
  return alike ?? other;
}

function shorter<S extends Span>(one: S, best: S | null): S {
  return best && best.to - best.from <= one.to - one.from ? best : one;
}

/** Since when nothing is missing. */
function whole(mixed: readonly { lane: number; access: Access }[], lanes: readonly Lane[]): number {
  const first = new Map<number, number>();
  for (const { lane, access } of mixed) {
    if (lanes[lane]!.partial && !first.has(lane)) first.set(lane, access.ms);
  }
  return Math.max(-Infinity, ...first.values());
}

function updatesOf(mixed: readonly { lane: number; access: Access }[]): Update[] {
  const reads = new Map<number, Access>();
  const updates: Update[] = [];
  for (const { lane, access } of mixed) {
    if (!access.write) {
      reads.set(lane, access);
      continue;
    }
    updates.push({ lane, read: reads.get(lane), write: access });
    reads.delete(lane);
  }
  return updates;
}

/** The updates that are in the last value, each with the one that it builds on; -1 for none. */
function chain(updates: readonly Update[]): Map<number, number> {
  const times = updates.map(({ write }) => write.ms);
  const byValue = new Map<number, number[]>();
  updates.forEach(({ write }, at) => {
    const same = byValue.get(write.value);
    if (same) same.push(at);
    else byValue.set(write.value, [at]);
  });
  const kept = new Map<number, number>();
  for (let at = updates.length - 1; at >= 0 && !kept.has(at);) {
    const before = basisOf(at, updates, times, byValue);
    kept.set(at, before);
    at = before;
  }
  return kept;
}

/** The write whose value an update read: the nearest in time, as notes may be a moment late. */
function basisOf(
  at: number,
  updates: readonly Update[],
  times: readonly number[],
  byValue: ReadonlyMap<number, readonly number[]>,
): number {
  const { read } = updates[at]!;
  if (read === undefined) return at - 1;
  const here = firstFrom(times, read.ms);
  const same = byValue.get(read.value) ?? [];
  const next = firstFrom(same, here);
  const before = same[next - 1];
  const after = same[same[next] === at ? next + 1 : next];
  const wait = after === undefined ? Infinity : times[after]! - read.ms;
  if (wait < LATE && (before === undefined || wait < read.ms - times[before]!)) return after!;
  return before ?? here - 1;
}
