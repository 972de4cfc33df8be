/**
 * The same program under Python and here: the outputs have to agree line by line.
 */
import { assert, assertEquals } from "@std/assert";
import { compare } from "./compare.ts";
import { deliberate } from "./deliberate.ts";

/** Milliseconds after which a program is said to hang. */
const LIMIT = 60_000;

const programs = new URL("./programs/", import.meta.url);
const topics = [...Deno.readDirSync(programs)]
  .map(({ name }) => name)
  .filter((name) => name.endsWith(".py") && name !== "report.py")
  .map((name) => name.slice(0, -".py".length))
  .sort();

/** Python's command, if one of those where it is wont to be is Python from 3.8 on. */
async function findPython(commands: string[]): Promise<string | undefined> {
  for (const command of commands) {
    try {
      const { stdout } = await new Deno.Command(command, { args: ["--version"] }).output();
      const [, minor] = /^Python 3\.(\d+)/.exec(new TextDecoder().decode(stdout)) ?? [];
      if (Number(minor) >= 8) return command;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

const COMMANDS = ["/usr/bin/python3", "python3"];
const python = await findPython(COMMANDS);
const needed = Deno.env.get("POLYCORE_NEED_PYTHON") === "1";
if (!python) {
  console.log(`No comparison with Python: none from 3.8 on was found as ${COMMANDS.join(", ")}.`);
}

async function linesOf(command: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    env: { PYTHONIOENCODING: "utf-8", NO_COLOR: "1" },
    signal: AbortSignal.timeout(LIMIT),
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(
    code,
    0,
    `${args.at(-1)} ended with ${code}:\n${out!.slice(-500)}\n${err!.slice(-2000)}`,
  );
  return out!.trimEnd().split("\n");
}

const path = (file: string) => new URL(file, programs).pathname;
const config = path("../../../deno.json");
const ARGS = ["run", "-A", "--no-check", "--config", config];

for (const topic of topics) {
  Deno.test(`as in Python: ${topic}`, { ignore: !python && !needed }, async () => {
    assert(python, `Python is needed: none from 3.8 on was found as ${COMMANDS.join(", ")}`);
    const [theirs, ours] = await Promise.all([
      linesOf(python, "-B", path(`${topic}.py`)),
      linesOf(Deno.execPath(), ...ARGS, path(`${topic}.ts`)),
    ]);
    assert(theirs.length > 20, `${topic}.py says next to nothing`);
    const wrong = compare(topic, theirs, ours, deliberate);
    assert(wrong.length === 0, `${wrong.length} differences\n${wrong.join("\n")}`);
  });
}

Deno.test("every program stands beside its like, every deliberate difference has a topic", () => {
  const ours = [...Deno.readDirSync(programs)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ts") && name !== "report.ts").map((name) =>
      name.slice(0, -3)
    );
  assertEquals(ours.sort(), topics);
  const strays = deliberate.filter(({ label }) => !topics.includes(label.split(": ")[0]!));
  assertEquals(strays, []);
});

Deno.test("Python is found by what it says of itself, and not found where it is not", async () => {
  assertEquals(await findPython(["no-such-command", Deno.execPath()]), undefined);
  assertEquals(await findPython(["no-such-command", ...COMMANDS]), python);
});
