/**
 * Who ended each wait: the thread that released the lock, sent the message or made room for one.
 *
 * @module
 */
import type { Lane, Trace, TraceEvent, Wait, Waker } from "./model.ts";

/** What may end another thread's wait, in the order of time. */
const freeing = new Set<TraceEvent["what"]>(["release", "send", "receive", "wake"]);

/** Note in each wait who ended it and when. */
export function findWakers({ threads, events }: Trace, lanes: readonly Lane[]): void {
  const laneOf = new Map(threads.map(({ id }, lane) => [id, lane]));
  const freed = Map.groupBy(events.filter(({ what }) => freeing.has(what)), (e) => e.object);
  const own = Map.groupBy(events, ({ thread }) => thread);
  for (const { id } of threads) {
    const mine = own.get(id) ?? [];
    for (const wait of lanes[laneOf.get(id)!]!.waits) {
      if (wait.object === -1 || wait.open || wait.cancelled) continue;
      const goal = goalOf(wait, mine);
      const event = enderOf(wait, goal, freed.get(wait.object) ?? [], id);
      if (!event) continue;
      const [lane, ms] = [laneOf.get(event.thread)!, Math.min(event.ms, wait.to)];
      wait.waker = { lane, ms, how: event.what as Waker["how"] };
    }
  }
}

/** What the thread did next with that object: what it had waited to do. */
function goalOf(wait: Wait, mine: readonly TraceEvent[]): TraceEvent | undefined {
  for (let at = firstAfter(mine, wait.to); at < mine.length; at++) {
    const { what, object } = mine[at]!;
    if (what === "wait" || what === "task end") return undefined;
    if (object === wait.object && what !== "wait end") return mine[at];
  }
}

/** The last event of another thread that made it possible. */
function enderOf(
  wait: Wait,
  goal: TraceEvent | undefined,
  freed: readonly TraceEvent[],
  thread: number,
): TraceEvent | undefined {
  // The clock of a wait's end may lie behind the one of what ended it.
  const last = Math.max(wait.to, goal?.ms ?? wait.to);
  for (let at = firstAfter(freed, last, true) - 1; at >= 0; at--) {
    const event = freed[at]!;
    if (event.ms <= wait.from) return undefined;
    if (event.thread !== thread && helps(event, goal)) return event;
  }
}

/** Whether an event makes room for what the thread went on to do. */
function helps(event: TraceEvent, goal: TraceEvent | undefined): boolean {
  switch (goal?.what) {
    case "acquire":
      // Holds of a lock are numbered; a semaphore has no such order.
      return event.what === "release" && (goal.value === 0 || event.value === goal.value - 1);
    case "receive":
      return event.what === "send" && event.value === goal.value;
    case "send":
      return event.what === "receive";
    default:
      return event.what === "wake";
  }
}

/** The place of the first event at `ms` or later; `beyond`, later than that. */
function firstAfter(events: readonly TraceEvent[], ms: number, beyond = false): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = events[middle]!.ms;
    if (at < ms || beyond && at === ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
