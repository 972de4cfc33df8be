import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { SharedArray, Value } from "@polycore/shm";
import { RemoteError, UncloneableError } from "@polycore/shm/internal";
import { Lock } from "@polycore/sync";
import { LoadError } from "./container_errors.ts";
import * as tag from "./container.ts";
import { bytesOf, oneOfEach } from "./testing/saved_values.ts";
import { readValue } from "./value_reader.ts";

// deno-lint-ignore no-explicit-any
const roundTrip = (value: unknown): any => readValue(bytesOf(value), 0).value;

Deno.test("one of each sort of value comes back", () => {
  for (const [name, value] of Object.entries(oneOfEach())) {
    if (name !== "sparse") assertEquals(roundTrip(value), value, name);
  }
});

Deno.test("zeros keep their sign, holes stay holes, a far element costs nothing", () => {
  assert(Object.is(roundTrip(-0), -0));
  const { holey, sparse } = roundTrip(oneOfEach());
  assertEquals([holey.length, 1 in holey, 2 in holey], [9, false, true]);
  assertEquals([sparse.length, sparse[4_000_000]], [4_000_001, "far"]);
  assert(bytesOf(sparse).length < 40);
});

Deno.test("cycles and objects that occur twice keep their identity", () => {
  const ring: Record<string, unknown> = { name: "ring", bytes: new Uint8Array(3) };
  ring.self = ring;
  ring.list = [ring.bytes, new Map([[ring, ring]])];
  ring.error = new Error("in it", { cause: ring });
  const back = roundTrip(ring);
  assertStrictEquals(back.self, back);
  assertStrictEquals(back.list[0], back.bytes);
  assertStrictEquals(back.list[1].get(back), back);
  assertStrictEquals(back.error.cause, back);
});

Deno.test("a key __proto__ is data, and a setter of the program is not called", () => {
  const value = JSON.parse('{"__proto__": {"polluted": 1}, "a": 2}');
  const back = roundTrip(value);
  assertEquals(Object.keys(back), ["__proto__", "a"]);
  assertStrictEquals(Object.getPrototypeOf(back), Object.prototype);
  assertStrictEquals(({} as Record<string, unknown>).polluted, undefined);
});

Deno.test("errors keep class, stack, cause and fields; an unknown class is a RemoteError", () => {
  class Unheard extends Error {
    override name = "Unheard";
    code = 7;
  }
  const thrown = new Unheard("of", { cause: "why" });
  const back: RemoteError & { code: number } = roundTrip(thrown);
  assertInstanceOf(back, RemoteError);
  assertEquals(
    [back.className, back.name, back.message, back.code, back.cause, back.stack],
    ["Unheard", "Unheard", "of", 7, "why", thrown.stack],
  );
  assertEquals(Object.keys(roundTrip(new TypeError("x"))), []);
});

Deno.test("a view is saved without the rest of its buffer, an object of a class as its fields", () => {
  class Point {
    constructor(readonly x: number) {}
  }
  assertEquals(roundTrip(new Float64Array(100).subarray(3, 5)).buffer.byteLength, 16);
  assertEquals(roundTrip(new Point(3)), { x: 3 });
});

Deno.test("what cannot be saved is named by its path", () => {
  const lock = new Lock(), number = new Value("i", 1);
  const disposed = new SharedArray("d", 2);
  disposed.dispose();
  using _ = { [Symbol.dispose]: () => [lock, number].forEach((one) => one.dispose()) };
  const cases: [unknown, string][] = [
    [() => 1, 'value.a[1] is a function (""), which cannot be saved to a file'],
    [Symbol("s"), "value.a[1] is a symbol (Symbol(s))"],
    [lock, "value.a[1] is a Lock, memory of this program"],
    [number, "value.a[1] is a Value, memory of this program"],
    [new SharedArrayBuffer(8), "value.a[1] is a SharedArrayBuffer, memory of this program"],
    [Promise.resolve(), "value.a[1] is a Promise"],
    [new WeakMap(), "value.a[1] is a WeakMap"],
    [new URL("http://a.b"), "value.a[1] is a URL"],
    [disposed, "value.a[1] is a SharedArray that was disposed of"],
  ];
  for (const [value, text] of cases) {
    assertThrows(() => bytesOf({ a: [0, value] }), UncloneableError, text);
  }
  const { buffer } = new Uint8Array(structuredClone(new ArrayBuffer(4)));
  structuredClone(buffer, { transfer: [buffer] });
  assertThrows(() => bytesOf([buffer]), UncloneableError, "value[0] is a detached buffer");
});

Deno.test("nesting ends at the same depth for the writer and for the reader", () => {
  let deep: unknown = "core";
  for (let i = 0; i < tag.DEEPEST; i++) deep = [deep];
  assertEquals(bytesOf(roundTrip(deep)), bytesOf(deep));
  assertThrows(() => bytesOf([deep]), UncloneableError, "nested too deeply");
  const hostile = new Uint8Array(2_000_000).map((_, i) => i % 2 === 0 ? tag.ARRAY : 1);
  assertThrows(() => readValue(hostile, 0), LoadError, "nested too deeply");
});

Deno.test("keys are written once", () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ aLongName: i % 50, another: true }));
  assert(bytesOf(rows).length < 8000);
  assertEquals(roundTrip(rows), rows);
});

Deno.test("a value of several pieces", () => {
  const value = ["x".repeat(3_000_000), Array.from({ length: 300_000 }, (_, i) => i / 3)];
  assertEquals(roundTrip(value), value);
});

Deno.test("objects that would overflow the heap are refused before they do", () => {
  const many = (value: unknown) =>
    bytesOf(Array.from({ length: 5000 }, () => structuredClone(value)));
  for (
    const value of [new Map(), {}, [null], new Date(), { key: 0.5 }, "text", new Uint8Array(1)]
  ) {
    const bytes = many(value);
    assertEquals((readValue(bytes, 0, false, 2 ** 21).value as unknown[]).length, 5000);
    assertThrows(() => readValue(bytes, 0, false, 2 ** 17), LoadError, "JavaScript heap");
  }
});

Deno.test("declared sizes that the bytes do not have are refused before anything is made", () => {
  const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x07]; // 2 ** 45 and more
  for (
    const kind of [tag.ARRAY, tag.NUMBERS, tag.MAP, tag.SET, tag.OBJECT, tag.LATIN1, tag.UTF16]
  ) {
    assertThrows(() => readValue(Uint8Array.of(kind, ...huge), 0), LoadError, "a length of");
  }
  const array = Uint8Array.of(tag.SEGMENT, 10, 0x80, ...huge);
  assertThrows(() => readValue(array, 1024), LoadError, "that is not there");
  const sparse = Uint8Array.of(tag.ARRAY_HOLEY, 0x80, 0x80, 0x80, 0x08, 0); // 2 ** 24 holes
  const before = Deno.memoryUsage().heapUsed;
  const many = Array.from({ length: 100 }, () => readValue(sparse, 0).value as unknown[]);
  assert(Deno.memoryUsage().heapUsed - before < 2 ** 24, "holes take no memory");
  assertEquals(many.at(-1)!.length, 2 ** 24);
  const holey = Uint8Array.of(tag.ARRAY_HOLEY, ...huge, 0);
  assertThrows(() => readValue(holey, 0), LoadError, "elements");
  assertThrows(
    () => readValue(Uint8Array.of(tag.REGEXP, tag.LATIN1, 1, 40, tag.LATIN1, 0), 0),
    LoadError,
    "Invalid regular expression",
  );
});
