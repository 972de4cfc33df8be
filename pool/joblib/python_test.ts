/**
 * The outer layer is the format's own: Python's modules open what `dump` wrote, and `load` opens what
 * they wrote. Without Python these tests are left out, unless `POLYCORE_NEED_PYTHON=1`; lz4 is
 * a package that Python may lack.
 */
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { dump } from "./dump.ts";
import { load } from "./load.ts";
import { inFolder } from "./testing/saved_values.ts";

/** How Python packs and unpacks each method; the names are joblib's. */
const MODULES = {
  zlib: ["import zlib", "zlib.compress(data)", "zlib.decompress(data)"],
  gzip: ["import gzip", "gzip.compress(data)", "gzip.decompress(data)"],
  bz2: ["import bz2", "bz2.compress(data)", "bz2.decompress(data)"],
  lzma: ["import lzma", "lzma.compress(data, lzma.FORMAT_ALONE)", "lzma.decompress(data)"],
  xz: ["import lzma", "lzma.compress(data, preset=9)", "lzma.decompress(data)"],
  lz4: ["import lz4.frame", "lz4.frame.compress(data)", "lz4.frame.decompress(data)"],
} as const;

const needed = Deno.env.get("POLYCORE_NEED_PYTHON") === "1";

async function python(program: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("python3", { args: ["-c", program] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

function has(module: string): Promise<boolean> {
  return python(module).then(() => true, () => false);
}

for (const [method, [module, pack, unpack]] of Object.entries(MODULES)) {
  Deno.test({
    name: `Python's module reads our ${method} files, and we read Python's`,
    ignore: !(needed && method !== "lz4") && !await has(module),
    fn: () =>
      inFolder(async (folder) => {
        const [plain, ours, theirs] = ["plain", "ours", "theirs"].map((name) => join(folder, name));
        const value = { ramp: Float64Array.from({ length: 200_000 }, (_, i) => i % 999), n: 7 };
        await dump(value, plain!);
        await dump(value, ours!, { compress: [method as "gzip", 1] });
        await python(`
${module}
data = open(${JSON.stringify(ours)}, "rb").read()
plain = open(${JSON.stringify(plain)}, "rb").read()
assert ${unpack} == plain, "not the container"
data = plain
open(${JSON.stringify(theirs)}, "wb").write(${pack})
`);
        assertEquals(await load(theirs!), value);
      }),
  });
}
