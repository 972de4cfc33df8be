/**
 * The words of the lessons are complete, and their Python programs run.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { ids } from "./catalogue.ts";
import { readLesson } from "./lesson.ts";

/** Lines that are not empty. */
const longestPython = 25;

/** No program takes longer, or the reader would think that it hangs. */
const limitMs = 10_000;

const hasPython = await (async () => {
  try {
    return (await new Deno.Command("python3", { args: ["--version"], stdout: "null" }).output())
      .success;
  } catch {
    return false;
  }
})();

Deno.test("there is a lesson for each scenario, and no other", () => {
  const files = [...Deno.readDirSync(new URL("./lessons", import.meta.url))];
  assertEquals(files.map(({ name }) => name).sort(), ids.map((id) => `${id}.md`).sort());
});

Deno.test("the Python programs of the lessons can be run here", () => {
  if (hasPython) return;
  assert(Deno.env.get("POLYCORE_NEED_PYTHON") !== "1", "POLYCORE_NEED_PYTHON=1, and no python3");
  console.log("python3 is missing: the Python programs of the lessons were not run.");
});

for (const id of ids) {
  Deno.test(`${id} has all its words, and a short Python program`, async () => {
    const { predict, beyond, exercise, answer, python } = await readLesson(id);
    assert(predict.includes("?"), "the prediction asks nothing");
    const fragments = [beyond, exercise, answer].join("\n").match(/^```ts$/m);
    assert(
      fragments === null,
      "a fragment in a fence begins with ```ts ignore, or it would be run",
    );
    const lines = python.split("\n").filter((line) => line.trim() !== "");
    assert(lines.length <= longestPython, `the Python program has ${lines.length} lines`);
  });

  Deno.test({
    name: `${id}: the Python program runs`,
    ignore: !hasPython,
    fn: async () => {
      // From a file, because a process that Python spawns loads it again.
      const folder = await Deno.makeTempDir();
      try {
        const path = `${folder}/program.py`;
        await Deno.writeTextFile(path, (await readLesson(id)).python);
        const { code, stdout, stderr } = await runPython(path, folder);
        const text = new TextDecoder();
        assertEquals(code, 0, text.decode(stderr));
        assert(text.decode(stdout).trim() !== "", "the Python program prints nothing");
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

function runPython(path: string, folder: string): Promise<Deno.CommandOutput> {
  const signal = AbortSignal.timeout(limitMs); // then the exit code is not 0
  return new Deno.Command("python3", { args: [path], cwd: folder, stdin: "null", signal }).output();
}
