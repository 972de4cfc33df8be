import { assertEquals } from "@std/assert";
import { checkEvent } from "./event.ts";

const right = ["waits", "waits", "set()", "goes on", "goes on", "waits", "goes on"];
const holds = (lines: readonly string[]) => checkEvent(2, lines).map((check) => check.holds);

Deno.test("checkEvent() holds when one signal lets all go, and later ones too", () => {
  assertEquals(holds(right), [true, true, true]);
});

Deno.test("checkEvent() fails when somebody goes on before the signal", () => {
  assertEquals(holds(right.with(1, "goes on"))[0], false);
});

Deno.test("checkEvent() fails when somebody is not woken, or a late one waits", () => {
  assertEquals(holds(right.with(4, "waits"))[1], false);
  assertEquals(holds(right.slice(0, -1))[2], false);
});
