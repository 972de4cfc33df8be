import { assertEquals, assertThrows } from "@std/assert";
import { cachesOf, numaNodes, numbersOf, smt } from "./topology.ts";

/** A file system of a few files. */
function files(texts: Record<string, string>): (path: string) => string {
  return (path) => {
    if (path in texts) return texts[path];
    throw new Deno.errors.NotFound(path);
  };
}

Deno.test("numbersOf() reads lists of cores", () => {
  assertEquals(numbersOf("0-3,8\n"), [0, 1, 2, 3, 8]);
  assertEquals(numbersOf("5"), [5]);
  assertEquals(numbersOf("\n"), []);
});

Deno.test("cachesOf() reads every cache of a core", () => {
  const at = "/sys/devices/system/cpu/cpu4/cache";
  const cache = (i: number, level: string, type: string, size: string, shared: string) => ({
    [`${at}/index${i}/level`]: `${level}\n`,
    [`${at}/index${i}/type`]: `${type}\n`,
    [`${at}/index${i}/size`]: `${size}\n`,
    [`${at}/index${i}/shared_cpu_list`]: `${shared}\n`,
  });
  const read = files({
    ...cache(0, "1", "Data", "48K", "4,68"),
    ...cache(1, "3", "Unified", "32M", "0-7"),
  });
  assertEquals(cachesOf(read, 4), [
    { level: 1, type: "data", sizeBytes: 48 * 1024, sharedBy: "4,68" },
    { level: 3, type: "unified", sizeBytes: 32 * 1024 ** 2, sharedBy: "0-7" },
  ]);
  assertThrows(() => cachesOf(files({}), 0), Deno.errors.NotFound);
});

Deno.test("numaNodes() and smt() read what Linux says", () => {
  const read = files({
    "/sys/devices/system/node/online": "0-1\n",
    "/sys/devices/system/cpu/smt/active": "1\n",
  });
  assertEquals([numaNodes(read), smt(read)], [2, "on"]);
  assertEquals(smt(files({ "/sys/devices/system/cpu/smt/active": "0\n" })), "off");
});
