import { assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { Lock } from "@polycore/sync";
import { SharedArray, Value } from "@polycore/shm";
import { partial } from "../partial.ts";
import { task } from "../task.ts";
import { hash } from "./hash.ts";

const marked = task(import.meta, (x: number) => x + outside);
const outside = 1;

/** Values that all differ. */
const DIFFERENT: unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  NaN,
  Infinity,
  0n,
  -1n,
  2n ** 100n,
  "",
  "1",
  "ab",
  "\ud800",
  "\ud801",
  "x".repeat(600),
  "x".repeat(601),
  [],
  [undefined],
  [,], // deno-lint-ignore-line no-sparse-arrays
  [[]],
  ["a", "b"],
  ["ab"],
  ["a", ["b"]],
  {},
  { a: undefined },
  { a: 1 },
  { a: "1" },
  { b: 1 },
  { a: 1, b: 2 },
  { a: { b: 1 } },
  new (class Point {
    a = 1;
  })(),
  new Map(),
  new Map([["a", 1]]),
  new Map([[1, "a"]]),
  new Set(),
  new Set([1]),
  new Set(["1"]),
  new Set([{ a: 1 }]),
  new ArrayBuffer(8),
  new SharedArrayBuffer(8),
  new DataView(new ArrayBuffer(8)),
  new Uint8Array(8),
  new Int8Array(8),
  new Float64Array(1),
  new Float64Array(1000),
  new Float32Array(2000),
  new Date(0),
  new Date(1),
  new Date(NaN),
  /a/,
  /a/g,
  Object(1),
  Object("a"),
  new Error("a"),
  new RangeError("a"),
  new Error("a", { cause: 1 }),
  new AggregateError([1], "a"),
  (x: number) => x,
  (x: number) => x + 1,
  marked,
  partial(marked, 1),
  partial(marked, 2),
];

Deno.test("hash: what differs has different hashes, of 32 digits", () => {
  const hashes = DIFFERENT.map(hash);
  for (const text of hashes) assertMatch(text, /^[0-9a-f]{32}$/);
  const seen = new Map<string, unknown>();
  hashes.forEach((text, i) => {
    assertEquals(seen.has(text), false, `${Deno.inspect([seen.get(text), DIFFERENT[i]])}`);
    seen.set(text, DIFFERENT[i]);
  });
});

Deno.test("hash: a copy has the same hash", () => {
  for (const value of DIFFERENT) {
    if (typeof value === "function" || value instanceof SharedArrayBuffer) continue;
    if (/Point|Aggregate/.test(Object(value).constructor.name)) continue; // a copy lacks something
    assertEquals(hash(structuredClone(value)), hash(value), Deno.inspect(value));
  }
});

Deno.test("hash is the same in every program", () => {
  const known = "cc4ef588dde1de0a5794edc065386346";
  assertEquals(hash({ b: [1, "é", null], a: new Float64Array([0.5]) }), known);
});

Deno.test("hash: the order of keys does not matter, that of elements does", () => {
  assertEquals(hash({ a: 1, b: 2 }), hash({ b: 2, a: 1 }));
  assertEquals(
    hash(new Map<unknown, unknown>([["a", 1], [2, 1]])),
    hash(new Map<unknown, unknown>([[2, 1], ["a", 1]])),
  );
  assertEquals(hash(new Set([1, "1", 2n, null])), hash(new Set([null, 2n, "1", 1])));
  assertEquals(hash(new Set([{ a: 1 }, [2]])), hash(new Set([[2], { a: 1 }])));
  const twins = (first: number, second: number) => new Map([[{}, first], [{}, second]]);
  assertEquals(hash(twins(1, 2)), hash(twins(2, 1)));
  assertNotEquals(hash([1, 2]), hash([2, 1]));
});

Deno.test("hash: an object that occurs twice is as good as two equal ones", () => {
  for (const size of [1, 1000]) {
    const twin = () => ({ data: new Float64Array(size), list: Array(size).fill(1) });
    const one = twin();
    assertEquals(hash([one, one]), hash([twin(), twin()]));
  }
  let tree: unknown = "leaf";
  for (let i = 0; i < 60; i++) tree = [tree, tree]; // 2^60 leaves
  assertMatch(hash(tree), /^[0-9a-f]{32}$/);
});

Deno.test("hash: cycles, also through keys", () => {
  const circle = (name: string) => {
    const object: Record<string, unknown> = { name, list: [] };
    (object.list as unknown[]).push(object, object);
    return object;
  };
  assertEquals(hash(circle("a")), hash(circle("a")));
  assertNotEquals(hash(circle("a")), hash(circle("b")));
  const keyed = () => {
    const map = new Map();
    const key = { map };
    return map.set(key, 1).set("other", key);
  };
  assertEquals(hash(keyed()), hash(keyed()));
});

Deno.test("hash: typed arrays by type and bytes, wherever they lie", () => {
  const part = new Float64Array([9, 1, 2, 9]).subarray(1, 3);
  assertEquals(hash(part), hash(new Float64Array([1, 2])));
  const large = Float64Array.from({ length: 10_000 }, (_, i) => i);
  const copy = new Float64Array(new SharedArrayBuffer(80_000));
  copy.set(large);
  assertEquals(hash(copy), hash(large));
  copy[9999]! += 1;
  assertNotEquals(hash(copy), hash(large));
});

Deno.test("hash: shared numbers by what they are now", () => {
  using a = new SharedArray("d", [1, 2]);
  using b = new SharedArray("d", [1, 2]);
  using value = new Value("i", 5);
  assertEquals(hash(a), hash(b));
  b.set(0, 3);
  assertNotEquals(hash(a), hash(b));
  const before = hash([value]);
  value.value = 6;
  assertNotEquals(hash([value]), before);
});

Deno.test("hash: what has no content is refused, with the path to it", () => {
  const lock = new Lock();
  class Hidden {
    #x = 1;
    get x() {
      return this.#x;
    }
  }
  const refused: [unknown, string][] = [
    [lock, "a Lock, which has no content"],
    [Symbol("s"), "a symbol"],
    [new Hidden(), "an object of the class Hidden"],
    [Promise.resolve(), "an object of the class Promise"],
    [() => lock, "uses what is outside of it"],
    [Math.abs, "without a source text"],
  ];
  for (const [value, why] of refused) {
    assertThrows(() => hash(value), TypeError, why);
    assertThrows(() => hash({ a: [1, { "b c": value }] }), TypeError, 'value.a[1]["b c"] is ');
  }
});

Deno.test("hash: what is nested too deeply is an error that says so", () => {
  let list: unknown;
  for (let i = 0; i < 200_000; i++) list = { list };
  assertThrows(() => hash(list), RangeError, "nested too deeply");
});
