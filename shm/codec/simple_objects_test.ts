import { assertEquals } from "@std/assert";
import { assertAsCloned, roundTrip } from "./testing.ts";

Deno.test("dates come through, invalid ones too", () => {
  for (const time of [0, -1, 1.7e12, 8.64e15, NaN]) assertAsCloned(new Date(time));
});

Deno.test("regular expressions come through, lastIndex is 0", () => {
  assertAsCloned(/a\/b[/]\n/dgimsuy);
  assertAsCloned(new RegExp(""));
  assertAsCloned(/[\p{L}--[a-z]]/v);
  const used = /x/g;
  used.lastIndex = 3;
  assertEquals(roundTrip(used).lastIndex, 0);
});

Deno.test("boxed primitives come through", () => {
  for (const primitive of [1, -0, "text", "", true, false, 10n]) assertAsCloned(Object(primitive));
});
