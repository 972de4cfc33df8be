import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { scenario, words } from "../testdata/command.ts";
import { folder } from "./record.ts";

/** Run a module without leave to write into reports/out. */
async function notWriting(
  ...[module, ...rest]: [string, ...string[]]
): Promise<{ code: number; out: string; err: string }> {
  const args = words(module, ...rest).filter((word) => !word.startsWith("--allow-write"));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

Deno.test("deadlock --trace writes the page and the file for Perfetto, and says what it cost", async () => {
  const { code, out, err } = await scenario("deadlock", "--quick", "--trace");
  assertEquals(code, 0, out + err);
  const recording = out.slice(out.indexOf("\nRecording\n"));
  assertStringIncludes(recording, "A deadlock: P");
  assertStringIncludes(recording, "Recording took ");
  assertStringIncludes(recording, "reports/out/trace-deadlock.html");
  const page = await Deno.readTextFile(new URL("trace-deadlock.html", folder));
  assertStringIncludes(page, "<h1>What the threads of deadlock did</h1>");
  const chrome = JSON.parse(await Deno.readTextFile(new URL("trace-deadlock.trace.json", folder)));
  const names: string[] = chrome.traceEvents.filter(({ name }: { name: string }) =>
    name === "thread_name"
  ).map(({ args }: { args: { name: string } }) => args.name);
  for (const name of ["P1", "P2", "lock A", "lock B"]) assert(names.includes(name), name);
  assertEquals(chrome.otherData.lost, 0);
});

Deno.test("--trace --json writes no file and has what was recorded in the report", async () => {
  const { code, out } = await scenario("deadlock", "--quick", "--trace", "--json");
  assertEquals(code, 0);
  const { trace, passed } = JSON.parse(out);
  assertEquals([passed, trace.cost.lost], [true, 0]);
  assertStringIncludes(trace.findings[0], "A deadlock: P");
  assertStringIncludes(trace.figure, '<figure class="trace-figure">');
});

for (const module of ["main.ts", "deadlock.ts"]) {
  Deno.test(`without leave to write, ${module} --trace is refused before anything runs`, async () => {
    const id = module === "main.ts" ? ["deadlock"] : [];
    const { code, out, err } = await notWriting(module, ...id, "--trace");
    assertEquals([code, out], [2, ""]);
    assertStringIncludes(err, "add --allow-write=reports/out.");
  });
}

Deno.test("--trace is refused for the tour, and where nothing runs", async () => {
  for (
    const [args, text] of [
      [["--trace"], "--trace needs to know which scenario it is for: put an id before it"],
      [["deadlock", "--trace", "--source"], "--trace records a run, but --source runs nothing"],
      [["deadlock", "--trace", "--answer"], "--trace records a run, but --answer runs nothing"],
    ] as const
  ) {
    const { code, out, err } = await scenario(...args);
    assertEquals([code, out], [2, ""]);
    assertStringIncludes(err, text);
  }
});
