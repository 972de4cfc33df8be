import { assertEquals, assertThrows } from "@std/assert";
import { connectionWait, connectionWaitAsync, Pipe, READY } from "./mod.ts";
import { isWaitable } from "./waitable.ts";

Deno.test("connectionWait gives what says that it is READY, beside connections", async () => {
  const [mine, theirs] = Pipe();
  const yes = { [READY]: () => true }, no = { [READY]: () => false };
  assertEquals(connectionWait([mine, no, yes]), [yes]);
  theirs.send("now");
  assertEquals(await connectionWaitAsync([mine, no, yes]), [mine, yes]);
  assertEquals(connectionWait([no], { timeout: 0 }), []);
  mine.close();
  theirs.close();
});

Deno.test("what has no READY cannot be waited for", () => {
  const not = [{}, null, 1, "ready"];
  assertEquals(not.map(isWaitable), [false, false, false, false]);
  for (const value of not) assertThrows(() => connectionWait([value as never]), TypeError);
});
