import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { forgetObjects, numberOf, objectsMet } from "./memo.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";

Deno.test("objects get numbers in order and keep them, few or many", () => {
  const objects = Array.from({ length: 100 }, () => ({}));
  objects.forEach((object, i) => {
    assertEquals(numberOf(object), -1);
    assertEquals(objectsMet(), i + 1);
    for (const j of [0, i >> 1, i]) assertEquals(numberOf(objects[j]!), j);
  });
  for (const kept of [60, 10, 0]) {
    forgetObjects(kept);
    assertEquals(objectsMet(), kept);
    for (let i = 0; i < kept; i++) assertEquals(numberOf(objects[i]!), i);
    assertEquals(numberOf(objects[99]!), -1);
    forgetObjects(kept);
  }
});

Deno.test("cycles and shared objects keep their identity", () => {
  const shared = { x: [1] };
  // deno-lint-ignore no-explicit-any
  const value: any = { a: shared, b: [shared, shared.x], map: new Map() };
  value.self = value;
  value.map.set(value, shared).set("set", new Set([value, shared.x]));
  for (let i = 0; i < 20; i++) {
    assertAsCloned(value);
    const copy = roundTrip(value);
    assertStrictEquals(copy.self, copy);
    assertStrictEquals(copy.a, copy.b[0]);
    assertStrictEquals(copy.a.x, copy.b[1]);
    assertStrictEquals(copy.map.get(copy), copy.a);
    assert(copy.map.get("set").has(copy.a.x));
  }
});

Deno.test("identity is kept for every kind of object", () => {
  const buffer = new ArrayBuffer(8);
  const shared = [
    new Date(1),
    /x/g,
    new Map(),
    new Set(),
    Object(1n),
    buffer,
    new Uint8Array(buffer),
    new TypeError("x"),
    [0.5, 1.5],
    [, 1],
    /a/.exec("a"),
    { 1: "index" },
    new (class {
      field = 1;
    })(),
  ];
  const copy = roundTrip([shared, ...shared, shared]) as unknown[];
  const first = copy[0] as unknown[];
  assertStrictEquals(copy.at(-1), first);
  shared.forEach((_, i) => assertStrictEquals(copy[i + 1], first[i]));
});

Deno.test("identity is kept among many objects", () => {
  const points = Array.from({ length: 3000 }, (_, i) => ({ i }));
  assertAsCloned([...points, ...points.toReversed()]);
});
