import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { Memory } from "./memory.ts";
import { inFolder, printed } from "./testing/memory_helpers.ts";

Deno.test("test_memory_verbose: joblib's lines", () =>
  inFolder(async (folder) => {
    const lines = async (verbose: number, options = {}) => {
      const memory = new Memory(join(folder, `${verbose}`), { verbose, ...options });
      const add = memory.cache(function add(a: number, b = [1]) {
        return a + b.length;
      });
      const first = await printed(() => add(1));
      const second = await printed(() => add(1));
      return [first.logs.join("\n"), second.logs.join("\n"), first.warnings.join("\n")];
    };
    assertEquals(await lines(0), ["", "", ""]);
    const [first, second] = await lines(1);
    const begin = `${"_".repeat(80)}\n[Memory] Calling memory_lines_test.ts.add...\nadd(1)\n`;
    assert(first!.startsWith(begin));
    assertMatch(first!.slice(begin.length), /^_+add - \d+\.\ds, \d+\.\dmin$/);
    assertEquals(first!.slice(begin.length).length, 80);
    assertEquals(second, "");
    assertMatch(
      (await lines(2))[1]!,
      /^\[Memory\]\d\.\ds, \d\.\dmin +: Loading add\(a=1, b=\[ 1 \]\)\.\.\.$/,
    );
    assertMatch((await lines(5))[1]!, /\n_+add cache loaded - \d\.\ds, \d\.\dmin$/);
    const [computed, loaded, told] = await lines(11);
    assertMatch(computed!, /Persisting in \//);
    assertMatch(loaded!, /Loading add\(.*\) from \//);
    assertMatch(told!, /Computing func add, argument hash [0-9a-f]{32} in \//);
  }));
