import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { compressionOf, type CompressMethod, EXTENSIONS } from "./compress_option.ts";
import { LoadError } from "./container_errors.ts";
import { packHeader } from "./container.ts";
import { containerOf, dump } from "./dump.ts";
import { gzipSync } from "node:zlib";
import { load } from "./load.ts";
import { npmPackage } from "./npm_package.ts";
import { inFolder } from "./testing/saved_values.ts";

const METHODS = Object.keys(EXTENSIONS) as CompressMethod[];
/** Not periodic: else a flipped bit may name another place with the same bytes. */
const waves = (length: number) =>
  Float64Array.from({ length }, (_, i) => Math.round(8 * Math.sin(i * i)));

Deno.test("test_compression_using_file_extension, test_compress_string_argument: what decides the method", () => {
  assertEquals(compressionOf(false, "x"), undefined);
  assertEquals(compressionOf(0, "x"), undefined);
  assertEquals(compressionOf(true, "x"), { method: "zlib", level: undefined });
  assertEquals(compressionOf(7, "x.pkl"), { method: "zlib", level: 7 });
  for (const method of METHODS) {
    const path = "x" + EXTENSIONS[method];
    assertEquals(compressionOf(0, path), { method, level: undefined });
    assertEquals(compressionOf(4, path), { method, level: 4 });
    assertEquals(compressionOf("zlib", path), { method: "zlib", level: undefined });
    assertEquals(compressionOf(["gzip", 9], path), { method: "gzip", level: 9 });
    assertEquals(compressionOf([method, 0], path), undefined);
    assertEquals(compressionOf([method, null], path), { method, level: undefined });
  }
});

Deno.test("test_compress_level_error, test_compress_tuple_argument_exception: in joblib's words", async () => {
  for (const level of [10, -1, 3.5, NaN]) {
    assertThrows(
      () => compressionOf(level, "x"),
      RangeError,
      `Non valid compress level given: "${level}". Possible values are [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].`,
    );
  }
  assertThrows(() => compressionOf(["gzip", 10], "x"), RangeError, 'level given: "10"');
  assertThrows(() => compressionOf(["gzip", "3"], "x"), RangeError, 'level given: "3"');
  assertThrows(
    () => compressionOf("foo", "x"),
    RangeError,
    `Non valid compression method given: "foo". Possible values are ['zlib', 'gzip'`,
  );
  for (const tuple of [["zlib", 3, "x"], ["zlib"], []]) {
    assertThrows(
      () => compressionOf(tuple, "x"),
      RangeError,
      "Compress argument tuple should contain exactly 2 elements: (compress method, compress " +
        `level), you passed (${tuple.map((value) => JSON.stringify(value)).join(", ")})`,
    );
  }
  assertThrows(() => compressionOf({}, "x"), TypeError, "compress is [object Object]");
  await assertRejects(() => dump(1, "x", { compress: 11 }), RangeError, "Non valid compress level");
  await assertRejects(
    () => dump(1, { not: "a path" } as never, { compress: 3 }),
    TypeError,
    "Second argument should be a filename",
  );
});

for (const method of METHODS) {
  Deno.test(`test_joblib_compression_formats, test_compress_tuple_argument: ${method}, found by its content`, () =>
    inFolder(async (folder) => {
      const value = { waves: waves(9_000), text: "x".repeat(1000), list: [1, 2, 3] };
      const plain = join(folder, "plain");
      await dump(value, plain);
      const plainSize = (await Deno.stat(plain)).size;
      for (
        const [name, compress] of [
          [`a${EXTENSIONS[method]}`, undefined],
          ["b", method],
          ["c.txt", [method, 1]],
          ["d.z", [method, 9]],
        ] as const
      ) {
        const path = join(folder, name);
        await dump(value, path, compress === undefined ? {} : { compress });
        assert((await Deno.stat(path)).size < plainSize / 2, name);
        assertEquals(await load(path), value);
        const { waves: shared } = await load<{ waves: { [Symbol.dispose](): void } }>(path, {
          shared: true,
        });
        shared[Symbol.dispose]();
      }
    }));

  Deno.test(`${method}: cut off, flipped, or too large for maxBytes is one clear error`, () =>
    inFolder(async (folder) => {
      const path = join(folder, "value");
      await dump({ waves: waves(9_000) }, path, { compress: method });
      await assertRejects(
        () => load(path, { maxBytes: 70_000 }),
        LoadError,
        "unpacks to 72080 bytes, and 70000 are allowed",
      );
      const bytes = await Deno.readFile(path);
      for (const at of [20, Math.floor(bytes.length / 2), bytes.length - 1]) {
        await Deno.writeFile(path, bytes.subarray(0, at));
        await assertRejects(() => load(path), LoadError, "cut off", `${at} of ${bytes.length}`);
      }
      const flipped = bytes.slice();
      flipped[Math.floor(bytes.length / 2)]! ^= 16;
      await Deno.writeFile(path, flipped);
      await assertRejects(() => load(path), LoadError);
    }));
}

Deno.test("a shared array is compressed like any other", () =>
  inFolder(async (folder) => {
    const { SharedArray } = await import("@polycore/shm");
    using array = new SharedArray("d", waves(9_000));
    for (const method of METHODS) {
      const path = join(folder, method);
      await dump(array, path, { compress: method });
      assertEquals(await load(path), waves(9_000));
    }
  }));

Deno.test("a decompression bomb is refused by what it claims, or where it goes on", () =>
  inFolder(async (folder) => {
    const path = join(folder, "bomb"), zeros = new Uint8Array(1 << 22);
    const value = [...containerOf("small")].map((piece) => new Uint8Array(piece));
    const claims = packHeader({ codeBytes: 2 ** 50, segments: 0, fileBytes: 2 ** 51, codeSum: 0 });
    const short = packHeader({ codeBytes: 2 ** 22, segments: 0, fileBytes: 2 ** 23, codeSum: 0 });
    const cases = [
      [[claims, zeros], "unpacks to 2251799813685248 bytes, and 4294967296 are allowed"],
      [[short, zeros], "its codec bytes do not fit their check sum"],
      [[...value, ...new Array(20).fill(zeros)], "it goes on behind its end"],
      [[zeros], "no file that dump() wrote: it begins with the bytes 00 00"],
    ] as const;
    for (const [pieces, text] of cases) {
      await Deno.writeFile(path, gzipSync(await new Blob([...pieces]).bytes()));
      await assertRejects(() => load(path), LoadError, text);
    }
  }));

Deno.test("a package that cannot be loaded: the error names it and the way out", async () => {
  await assertRejects(
    () => npmPackage("xz", "npm:node-liblzma@5.1.1/none"),
    Error,
    "xz needs the package npm:node-liblzma@5.1.1/none, which could not be loaded: ",
  );
});
