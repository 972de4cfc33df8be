import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { commandOf, filesIn, inFolder } from "./testing/memory_helpers.ts";

/** Says when it computes, goes on when it is told to, and prints the result of two calls. */
const PROGRAM = `
import { Memory } from "polycore";
let calls = 0;
const f = new Memory(Deno.args[0], { verbose: 0 }).cache(async function f(x) {
  calls++;
  Deno.stdout.writeSync(new Uint8Array(1));
  await Deno.stdin.read(new Uint8Array(1));
  return new Float64Array(100_000).fill(x);
});
const sums = [await f(2), await f(2)].map((array) => array.reduce((a, b) => a + b));
console.log(JSON.stringify([sums, calls]));
`;

Deno.test("test_memory_integration, two programs: both compute one cold call at once, and either result is right", () =>
  inFolder(async (folder) => {
    const cache = join(folder, "cache");
    const piped = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    const path = join(folder, "program.js");
    const command = await commandOf(path, PROGRAM, [cache], piped);
    const children = [command.spawn(), command.spawn()];
    const readers = children.map(({ stdout }) => stdout.getReader());
    for (const reader of readers) assertEquals((await reader.read()).value, new Uint8Array(1));
    for (const { stdin } of children) {
      const writer = stdin.getWriter();
      await writer.write(new Uint8Array(1));
      await writer.close();
    }
    for (const reader of readers) {
      const { value } = await reader.read();
      assertEquals(JSON.parse(new TextDecoder().decode(value)), [[200_000, 200_000], 1]);
      assertEquals((await reader.read()).done, true);
    }
    for (const child of children) {
      assertEquals([await child.stderr.text(), (await child.status).success], ["", true]);
    }
    assertEquals([filesIn(cache, "output.bin").length, filesIn(cache, ".tmp")], [1, []]);
  }));
