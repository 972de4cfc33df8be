import { assertEquals } from "@std/assert";
import type { Event } from "@polycore/sync";
import { ALL, conformance, party, takesAtLeast } from "./testing/back_ends.ts";

const setWhenAsked = party(import.meta, async (call, asked: Event, event: Event) => {
  await call(asked, "wait");
  event.set();
});

conformance(ALL, "_TestEvent.test_event", async (b) => {
  const event = b.Event(), asked = b.Event();
  assertEquals(event.isSet(), false);
  assertEquals(await b.call(event, "wait", { timeout: 0 }), false);
  assertEquals(await takesAtLeast(60, () => b.call(event, "wait", { timeout: 60 })), false);
  event.set();
  assertEquals(event.isSet(), true);
  assertEquals(await b.call(event, "wait"), true);
  assertEquals(await b.call(event, "wait", { timeout: 60 }), true);
  event.clear();
  assertEquals(event.isSet(), false);
  b.spawn(setWhenAsked, asked, event);
  asked.set();
  assertEquals(await b.call(event, "wait"), true);
});

conformance(ALL, "_TestEvent.test_repr", async (b) => {
  const event = b.Event();
  assertEquals(Deno.inspect(event), "<Event unset>");
  event.set();
  assertEquals(Deno.inspect(event), "<Event set>");
  await b.call(event, "wait");
  event.clear();
  assertEquals(Deno.inspect(event), "<Event unset>");
});
