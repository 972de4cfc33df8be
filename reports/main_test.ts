import { assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { saveReport } from "./store.ts";
import { syntheticReport } from "./synthetic_report.ts";

async function report(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const main = fromFileUrl(new URL("./main.ts", import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", "--allow-write", main, ...args],
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("the report command writes the same page as the bench, and names damaged files", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const files = saveReport(folder, syntheticReport(2, [1, 2]));
    const page = Deno.readTextFileSync(files.html);
    Deno.removeSync(files.html);
    const bad = join(folder, "bad.json");
    Deno.writeTextFileSync(bad, "{}");
    const { code, out, err } = await report(bad, files.json);
    assertEquals([code, out.split("\n")[0]], [2, files.html]);
    assertStringIncludes(err, `"${bad}": format is missing`);
    assertEquals(Deno.readTextFileSync(files.html), page);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("the report command says in one line what it needs", async () => {
  const cases: [string[], string][] = [
    [[], "No report file is named: see deno task report --help"],
    [["--all"], '"--all" is no report file: see deno task report --help'],
    [["no/such.json"], 'Cannot read the report "no/such.json": No such file'],
  ];
  for (const [args, sentence] of cases) {
    const { code, err } = await report(...args);
    assertEquals([code, err.startsWith(sentence), err.includes("\n")], [2, true, false], err);
  }
});
