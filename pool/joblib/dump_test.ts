import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { RawArray, SharedArray } from "@polycore/shm";
import { blocksInUse } from "@polycore/sync/internal";
import { join, toFileUrl } from "@std/path";
import { HEADER_BYTES, MAGIC, SEGMENT_BYTES } from "./container.ts";
import { LoadError } from "./container_errors.ts";
import { dump } from "./dump.ts";
import { load } from "./load.ts";
import { inFolder, oneOfEach } from "./testing/saved_values.ts";

const ramp = (length: number) => Float64Array.from({ length }, (_, i) => i / 7);

Deno.test("test_standard_types: dump gives the paths, load the value; a path may be a URL", () =>
  inFolder(async (folder) => {
    const path = join(folder, "value"), value = oneOfEach();
    assertEquals(await dump(value, path), [path]);
    assertEquals(await load(toFileUrl(path)), value);
    assertEquals(await dump(7, toFileUrl(path)), [path]); // shorter than what was there
    assertEquals(await load(path), 7);
  }));

Deno.test("test_numpy_persistence: large arrays are segments, raw, aligned, each with its identity", () =>
  inFolder(async (folder) => {
    const path = join(folder, "value"), big = ramp(20_000);
    const clamped = new Uint8ClampedArray(SEGMENT_BYTES).fill(9);
    await dump({ big, again: big, part: big.subarray(1), clamped, small: ramp(3) }, path);
    const bytes = await Deno.readFile(path);
    assertEquals(bytes.subarray(0, 8), MAGIC);
    const head = new DataView(bytes.buffer);
    const segmentAt = HEADER_BYTES + Math.ceil(Number(head.getBigUint64(16, true)) / 16) * 16;
    assertEquals(new Float64Array(bytes.buffer, segmentAt, 20_000), big);
    const back = await load<Record<string, Float64Array>>(path);
    assertEquals(back, { big, again: big, part: big.slice(1), clamped, small: ramp(3) } as never);
    assert(back.big === back.again);
  }));

Deno.test("test_memmap_persistence: shared arrays lie in the shared heap, the others stay", () =>
  inFolder(async (folder) => {
    const path = join(folder, "value"), before = blocksInUse();
    const big = ramp(10_000), wide = new BigInt64Array(10_000).fill(-5n);
    using small = new SharedArray("i", [1, 2, 3]);
    using raw = new RawArray("d", big);
    await dump({ big, wide, small, raw, few: ramp(3), buffer: new ArrayBuffer(70_000) }, path);
    // deno-lint-ignore no-explicit-any
    const back = await load<any>(path, { shared: true });
    for (const [name, typecode] of [["big", "d"], ["wide", "q"], ["small", "i"], ["raw", "d"]]) {
      assertInstanceOf(back[name!], SharedArray);
      assertEquals(back[name!].typecode, typecode);
    }
    assertEquals([...back.big], [...big]);
    assertEquals([[...back.small], back.wide[9_999]], [[1, 2, 3], -5n]);
    assertEquals([back.few, back.buffer.byteLength], [ramp(3), 70_000]);
    for (const name of ["big", "wide", "small", "raw"]) back[name].dispose();
    assertEquals(blocksInUse(), before + 2);
    assertEquals((await load<{ small: Int32Array }>(path)).small, Int32Array.of(1, 2, 3));
  }));

Deno.test("shared: a damaged file leaves nothing in the shared heap", () =>
  inFolder(async (folder) => {
    const path = join(folder, "value"), before = blocksInUse();
    await dump([ramp(10_000), ramp(20_000)], path);
    const bytes = await Deno.readFile(path);
    bytes[100_000]! ^= 4;
    await Deno.writeFile(path, bytes);
    await assertRejects(() => load(path, { shared: true }), LoadError, "segment 1 does not fit");
    assertEquals(blocksInUse(), before);
  }));

Deno.test("test_value_error: swapped arguments, and what is no path", async () => {
  await assertRejects(
    () => dump("file.bin", [1, 2] as never),
    TypeError,
    "Second argument should be a filename or a file-like object, 1,2 (type object) was given",
  );
  await assertRejects(() => dump(1, new URL("http://a.b/c")), TypeError, "Second argument");
  await assertRejects(() => load(7 as never), TypeError, "load() was given 7 (type number)");
  await assertRejects(() => load("x", { maxBytes: -1 }), RangeError, "maxBytes is -1");
});

Deno.test("a value that cannot be saved leaves the file as it was", () =>
  inFolder(async (folder) => {
    const path = join(folder, "value");
    await dump("before", path);
    await assertRejects(() => dump({ f: () => 1 }, path), TypeError, "value.f is a function");
    assertEquals(await load(path), "before");
    await assertRejects(() => load(join(folder, "none")), Deno.errors.NotFound);
    await assertRejects(() => dump(1, join(folder, "none", "x")), Deno.errors.NotFound);
  }));
