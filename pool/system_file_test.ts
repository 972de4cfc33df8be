import { assertEquals, assertThrows } from "@std/assert";
import { readByCat, readSystemFile } from "./system_file.ts";

Deno.test("both ways read the same, and both say that a file is not there", () => {
  const file = Deno.makeTempFileSync();
  try {
    Deno.writeTextFileSync(file, "one\ntwo µ\n");
    assertEquals(readSystemFile(file), "one\ntwo µ\n");
    assertEquals(readByCat(file), "one\ntwo µ\n");
  } finally {
    Deno.removeSync(file);
  }
  assertThrows(() => readSystemFile(file), Deno.errors.NotFound);
  assertThrows(() => readByCat(file), Deno.errors.NotFound);
});

Deno.test({
  name: "a file that may not be read is told from one that is not there",
  permissions: "none",
  fn() {
    assertThrows(() => readSystemFile("/proc/cpuinfo"), Deno.errors.NotCapable);
  },
});
