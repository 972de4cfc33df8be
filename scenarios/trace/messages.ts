/**
 * The messages of which both ends were recorded.
 *
 * @module
 */
import type { Message, Trace } from "./model.ts";

/** Join each message's send with its receive. */
export function messagesIn({ threads, events }: Trace): Message[] {
  const laneOf = new Map(threads.map(({ id }, lane) => [id, lane]));
  const sends = new Map<string, { from: number; sent: number }>();
  const messages: Message[] = [];
  for (const { what, thread, ms, object, value } of events) {
    const key = `${object} ${value}`;
    if (what === "send") sends.set(key, { from: laneOf.get(thread)!, sent: ms });
    if (what !== "receive") continue;
    const send = sends.get(key);
    if (!send) continue; // it was overwritten
    sends.delete(key);
    messages.push({ object, number: value, ...send, to: laneOf.get(thread)!, received: ms });
  }
  return messages.sort((a, b) => a.sent - b.sent);
}
