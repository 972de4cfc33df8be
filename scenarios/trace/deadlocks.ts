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
  const found: Deadlock[] = [];
  let members: Deadlock["members"][number][] = [];
  let since = 0;
  const close = (told: number) => {
    const circle = circleFrom(told === -1 ? members[0]!.lane : told, since, lanes, held);
    found.push({
      ms: since,
      told,
      circle: circle.length > 0,
      members: circle.length > 0 ? circle : members,
    });
    members = [];
  };
  for (const { what, thread, object, ms } of events) {
    const lane = laneOf.get(thread)!;
    const inside = members.some((member) => member.lane === lane);
    if (what === "deadlock") {
      if (inside) close(-1); // nobody was told of the one before
      if (members.length === 0) since = ms;
      members.push({ lane, object });
    }
    if (what === "cancelled wait" && inside) close(lane);
  }
  return found;
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
