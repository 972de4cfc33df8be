/**
 * Lost updates: writes that another thread overwrote without having seen them.
 *
 * @module
 */
import type { Access, Lane, LostUpdates } from "./model.ts";

/** A read and the write that follows from it. */
interface Update {
  read: Access;
  write: Access;
}

/**
 * Mark the writes that were lost and the writes that overwrote them, and count them for each Value.
 *
 * A write loses the updates of others that came since its own read. Times are not exact enough to
 * say so of two updates that only touch, so the values have to say it as well: the first one of them
 * began from the same value.
 */
export function lostUpdatesIn(lanes: readonly Lane[]): LostUpdates[] {
  const all = lanes.flatMap(({ accesses }, lane) => accesses.map((access) => ({ lane, access })));
  const found: LostUpdates[] = [];
  for (const [object, mixed] of Map.groupBy(all, ({ access }) => access.object)) {
    mixed.sort((a, b) => a.access.ms - b.access.ms);
    /** For each thread its last read, and how many updates there were until then. */
    const reads = new Map<number, { read: Access; seen: number }>();
    const updates: Update[] = [];
    let writes = 0;
    for (const { lane, access } of mixed) {
      if (!access.write) {
        reads.set(lane, { read: access, seen: updates.length });
        continue;
      }
      writes++;
      const mine = reads.get(lane);
      if (!mine) continue; // a write that follows from no read loses nothing that it should have kept
      reads.delete(lane);
      const first = sameStart(updates, mine.seen, mine.read.value);
      for (const { write } of updates.slice(first)) write.lost = "overwritten";
      if (first < updates.length) access.lost = "overwrites";
      updates.push({ read: mine.read, write: access });
    }
    const lost = updates.filter(({ write }) => write.lost === "overwritten").length;
    if (lost > 0) found.push({ object, lost, writes });
  }
  return found;
}

/** The first update since `seen` that began from that value, or their number. */
function sameStart(updates: readonly Update[], seen: number, value: number): number {
  for (let at = seen; at < updates.length; at++) {
    if (updates[at]!.read.value === value) return at;
  }
  return updates.length;
}
