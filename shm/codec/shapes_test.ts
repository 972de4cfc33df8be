import { assert, assertEquals } from "@std/assert";
import { allocate, bury, free, i32, load, startThread, store, wait } from "@polycore/sync/internal";
import { decode, encode, scratchAddress } from "./mod.ts";
import { shapesKnown } from "./shapes.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";
import { type Exchange, learn, objectsOf } from "./shapes_thread.ts";

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

Deno.test("two threads that learn shapes at the same time understand each other", async () => {
  const block = allocate(64);
  const data: Exchange = { ready: block, answer: block + 1, message: block + 2 };
  store(data.ready, 0);
  encode({ fromMain: 1, nested: { deeply: "x" } });
  const words = encode({ fromMain: 1, nested: { deeply: "x" } });
  i32.copyWithin(data.message, scratchAddress(), scratchAddress() + words);
  const { worker, id } = startThread(
    "shapes",
    new URL("./shapes_thread.ts", import.meta.url),
    data,
  );
  const answered = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message));
  });
  wait(data.ready, 0, 10_000);
  learn("here");
  await answered;
  const expected = [{ fromMain: 1, nested: { deeply: "x" } }, ...objectsOf("there")];
  assertEquals(decode(load(data.answer)), expected);
  assertAsCloned(objectsOf("here"));
  free(load(data.answer));
  free(block);
  worker.terminate();
  bury(id);
});

Deno.test("the table goes on in further parts, and when it is full keys travel as they are", () => {
  const make = (i: number) =>
    Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`full${i}_${k}`.padEnd(50, "x"), k]));
  for (let i = 0; i < 320; i++) {
    encode(make(i));
    assertAsCloned([make(i), make(i)]);
  }
  const full = shapesKnown();
  assert(full > 16000 && full < 17000, `${full} shapes`);
  const alone = encode({ afterwards: 1 });
  for (let i = 0; i < 3; i++) assertEquals(encode({ afterwards: 1 }), alone);
  assertEquals(roundTrip({ afterwards: 1 }), { afterwards: 1 });
});
