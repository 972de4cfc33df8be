import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { allocate, buffer as memory, free } from "@polycore/sync/internal";
import { decode, encode, installBufferCodec, scratchAddress, UncloneableError } from "./mod.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";

const bytes = Uint8Array.from({ length: 64 }, (_, i) => i * 7);

Deno.test("an ArrayBuffer of any length comes through", () => {
  for (let length = 0; length < 20; length++) assertAsCloned(bytes.slice(0, length).buffer);
  assertAsCloned(crypto.getRandomValues(new Uint8Array(65536)).buffer);
});

Deno.test("every view comes through, with its offset and length", () => {
  for (
    const View of [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Float16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
      BigUint64Array,
      DataView,
    ] as (new (buffer: ArrayBuffer, offset?: number, length?: number) => ArrayBufferView)[]
  ) {
    assertAsCloned(new View(bytes.slice().buffer));
    assertAsCloned(new View(bytes.slice().buffer, 16, 2));
    assertAsCloned([1, new View(bytes.slice().buffer, 64)]);
  }
  assertEquals(roundTrip(Float64Array.of(0.1, -0, NaN)), Float64Array.of(0.1, -0, NaN));
});

Deno.test("views on one buffer share it afterwards", () => {
  const buffer = bytes.slice().buffer;
  const views = { whole: new Uint8Array(buffer), part: new Uint16Array(buffer, 8, 4), buffer };
  assertAsCloned(views);
  const copy = roundTrip(views);
  copy.part[0] = 0x0102;
  assertEquals(copy.whole[8], 2);
  assertStrictEquals(copy.part.buffer, copy.buffer);
});

Deno.test("a resizable buffer stays resizable, and views that follow its length do so", () => {
  const buffer = new ArrayBuffer(8, { maxByteLength: 64 });
  const value = { buffer, follows: new Uint8Array(buffer), fixed: new Uint8Array(buffer, 0, 8) };
  value.fixed[7] = 9;
  assertAsCloned(value);
  const copy = roundTrip(value);
  copy.buffer.resize(16);
  assertEquals([copy.follows.length, copy.fixed.length, copy.fixed[7]], [16, 8, 9]);
  assertEquals(buffer.byteLength, 8);
});

Deno.test("a large array is copied once into the block, which can be handed over", () => {
  const large = new Float64Array(1_000_000).fill(1.5);
  assert(encode(large) >= 2_000_000);
  const copy = decode(scratchAddress()) as Float64Array;
  assertEquals(copy.length, large.length);
  assertEquals(copy[999_999], 1.5);
});

Deno.test("a view on the shared memory arrives on the same memory", () => {
  const block = allocate(16);
  const view = new Float64Array(memory, block * 4, 4);
  view.fill(1);
  const copy = roundTrip({ view, bytes: new Uint8Array(memory, block * 4 + 3, 5), memory });
  assertStrictEquals(copy.view.buffer, memory);
  assertStrictEquals(copy.memory, memory);
  copy.view[2] = 42;
  assertEquals(view[2], 42);
  assertEquals([copy.bytes.byteOffset, copy.bytes.length], [block * 4 + 3, 5]);
  const far = new Uint8Array(memory, memory.byteLength - 5);
  assertEquals(roundTrip(far).byteOffset, far.byteOffset);
  assertEquals(roundTrip(new Uint8Array(memory)).length, memory.byteLength);
  free(block);
});

Deno.test("a SharedArrayBuffer of the user's needs the codec that knows it", () => {
  const own = new SharedArrayBuffer(16);
  assertThrows(
    () => encode({ list: [new Int32Array(own)] }, "args"),
    UncloneableError,
    "args.list[0].buffer is a SharedArrayBuffer of your own",
  );
  const table = [own];
  installBufferCodec({ idOf: (b) => table.indexOf(b), bufferOf: (id) => table[id]! });
  const copy = roundTrip([new Int32Array(own, 4, 2), own] as const);
  assertStrictEquals(copy[0].buffer, own);
  assertStrictEquals(copy[1], own);
  assertEquals([copy[0].byteOffset, copy[0].length], [4, 2]);
});

Deno.test("a detached buffer is refused", () => {
  const view = new Uint8Array(4);
  const data = new DataView(view.buffer);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  for (const value of [view, data, view.buffer]) {
    assertThrows(() => encode([value]), UncloneableError, "value[0] is");
  }
});
