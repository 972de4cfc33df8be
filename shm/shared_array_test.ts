import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { HeapFullError } from "@polycore/sync";
import { blocksInUse, memory } from "@polycore/sync/internal";
import { Queue, RawArray, SharedArray, type TypeCode } from "./mod.ts";
import { assertNobodyLeft, assertNoLeak, run } from "./testing/threads.ts";

const CODES: TypeCode[] = ["b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"];

for (const Class of [SharedArray, RawArray]) {
  Deno.test(`${Class.name}: another thread sees and writes each typecode`, async () => {
    for (const code of CODES) {
      const array = new Class(code, [1, 2, 3, 4]);
      await run(1, (_s, _i, array) => {
        for (let k = 1; k < array.length; k++) {
          array[k] = (array[k] as number) + (array[k - 1] as number) as never;
        }
      }, array);
      assertEquals([...array].map(Number), [1, 3, 6, 10], code);
    }
  });
}

Deno.test("from sequences and typed arrays of any kind", () => {
  const sources: [TypeCode, Iterable<number | bigint> | ArrayLike<number | bigint>][] = [
    ["d", [1, 2, 3]],
    ["i", new Set([1, 2, 3])],
    ["q", [1n, 2, 3n]],
    ["Q", new Uint8Array([1, 2, 3])],
    ["q", new BigInt64Array([1n, 2n, 3n])],
    ["i", new Float64Array([1, 2, 3])],
    ["b", new Int32Array([1, 2, 3])],
    ["f", new SharedArray("d", [1, 2, 3])],
    ["h", { length: 3, 0: 1, 1: 2, 2: 3 }],
    [
      "I",
      (function* () {
        yield* [1, 2, 3];
      })(),
    ],
  ];
  for (const [code, source] of sources) {
    const array = new SharedArray(code, source);
    assertEquals([...array].map(Number), [1, 2, 3], code);
    assertEquals(typeof array[0], "qQ".includes(code) ? "bigint" : "number");
  }
  for (const empty of [0, [], new Float64Array(0), new BigInt64Array(0), new Set<number>()]) {
    assertEquals(new SharedArray("d", empty as number[]).length, 0);
  }
  assertEquals([...new SharedArray("b", new Int32Array([300, -129]))], [44, 127]); // wraps
});

Deno.test("the source is copied", () => {
  const source = new Float64Array([1, 2]);
  const array = new SharedArray("d", source);
  source[0] = 9;
  array[1] = 8;
  assertEquals([[...array], [...source]], [[1, 8], [9, 2]]);
});

Deno.test("a[i], get and set; every index out of range throws and says what there is", () => {
  const array = new SharedArray("i", [10, 20, 30]);
  array[1] = 21;
  array.set(2, 31);
  assertEquals([array[0], array.get(1), array[2], array.length], [10, 21, 31, 3]);
  for (const index of [3, -1, 1.5, 2 ** 32, Infinity]) {
    const text = `Index ${index} is out of range: the array has the indices 0 to 2.`;
    assertThrows(() => array.get(index), RangeError, text);
    assertThrows(() => array.set(index, 0), RangeError, text);
    assertThrows(() => array[index], RangeError, text);
    assertThrows(() => array[index] = 0, RangeError, text);
  }
  assertThrows(() => array.get(NaN), RangeError, "Index NaN");
  assertThrows(() => array.get("0" as never), RangeError, 'Index "0"');
  assertThrows(() => new SharedArray("i", 0)[0], RangeError, "the array is empty");
  assertThrows(() => array[0] = 1.5, TypeError, "Cannot store 1.5");
  assertThrows(() => array.set(0, "1" as never), TypeError, 'Cannot store "1"');
  assertEquals([...array], [10, 21, 31]);
});

Deno.test("iteration, spreading, destructuring", () => {
  const array = new SharedArray("H", [5, 6, 7]);
  const [first, ...rest] = array;
  assertEquals([first, rest, Array.from(array, (x) => x * 2)], [5, [6, 7], [10, 12, 14]]);
  let sum = 0;
  for (const x of array) sum += x;
  assertEquals(sum, 18);
});

Deno.test("slice is a copy in this thread's own memory", () => {
  const array = new SharedArray("d", [0, 1, 2, 3, 4]);
  const cases: [number?, number?][] = [[], [2], [1, 3], [-2], [-3, -1], [3, 1], [9], [0, 99]];
  for (const [begin, end] of cases) {
    assertEquals([...array.slice(begin, end)], [0, 1, 2, 3, 4].slice(begin, end));
  }
  const copy = array.slice(1, 3);
  assert(
    copy instanceof Float64Array && !((copy as Float64Array).buffer instanceof SharedArrayBuffer),
  );
  copy[0] = 77;
  assertEquals(array[1], 1);
});

Deno.test("subarray shows the same memory, nested, and outlives the array that it is of", async () => {
  await assertNoLeak(() => {
    const array = new SharedArray("i", [0, 1, 2, 3, 4, 5]);
    using part = array.subarray(2, -1);
    using inner = part.subarray(1);
    assertEquals([[...part], [...inner]], [[2, 3, 4], [3, 4]]);
    inner[0] = 33;
    assertEquals([array[3], part[1]], [33, 33]);
    assertThrows(() => inner[2], RangeError, "0 to 1");
    assertEquals(part.getLock().address, array.getLock().address);
    array.dispose();
    using other = new SharedArray("i", 6); // must not get the same block
    other.view.fill(-1);
    assertEquals([...inner], [33, 4]);
  });
});

Deno.test("a part of a RawArray is a RawArray, also where it arrives", async () => {
  const part = new RawArray("i", [1, 2, 3]).subarray(1);
  assert(part instanceof RawArray);
  const seen = await run(1, (_s, _i, part) => [part.constructor.name, ...part], part);
  assertEquals(seen, [["RawArray", 2, 3]]);
});

Deno.test("subarrays are sent and written side by side", async () => {
  const array = new SharedArray("d", 4000);
  const queue = new Queue<SharedArray<"d">>();
  for (let k = 0; k < 4; k++) queue.put(array.subarray(k * 1000, (k + 1) * 1000));
  const lengths = await run(4, (_s, i, queue) => {
    using part = queue.get();
    part.view.forEach((_, k) => part.view[k] = part.view[k]! + i + 1);
    return part.length;
  }, queue);
  assertEquals(lengths, [1000, 1000, 1000, 1000]);
  assertEquals(array.view.reduce((a, b) => a + b), 1000 * (1 + 2 + 3 + 4));
});

Deno.test("view is the memory itself, as compiled code sees it", () => {
  const array = new SharedArray("d", [1.5, 2.5]);
  assert(array.view.buffer === memory.buffer as unknown as SharedArrayBuffer);
  assertEquals(array.view.byteOffset % 8, 0);
  array.view[1] = 7;
  assertEquals(array[1], 7);
  assertStrictEquals(array.view, array.view);
});

Deno.test("a view in use keeps its memory, though nobody has the array any more", async () => {
  const make = () => new SharedArray("i", 3000).view.fill(7);
  const views = Array.from({ length: 30 }, make);
  for (let n = 0; n < 40; n++) { // no way to ask for a collection: make garbage
    Array.from({ length: 50_000 }, (_, i) => ({ i }));
    await new Promise((resolve) => setTimeout(resolve));
    new SharedArray("i", 3000).view.fill(0);
  }
  assert(views.every((view) => view.every((x) => x === 7)));
});

Deno.test("a disposed array throws, and gives its memory back with its last handle", async () => {
  await assertNoLeak(() => {
    const array = new SharedArray("d", 100);
    array.getLock();
    array.dispose();
    array.dispose();
    assertThrows(() => array.view, TypeError, "This SharedArray was disposed of");
    assertThrows(() => array[0], TypeError, "disposed of");
    assertThrows(() => array.length, TypeError, "disposed of");
    assertEquals(Deno.inspect(array), "<SharedArray(disposed)>");
  });
});

Deno.test("mistakes throw at the call and leave nothing behind", async () => {
  await assertNoLeak(() => {
    const bad = (init: unknown) => () => new SharedArray("d", init as number);
    assertThrows(bad(-1), RangeError, "The length of an array is -1: it must be a whole number");
    assertThrows(bad(1.5), RangeError, "1.5");
    assertThrows(bad(NaN), RangeError, "NaN");
    assertThrows(bad("12"), TypeError, 'got "12"');
    for (const init of [undefined, null, {}, true, 5n, () => 3]) {
      assertThrows(bad(init), TypeError, "Expected a length or a sequence of numbers");
    }
    assertThrows(bad([1, "2"]), TypeError, 'Cannot store "2" (string)');
    assertThrows(() => new SharedArray("i", [1, 0.5]), TypeError, "Cannot store 0.5");
    assertThrows(() => new SharedArray("i", new Float32Array([0.5])), TypeError, "Cannot store");
    assertThrows(() => new SharedArray("x" as "i", 1), TypeError, 'bad typecode "x"');
    const before = blocksInUse();
    assertThrows(() => new SharedArray("d", 2 ** 40), HeapFullError, "has no room for");
    assertEquals(blocksInUse(), before);
  });
});

Deno.test("console.log shows the elements, not thousands of them", () => {
  assertEquals(Deno.inspect(new SharedArray("i", [1, 2])), '<SharedArray("i", [1, 2])>');
  assertEquals(Deno.inspect(new RawArray("q", [1n])), '<RawArray("q", [1])>');
  const text = Deno.inspect(new SharedArray("b", 10_000));
  assert(text.endsWith("0, ...])>") && text.length < 400, text);
});

Deno.test("no thread is left", assertNobodyLeft);
