/**
 * The programs of README.md that stand there in Python and in TypeScript: both run and print the same.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";

/** A program in both languages. */
interface Twice {
  /** What it shows. */
  title: string;
  /** The program in Python. */
  python: string;
  /** The program in TypeScript. */
  typescript: string;
}

const section = "## The same program, twice\n";
const root = import.meta.dirname!;

/** The programs of the section. */
function programsOf(readme: string): Twice[] {
  const begin = readme.indexOf(section);
  assert(begin >= 0, `README.md has no section ${section}`);
  const text = readme.slice(begin + section.length).split(/^## /m)[0]!;
  return text.split("<details>").slice(1).map((part) => {
    const [title, python, typescript] = [
      /<summary>(.*)<\/summary>/.exec(part)?.[1]?.replace(/<\/?b>/g, ""),
      /^```python\n(.*?)^```$/ms.exec(part)?.[1],
      /^```ts\n(.*?)^```$/ms.exec(part)?.[1],
    ];
    assert(title && python && typescript, `this part has no title or not both programs: ${part}`);
    return { title, python, typescript };
  });
}

const programs = programsOf(await Deno.readTextFile(join(root, "README.md")));

async function outputOf(command: string, args: string[]): Promise<string> {
  const options = { args, signal: AbortSignal.timeout(60_000), env: { NO_COLOR: "1" } };
  const { code, stdout, stderr } = await new Deno.Command(command, options).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals([code, text(stderr)], [0, ""]);
  return text(stdout).replaceAll("\r\n", "\n");
}

async function pythonIsThere(): Promise<boolean> {
  try {
    return (await new Deno.Command("python3", { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

const hasPython = await pythonIsThere();

/** The start method under which Python's processes begin as ours do: with a new interpreter. */
const spawn = 'import multiprocessing\nmultiprocessing.set_start_method("spawn", force=True)\n';

async function runTypescript(text: string, folder: string): Promise<string> {
  const library = new URL("mod.ts", import.meta.url).href;
  const path = join(folder, "program.ts");
  await Deno.writeTextFile(path, text.replace("@polycore/polycore", library));
  const config = join(root, "deno.json");
  return await outputOf(Deno.execPath(), ["run", "-q", "-A", "--no-check", "-c", config, path]);
}

async function runPython(text: string, folder: string): Promise<string> {
  const path = join(folder, "program.py");
  await Deno.writeTextFile(path, spawn + text);
  return await outputOf("python3", [path]);
}

for (const { title, python, typescript } of programs) {
  Deno.test(`README, ${title}: both programs print the same`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const ours = await runTypescript(typescript, folder);
      assert(ours !== "", "the program printed nothing");
      if (hasPython) assertEquals(ours, await runPython(python, folder));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("README: Python is there to be compared with", () => {
  if (hasPython) return;
  assert(Deno.env.get("POLYCORE_NEED_PYTHON") !== "1", "POLYCORE_NEED_PYTHON=1, and no python3");
  console.log("python3 is missing: the Python programs of README.md were not run.");
});

Deno.test("README: the section has its programs, each of 6 to 16 lines", () => {
  assertEquals(programs.length, 8);
  for (const { title, python, typescript } of programs) {
    for (const text of [python, typescript]) {
      const lines = text.trim().split("\n").length;
      assert(lines >= 6 && lines <= 16, `${title}: ${lines} lines`);
    }
  }
});

Deno.test("README: a section without its programs is seen", () => {
  assertThrows(() => programsOf("# Other"), Error, "no section");
  assertThrows(() => programsOf(`${section}<details>\n</details>`), Error, "not both programs");
});
