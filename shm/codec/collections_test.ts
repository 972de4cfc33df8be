import { assertEquals } from "@std/assert";
import { assertAsCloned, roundTrip } from "./testing.ts";

Deno.test("Map and Set come through in their order, nested", () => {
  assertAsCloned(new Map());
  assertAsCloned(new Set());
  assertAsCloned(
    new Map<unknown, unknown>([["b", 1], ["a", 2], [NaN, new Map([[1, new Set([2])]])]]),
  );
  assertAsCloned(new Set<unknown>(["z", "a", { in: new Set() }, undefined, null, 0.5]));
  assertAsCloned(new Map([[{ key: "object" }, [{ value: 1 }]]]));
  assertAsCloned(new Map(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])));
});

Deno.test("fields of a Map and methods of its subclass stay behind", () => {
  class Counter extends Map<string, number> {
    extra = 1;
  }
  assertAsCloned(new Counter([["a", 1]]));
});

Deno.test("entries that appear while a Map is encoded are counted", () => {
  const map = new Map<unknown, unknown>();
  map.set("adds", {
    get now() {
      map.set("late", 1);
      return 0;
    },
  });
  assertEquals([...roundTrip(map).keys()], ["adds", "late"]);
});
