import { assert, assertEquals, assertThrows } from "@std/assert";
import { Queue, RawValue, type TypeCode, Value } from "./mod.ts";
import { assertNobodyLeft, assertNoLeak, run } from "./testing/threads.ts";

const CODES: TypeCode[] = ["b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"];

for (const Class of [Value, RawValue]) {
  Deno.test(`${Class.name}: 0 when no value is given, also on used memory`, () => {
    for (const code of CODES) {
      new Class(code, 77).dispose();
      assertEquals(new Class(code).value, "qQ".includes(code) ? 0n : 0, code);
    }
  });

  Deno.test(`${Class.name}: disposing gives the memory back`, async () => {
    await assertNoLeak(() => {
      const v = new Class("d", 1);
      v.dispose();
      v.dispose();
      assertThrows(() => v.value, TypeError, `This ${Class.name} was disposed of`);
      assertThrows(() => v.value = 1, TypeError, "disposed of");
      assertThrows(() => v.add(1), TypeError, "disposed of");
      assertEquals(Deno.inspect(v), `<${Class.name}(disposed)>`);
      using again = new Class("i", 2);
      assertEquals(Deno.inspect(again), `<${Class.name}("i", 2)>`);
    });
  });
}

Deno.test("a number out of range wraps around, as in Python", () => {
  const wraps: [TypeCode, number | bigint, number | bigint][] = [
    ["i", 2 ** 33, 0],
    ["i", 2 ** 31, -(2 ** 31)],
    ["b", 200, -56],
    ["B", -1, 255],
    ["H", 65537, 1],
    ["L", -1, 4294967295],
    ["q", 2n ** 63n, -(2n ** 63n)],
    ["Q", -1n, 2n ** 64n - 1n],
  ];
  for (const [code, value, seen] of wraps) {
    const v = new Value(code, value);
    assertEquals(v.value, seen, code);
    v.value = 0 as never;
    v.value = ("qQ".includes(code) ? BigInt(value) : value) as never;
    assertEquals(v.value, seen, code);
  }
  const v = new Value("b", 127);
  assertEquals([v.add(1), v.value], [127, -128]);
  const q = new Value("q", 2n ** 63n - 1n);
  assertEquals([q.add(1), q.value], [2n ** 63n - 1n, -(2n ** 63n)]);
});

Deno.test("single precision rounds, double does not", () => {
  assertEquals(new Value("f", 0.1).value, Math.fround(0.1));
  assertEquals(new Value("d", 0.1).value, 0.1);
});

for (const code of ["b", "H", "i", "L", "q", "Q", "f", "d"] as const) {
  Deno.test(`add is one step: 3 threads and main, typecode ${code}`, async () => {
    const v = new Value(code, 0), times = 5000;
    const crew = run(
      3,
      (_s, _i, v, times) => {
        for (let k = 0; k < times; k++) v.add(k % 2 === 0 ? 3 : -1);
      },
      v,
      times,
    );
    for (let k = 0; k < times; k++) v.add(1);
    await crew;
    const sum = 3 * times + times;
    assertEquals(v.value, new Value(code, sum).value); // b wraps
  });
}

Deno.test("`value +=` under the lock is exact, and the lock is the value's own", async () => {
  const v = new Value("i", 0);
  await run(3, (_s, _i, v) => {
    for (let k = 0; k < 1000; k++) {
      using _ = v.getLock().hold();
      v.value += 1;
    }
  }, v);
  assertEquals(v.value, 3000);
});

Deno.test("mistakes throw at the call and leave nothing behind", async () => {
  await assertNoLeak(() => {
    assertThrows(() => new Value("x" as "i"), TypeError, 'bad typecode "x"');
    assertThrows(() => new Value("i", "5" as never), TypeError, 'Cannot store "5" (string)');
    assertThrows(() => new Value("i", 0.5), TypeError, "round it first");
    assertThrows(() => new Value("i", 0, { lock: 3 as never }), TypeError, "'3' has no method");
    using v = new Value("i", 5);
    assertThrows(() => v.value = 1.5, TypeError, "Cannot store 1.5");
    assertThrows(() => v.add(0.5), TypeError, "Cannot store 0.5");
    assertThrows(() => v.add(1n as never), TypeError, "(bigint)");
    assertEquals(v.value, 5);
  });
});

Deno.test("it passes through a queue, nested, on the same memory", async () => {
  const queue = new Queue<{ deep: [Map<string, Value<"q">>] }>();
  const v = new Value("q", 1n);
  queue.put({ deep: [new Map([["v", v]])] });
  v.dispose(); // the message holds it
  const back = new Queue<Value<"q">>();
  await run(
    1,
    (_s, _i, queue, back) => {
      const v = queue.get().deep[0].get("v")!;
      v.add(41);
      back.put(v);
    },
    queue,
    back,
  );
  const arrived = back.get();
  assert(arrived instanceof Value && arrived.typecode === "q");
  assertEquals(arrived.value, 42n);
});

Deno.test("a thread that ends gives back what it held", async () => {
  await run(1, () => {}); // tables that stay
  await assertNoLeak(() => run(2, (s) => void Array.from({ length: 50 }, () => new s.Value("d"))));
});

Deno.test("no thread is left", assertNobodyLeft);
