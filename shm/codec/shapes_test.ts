import { assert, assertEquals } from "@std/assert";
import { allocate, bury, free, i32, load, startThread, store } from "@polycore/sync/internal";
import { decode, encode, scratchAddress } from "./mod.ts";
import { shapesKnown } from "./shapes.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";
import type { Exchange } from "./shapes_thread.ts";

Deno.test("keys that come again are learned, and then cost no words", () => {
  const make = () => ({ shapesTestA: 1, shapesTestB: 2, shapesTestC: 3 });
  const first = encode(make());
  const known = shapesKnown();
  encode(make());
  assertEquals(shapesKnown(), known + 3);
  const later = encode(make());
  assertEquals(later, 2 + 1 + 3);
  assert(first > later);
});

Deno.test("dictionaries that are each seen once do not fill the table", () => {
  const known = shapesKnown();
  for (let i = 0; i < 1000; i++) {
    assertAsCloned(Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`w${i}_${k}`, k])));
  }
  assert(shapesKnown() - known < 100, `${shapesKnown() - known} shapes`);
});

Deno.test("objects with more keys than a shape may have come through", () => {
  const make = () => Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`many${i}`, i]));
  for (let i = 0; i < 5; i++) assertAsCloned(make());
});

Deno.test("objects that begin alike and go on differently come through", () => {
  for (let i = 0; i < 300; i++) {
    assertAsCloned({ type: "t", [`branch${i % 7}`]: i, [`leaf${i % 3}`]: { type: i } });
    assertAsCloned({ type: "t" });
  }
});

Deno.test("keys of every kind are kept in the table", () => {
  for (
    const key of ["ключ", "日本語", "a\u0000b", "\ud800", "x".repeat(64), "x".repeat(65), "odd"]
  ) {
    for (let i = 0; i < 4; i++) assertEquals(Object.keys(roundTrip({ [key]: 1 })), [key]);
  }
});

Deno.test("a shape that one thread made is known in the others", async () => {
  const block = allocate(64);
  store(block, 0);
  encode({ fromMain: 1, nested: { deeply: "x" } });
  const words = encode({ fromMain: 1, nested: { deeply: "x" } });
  i32.copyWithin(block + 2, scratchAddress(), scratchAddress() + words);
  const data: Exchange = { word: block, message: block + 2 };
  const { worker, id } = startThread(
    "shapes",
    new URL("./shapes_thread.ts", import.meta.url),
    data,
  );
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
  });
  const answered = new Promise<void>((resolve) => worker.onmessage = () => resolve());
  const known = shapesKnown();
  await Promise.race([answered, failed]);
  // The thread learned shapes that this one has not seen.
  const answer = load(block);
  assertEquals(decode(answer), [
    { fromMain: 1, nested: { deeply: "x" } },
    { onlyThere: 1, andThen: [{ insideThere: true }] },
  ]);
  assert(shapesKnown() > known);
  free(answer);
  free(block);
  worker.terminate();
  bury(id, 0);
});
