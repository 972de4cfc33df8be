import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { compileModule, moduleNames, MODULES } from "./assembly_build.ts";

for (const name of moduleNames()) {
  Deno.test(`${name}.wasm is what its source compiles to`, async () => {
    assertEquals(Deno.readFileSync(join(MODULES, `${name}.wasm`)), await compileModule(name));
  });

  Deno.test(`${name}.wasm has no data of its own, which would fall into the shared heap`, () => {
    assertEquals(sections(Deno.readFileSync(join(MODULES, `${name}.wasm`))).includes(11), false);
  });
}

/** The ids of a module's sections. */
function sections(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < bytes.length;) {
    ids.push(bytes[at++]);
    let size = 0;
    for (let shift = 0;; shift += 7) {
      const byte = bytes[at++];
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return ids;
}
