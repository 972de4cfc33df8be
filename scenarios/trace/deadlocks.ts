/**
 * Deadlocks: a thread waits for a lock, its owner waits for another one, and so on in a circle.
 *
 * @module
 */
import type { Deadlock, Hold, Lane, Trace } from "./model.ts";

/** The deadlocks that were found while the threads ran, with their circles. */
export function deadlocksIn(
  { threads, events }: Trace,
  lanes: readonly Lane[],
  held: ReadonlyMap<number, readonly Hold[]>,
): Deadlock[] {
  const laneOf = new Map(threads.map(({ id }, lane) => [id, lane]));
  const lanesWith = (kind: string, at: number) =>
    events.filter(({ what, ms }) => what === kind && ms === at)
      .map(({ thread, object }) => ({ lane: laneOf.get(thread)!, object }));
  const times = new Set(events.filter(({ what }) => what === "deadlock").map(({ ms }) => ms));
  return [...times].map((ms) => {
    const members = lanesWith("deadlock", ms);
    const inside = new Set(members.map(({ lane }) => lane));
    const told = events.find((e) =>
      e.what === "cancelled wait" && e.ms >= ms && inside.has(laneOf.get(e.thread)!)
    );
    const start = told ? laneOf.get(told.thread)! : members[0]!.lane;
    const circle = circleFrom(start, ms, lanes, held);
    return {
      ms,
      told: told ? start : -1,
      circle: circle.length > 0,
      members: circle.length > 0 ? circle : members,
    };
  });
}

/** The threads from `start` along what each waits for at `ms` until `start` again; else none. */
function circleFrom(
  start: number,
  ms: number,
  lanes: readonly Lane[],
  held: ReadonlyMap<number, readonly Hold[]>,
): { lane: number; object: number }[] {
  const members: { lane: number; object: number }[] = [];
  let lane = start;
  do {
    const wait = lanes[lane]!.waits.findLast(({ from, to }) => from <= ms && ms <= to);
    if (!wait || members.length === lanes.length) return [];
    members.push({ lane, object: wait.object });
    const owner = held.get(wait.object)?.findLast(({ from, to }) => from <= ms && ms < to);
    if (!owner) return [];
    lane = owner.lane;
  } while (lane !== start);
  return members;
}
