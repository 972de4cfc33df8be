import { assertEquals, assertThrows } from "@std/assert";
import { encode, refusalOf, UncloneableError } from "./mod.ts";
import { roundTrip } from "./testing.ts";

const { port1, port2 } = new MessageChannel();
port1.close();
port2.close();

const cases: [unknown, string][] = [
  [Symbol("s"), "a symbol (Symbol(s))"],
  [Object(Symbol("s")), "a symbol as an object"],
  [() => 1, "a function without a name"],
  [class Named {}, 'a function ("Named")'],
  [Promise.resolve(1), "a Promise, which"],
  [new (class Later extends Promise<void> {})(() => {}), "a Later, which"],
  [new WeakMap(), "a WeakMap"],
  [new WeakSet(), "a WeakSet"],
  [new WeakRef({}), "a WeakRef"],
  [new FinalizationRegistry(() => {}), "a FinalizationRegistry"],
  [(function* () {})(), "a generator or iterator"],
  [(async function* () {})(), "an async generator"],
  [[1].values(), "a generator or iterator"],
  [new Map().entries(), "a generator or iterator"],
  [[1].values().map((x) => x), "a generator or iterator"],
  [port1, "a MessagePort"],
  [new EventTarget(), "an EventTarget"],
  [new AbortController(), "an AbortController"],
  [AbortSignal.abort(), "an AbortSignal"],
  [new URL("http://localhost"), "a URL"],
  [new Headers(), "a Headers"],
  [new Blob([]), "a Blob"],
  [new Response(""), "a Response"],
  [new ReadableStream(), "a ReadableStream"],
  [new Intl.NumberFormat(), "a NumberFormat"],
  [new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)), "a Module"],
  [new Proxy(new Map(), {}), "a Proxy over a Map"],
  [new Proxy(new Set(), {}), "a Proxy over a Set"],
  [new Proxy(new Date(), {}), "a Proxy over a Date"],
  [new Proxy(/x/, {}), "a Proxy over a RegExp"],
  [new Proxy(new ArrayBuffer(1), {}), "a Proxy over an ArrayBuffer"],
  [new Proxy(new Uint8Array(1), {}), "a Proxy over a Uint8Array"],
  [new Proxy(Promise.resolve(), {}), "a Promise"],
  [Object.create(Map.prototype), "a Proxy over a Map, or an object that only inherits"],
];

for (const [value, text] of cases) {
  Deno.test(`${text} is refused, with its path`, () => {
    assertThrows(
      () => encode({ list: [1, value] }, "args"),
      UncloneableError,
      `args.list[1] is ${text}`,
    );
    assertThrows(() => encode(value, "result"), TypeError, "result is ");
  });
}

Deno.test("refusalOf says why without encoding, and leaves the next encode alone", () => {
  class Point {
    x = 1;
  }
  assertEquals(refusalOf(new Point()), undefined);
  assertEquals(refusalOf(Object.create(null)), undefined);
  assertEquals(refusalOf(new WeakMap())?.what, "a WeakMap");
  assertEquals(roundTrip(new Point()), { x: 1 });
});
