import { assertEquals } from "@std/assert";
import { compile, target } from "./assembly_build.ts";

Deno.test("wasm/pi.wasm is what assembly/pi.ts compiles to", async () => {
  assertEquals(Deno.readFileSync(target), await compile());
});
