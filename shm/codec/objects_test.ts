import { assertEquals } from "@std/assert";
import { assertAsCloned, difference, roundTrip } from "./testing.ts";

Deno.test("a key __proto__ is data, however often it comes", () => {
  for (let i = 0; i < 20; i++) {
    const object = JSON.parse('{"a": 1, "__proto__": {"evil": true}, "b": 2}');
    const copy = roundTrip(object);
    assertEquals(Object.getPrototypeOf(copy), Object.prototype);
    assertEquals(Object.getOwnPropertyDescriptor(copy, "__proto__")?.value, { evil: true });
    assertEquals(copy.evil, undefined);
    const twice = roundTrip([object, object]);
    assertEquals(difference(twice[0], object), undefined);
  }
});

Deno.test("keys that look like code are data", () => {
  for (let i = 0; i < 20; i++) {
    assertAsCloned({ '"};throw 1;({"': i, "\\": 1, "\n\u2028": 2, "`${x}`": 3, constructor: 4 });
    assertAsCloned({ get: 1, toString: 2, hasOwnProperty: 3, "\ud800": 4 });
  }
});

Deno.test("compiled and uncompiled building agree, with and without repeated objects", () => {
  for (let i = 0; i < 30; i++) {
    const point = { x: i, y: i + 0.5, label: `p${i}`, next: { x: -i, y: null } };
    assertAsCloned(point);
    assertAsCloned([point, point, { point }]);
  }
});
