import { assertEquals } from "@std/assert";
import { aggregate, firstFrom, reachOf, without } from "./aggregate.js";

const view = { from: 0, to: 100, width: 10 };

Deno.test("aggregate() keeps what is wide and fills units with what is narrow", () => {
  const spans = [{ from: 0, to: 20 }, { from: 21, to: 24 }, { from: 25, to: 29 }, {
    from: 50,
    to: 100,
  }];
  assertEquals(aggregate(spans, view), [
    { x: 0, width: 2, fill: 1, at: 0, single: true },
    { x: 2, width: 1, fill: 0.75, at: 1, single: false },
    { x: 5, width: 5, fill: 1, at: 3, single: true },
  ]);
});

Deno.test("aggregate() draws something for a span of no length, also at the very end", () => {
  const moments = [30, 100].map((ms) => ({ from: ms, to: ms }));
  assertEquals(aggregate(moments, view).map(({ x, fill }) => [x, fill]), [[3, 0.25], [9, 0.25]]);
  assertEquals(aggregate(moments, { ...view, to: 0 }).length, 0);
});

Deno.test("aggregate() gives no more blocks than there are units, however many spans", () => {
  const many = Array.from({ length: 1e5 }, (_, i) => ({ from: i / 1e3, to: i / 1e3 + 4e-4 }));
  const blocks = aggregate(many, { from: 0, to: 100, width: 1000 });
  assertEquals(blocks, [{ x: 0, width: 1000, fill: 0.5, at: 0, single: false }]);
});

Deno.test("aggregate() cuts what reaches over the edges, and finds it by its reach", () => {
  const spans = [{ from: 0, to: 90 }, { from: 1, to: 2 }, { from: 60, to: 200 }];
  const reach = reachOf(spans);
  assertEquals(reach, [90, 90, 200]);
  const [from, to] = [50, 100];
  const blocks = aggregate(spans, { from, to, width: 50 }, firstFrom(reach, from));
  assertEquals(blocks.map(({ x, width }) => [x, width]), [[0, 40], [10, 40]]);
  assertEquals(firstFrom(reach, 91), 2);
});

Deno.test("without() cuts the others out, also where they lie within each other or go beyond", () => {
  const spans = [{ from: 0, to: 10, n: 1 }, { from: 12, to: 20, n: 2 }];
  const others = [{ from: 2, to: 6 }, { from: 3, to: 4 }, { from: 9, to: 13 }, {
    from: 19,
    to: 30,
  }];
  assertEquals(without(spans, others), [
    { from: 0, to: 2, n: 1 },
    { from: 6, to: 9, n: 1 },
    { from: 13, to: 19, n: 2 },
  ]);
});
