import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { Lock, RLock } from "@polycore/sync";
import { RawArray, RawValue, SharedArray, type TypeCode, Value } from "@polycore/shm";
import { conformance, party, WORKERS } from "./testing/back_ends.ts";

// None of these over the event loop, as in CPython: a thread always sees what it wrote itself; nor over
// a manager, whose Value and Array are other things.
const OTHER_MEMORIES = [WORKERS];

/** Each typecode, a value, and the one that the party writes: CPython's, and the edges. */
const CODES_VALUES: [TypeCode, number | bigint, number | bigint][] = [
  ["i", 4343, 24234],
  ["d", 3.625, -4.25],
  ["h", -232, 234],
  ["q", -(2n ** 63n), 2n ** 63n - 1n],
  ["b", -128, 127],
  ["B", 0, 255],
  ["H", 1, 65535],
  ["I", 0, 4294967295],
  ["l", -(2 ** 31), 2 ** 31 - 1],
  ["L", 7, 4294967295],
  ["Q", 0n, 2n ** 64n - 1n],
  ["f", 0.5, -1.25],
];

const writeAll = party(import.meta, async (_call, values: Value[]) => {
  values.forEach((value, i) => value.value = CODES_VALUES[i]![2]);
  await Promise.resolve();
});

for (const [name, Class] of [["test_value", Value], ["test_rawvalue", RawValue]] as const) {
  conformance(OTHER_MEMORIES, `_TestValue.${name}`, async (b) => {
    const values: Value[] = CODES_VALUES.map(([code, value]) => new Class(code, value));
    assertEquals(values.map((value) => value.value), CODES_VALUES.map(([, first]) => first));
    await b.spawn(writeAll, values).join();
    assertEquals(values.map((value) => value.value), CODES_VALUES.map(([, , written]) => written));
  });
}

/** What both `test_getobj_getlock` and `test_getobj_getlock_obj` ask of the forms of `lock`. */
const GUARDED = {
  "_TestValue.test_getobj_getlock": (lock?: unknown) => new Value("i", 5, { lock: lock as Lock }),
  "_TestArray.test_getobj_getlock_obj": (lock?: unknown) =>
    new SharedArray("i", Array(10).keys(), { lock: lock as Lock }),
};

for (const [name, make] of Object.entries(GUARDED)) {
  Deno.test(name, () => {
    for (const own of [make(), make(true)]) {
      const lock = own.getLock();
      assert(lock instanceof RLock);
      assertStrictEquals(own.getLock(), lock);
      using _ = lock.hold();
      using _again = lock.hold();
    }
    assert(make().getLock().address !== make().getLock().address);
    for (const lock of [new Lock(), new RLock()]) assertStrictEquals(make(lock).getLock(), lock);
    // Python leaves the method away; TypeScript has it in the type, so it throws
    assertThrows(
      () => make(false).getLock(),
      TypeError,
      "was made with lock: false, so it has no lock",
    );
    assertThrows(() => make("notalock"), TypeError, "'\"notalock\"' has no method 'acquire'");
    assertThrows(() => make(null), TypeError, "lock must be true, false, a Lock or");
    assertThrows(() => new RawValue("i", 5).getLock(), TypeError);
    assertThrows(() => new RawArray("i", 10).getLock(), TypeError);
  });
}

function runningSums(seq: SharedArray | number[]): void {
  for (let i = 1; i < seq.length; i++) seq[i] = seq[i] as number + (seq[i - 1] as number);
}

const sumUp = party(import.meta, async (_call, seq: SharedArray) => {
  await Promise.resolve(runningSums(seq));
});

for (const [name, Class] of [["test_array", SharedArray], ["test_rawarray", RawArray]] as const) {
  conformance(OTHER_MEMORIES, `_TestArray.${name}`, async (b) => {
    const seq = [680, 626, 934, 821, 150, 233, 548, 982, 714, 831];
    const array: SharedArray<"i"> = new Class("i", seq);
    assertEquals(array.length, seq.length);
    assertEquals(array[3], seq[3]);
    assertEquals([...array.slice(2, 7)], seq.slice(2, 7));
    seq.splice(4, 4, 1, 2, 3, 4);
    array.view.set([1, 2, 3, 4], 4); // Python's a[4:8] = ...
    assertEquals([...array.slice()], seq);
    runningSums(seq);
    await b.spawn(sumUp, array).join();
    assertEquals([...array], seq);
  });
}

Deno.test("_TestArray.test_array_from_size: zeroed, also on memory that was used before", () => {
  for (const Class of [SharedArray, RawArray]) {
    const places: number[] = [];
    for (let round = 0; round < 3; round++) {
      using array = new Class("i", 10);
      assertEquals([...array], Array(10).fill(0));
      array.view.set([...Array(10).keys()]);
      assertEquals([...array], [...Array(10).keys()]);
      places.push(array.address);
    }
    assert(new Set(places).size < 3, "no memory was used again");
  }
});

/** A structure is an object with one value for each field, which one lock guards. */
interface Foo {
  x: Value<"i">;
  y: Value<"d">;
}

/** Text is bytes, up to the first 0. */
const textOf = (array: SharedArray<"B">) =>
  new TextDecoder().decode(array.slice(0, array.view.indexOf(0)));

const double = party(
  import.meta,
  async (
    _call,
    x: Value<"i">,
    y: Value<"d">,
    z: Value<"q">,
    foo: Foo,
    array: SharedArray<"d">,
    text: SharedArray<"B">,
  ) => {
    x.value *= 2;
    y.value *= 2;
    z.value *= 2n;
    foo.x.value *= 2;
    foo.y.value *= 2;
    text.view.set(new TextEncoder().encode(textOf(text).repeat(2)));
    for (let i = 0; i < array.length; i++) array[i] *= 2;
    await Promise.resolve();
  },
);

for (const [name, lock] of [["test_sharedctypes", false], ["test_synchronize", true]] as const) {
  conformance(OTHER_MEMORIES, `_TestSharedCTypes.${name}`, async (b) => {
    const one = lock && new RLock();
    const x = new Value("i", 7, { lock });
    const y = new Value("d", 1 / 3, { lock });
    const z = new Value("q", 2n ** 33n, { lock });
    const foo = { x: new Value("i", 3, { lock: one }), y: new Value("d", 2, { lock: one }) };
    const array = new SharedArray("d", Array(10).keys(), { lock });
    const text = new SharedArray("B", 20, { lock });
    text.view.set(new TextEncoder().encode("hello"));
    await b.spawn(double, x, y, z, foo, array, text).join();
    assertEquals([x.value, z.value, foo.x.value], [14, 2n ** 34n, 6]);
    assertAlmostEquals(y.value, 2 / 3);
    assertAlmostEquals(foo.y.value, 4);
    assertEquals([...array], [...Array(10).keys()].map((i) => i * 2));
    assertEquals(textOf(text), "hellohello");
  });
}

Deno.test("_TestSharedCTypes.test_copy: a new one of the same value, with memory of its own", () => {
  const value = new Value("q", 2n ** 33n), array = new SharedArray("d", [2, 5]);
  const valueCopy = new Value(value.typecode, value.value);
  const arrayCopy = new SharedArray(array.typecode, array);
  value.value = 0n;
  array.view.fill(0);
  assertEquals([valueCopy.value, [...arrayCopy]], [2n ** 33n, [2, 5]]);
});
