import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { ids } from "./catalogue.ts";
import { readLesson } from "./lesson.ts";
import { run, scenario, words } from "./testdata/command.ts";

const mistakes: [words: string[], text: string][] = [
  [["deadlock", "--workers", "0"], '--workers takes a whole number from 1 up, but was given "0"'],
  [["deadlock", "--workers", "x"], 'was given "x"'],
  [["deadlock", "--workers", "1"], "--workers of deadlock is from 2 to 26"],
  [["race-condition", "--size", "x"], "--size takes a whole number"],
  [["with-lock", "--seed", "3"], "--seed means nothing to with-lock"],
  [["deadlock", "--file", "README.md"], "--file means nothing to deadlock"],
  [["bag-of-words", "--file", "no.txt"], "--file no.txt cannot be read: it is not there"],
  [["bag-of-words", "--file", "/"], "--file / cannot be read: it is no file"],
  [["deadlock", "--predict", "--json"], "--json prints data for programs"],
  [["--predict"], "--predict needs to know which scenario it is for"],
  [["race-conditon"], 'the nearest is "race-condition"'],
  [["--lsit"], "the nearest is --list"],
  [["deadlock", "again"], '"again" follows "deadlock"'],
];

for (const [given, text] of mistakes) {
  Deno.test(`deno task scenario ${given.join(" ")} is refused with one sentence and code 2`, async () => {
    const { code, out, err } = await scenario(...given);
    assertEquals(code, 2);
    assertEquals(out, "");
    assertStringIncludes(err, text);
    assertEquals(err.trimEnd().split("\n").length, 1);
  });
}

Deno.test("--list names every id, one to a line", async () => {
  const { code, out } = await scenario("--list");
  assertEquals(code, 0);
  const lines = out.trimEnd().split("\n");
  assertEquals(lines.map((line) => line.split(" ")[0]), [...ids]);
  assert(lines.every((line) => line.length <= 80));
});

Deno.test("--list --json gives each scenario with its numbers", async () => {
  const { code, out } = await scenario("--list", "--json");
  assertEquals(code, 0);
  const entries: { id: string; next: string; takes: { workers?: { full: number } } }[] = JSON.parse(
    out,
  );
  assertEquals(entries.map(({ id }) => id), [...ids]);
  assert(entries.every(({ next }) => ids.includes(next)));
  assertEquals(entries.find(({ id }) => id === "shared-dot-race")?.takes.workers?.full, 8);
});

Deno.test("--help and ID --help", async () => {
  assertStringIncludes((await scenario("--help")).out, "--workers N");
  const { code, out } = await scenario("chunk-size", "--help");
  assertEquals(code, 0);
  assertStringIncludes(out, "--seed N");
});

Deno.test("ID --source prints the lesson and runs nothing", async () => {
  const { code, out } = await scenario("deadlock", "--source");
  assertEquals(code, 0);
  assertStringIncludes(out, "using _second = second.hold();");
  assert(!out.includes("export const scenario"));
});

Deno.test("ID --source marks the lines that matter, in JSON too", async () => {
  const { out } = await scenario("race-condition", "--source");
  const marked = out.split("\n").filter((line) => line.startsWith(">"));
  assert(marked.length > 0 && marked.every((line) => line.includes("// <- ")), out);
  const json = JSON.parse((await scenario("race-condition", "--source", "--json")).out);
  assertEquals(json.marked.length, marked.length);
  assertStringIncludes(out, "\nIn Python\n");
  assertEquals(json.python, (await readLesson("race-condition")).python);
  const lines: string[] = json.code.split("\n");
  assertEquals(`> ${lines[json.marked[0] - 1]}`, marked[0]);
});

Deno.test("ID --answer prints the exercise with its answer, and runs nothing", async () => {
  const { code, out } = await scenario("race-condition", "--answer");
  assertEquals(code, 0);
  const titles = out.split("\n").filter((line) => /^[A-Z]/.test(line));
  assertEquals(titles, ["Exercise", "Answer"]);
  const { exercise, answer } = JSON.parse(
    (await scenario("race-condition", "--answer", "--json")).out,
  );
  assert(exercise.length > 0 && answer.length > 0);
});

Deno.test("a run tells what the slide does not say and sets an exercise, without its answer", async () => {
  const { out } = await scenario("race-condition", "--quick");
  const titles = out.split("\n").filter((line) => /^[A-Z][A-Za-z ]+$/.test(line));
  assertEquals(titles, [
    "Question",
    "What ran",
    "Answer",
    "Outcomes",
    "Why",
    "Beside the slide",
    "What the slide does not say",
    "Check",
    "Exercise",
  ]);
  assertStringIncludes(out, "deno task scenario race-condition --answer");
});

Deno.test("ID --json gives the whole report", async () => {
  const { code, out } = await scenario("threads-hide-io", "--quick", "--json", "--seed", "7");
  assertEquals(code, 0);
  const report = JSON.parse(out);
  assertEquals([report.id, report.passed, report.options.seed], ["threads-hide-io", true, 7]);
  assert(report.check.length > 0 && report.ran.length > 0);
});

Deno.test("ID --json gives all words of the lesson", async () => {
  const { lesson } = JSON.parse((await scenario("race-condition", "--quick", "--json")).out);
  assertEquals(lesson, await readLesson("race-condition"));
});

Deno.test("--file gives another text to count", async () => {
  const file = fromFileUrl(new URL("testdata/sentences.txt", import.meta.url));
  const { code, out } = await scenario("bag-of-words", "--json", "--file", file);
  assertEquals(code, 0);
  const { options, answer } = JSON.parse(out);
  assertEquals(options.file, file);
  assertEquals(answer[0].rows.map((row: unknown[]) => row.slice(1, 3)), [
    [0, 28], // a loop over two sentences
    [2, 28],
    [2, 28],
    [2, 28],
  ]);
});

Deno.test("the same seed gives the same run, another one another", async () => {
  const waits = async (seed: string) => {
    const { out } = await scenario("threads-hide-io", "--quick", "--json", "--seed", seed);
    return JSON.parse(out).answer[0].rows.map((row: number[]) => row[3]);
  };
  const [a, b, c] = [await waits("3"), await waits("3"), await waits("4")];
  assertEquals(a, b);
  assert(a.join() !== c.join());
});

Deno.test("a scenario's module runs by itself", async () => {
  const { code, out } = await run("threads_hide_io.ts", "--quick");
  assertEquals(code, 0);
  assertStringIncludes(out, "Passed after");
  assertEquals((await run("threads_hide_io.ts", "--size", "x")).code, 2);
});

Deno.test("colours are left out of a pipe", async () => {
  assert(!(await scenario("threads-hide-io", "--quick")).out.includes("\x1b"));
});

Deno.test("a NUM_PROCS that is no number is refused with one sentence", async () => {
  const args = words("main.ts", "monte-carlo-pi");
  const command = new Deno.Command(Deno.execPath(), { args, env: { NUM_PROCS: "many" } });
  const { code, stderr } = await command.output();
  const err = new TextDecoder().decode(stderr);
  assertEquals([code, err.trimEnd().split("\n").length], [2, 1]);
  assertStringIncludes(err, "NUM_PROCS");
});

for (const [id, flag] of [["deadlock", "--allow-read"], ["", "--allow-run"]] as const) {
  Deno.test(`without ${flag} nothing starts, and one sentence says so: ${id || "the tour"}`, async () => {
    const all = words("main.ts", ...(id ? [id] : []));
    const args = all.filter((word) => word !== flag);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    assertEquals([code, stdout.length], [2, 0]);
    assertStringIncludes(new TextDecoder().decode(stderr), `add ${flag}.`);
  });
}

/** Start the command, read its first line, close the pipe, and see how it ends. */
async function headOne(...args: string[]): Promise<{ first: string; code: number; err: string }> {
  const options = {
    args: words("main.ts", ...args),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  };
  const child = new Deno.Command(Deno.execPath(), options as Deno.CommandOptions).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  const err = await new Response(child.stderr).text();
  const { code } = await child.status;
  return { first: new TextDecoder().decode(value).split("\n")[0]!, code, err };
}

Deno.test("closing the pipe ends a scenario quietly", async () => {
  const { first, code, err } = await headOne("threads-hide-io", "--runs", "20");
  assertStringIncludes(first, "threads-hide-io");
  assertEquals({ code, err }, { code: 0, err: "" });
});

Deno.test("closing the pipe ends the tour quietly", async () => {
  const { first, code, err } = await headOne();
  assertStringIncludes(first, "Polycore: the tour");
  assertEquals({ code, err }, { code: 0, err: "" });
});
