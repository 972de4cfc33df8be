import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
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
    [["--all"], '"--all" is no option of the report: see deno task report --help'],
    [["x.json", "--anyway"], "--anyway has no meaning here"],
    [["compare", "x.json"], "compare needs two report files, and 1 is named"],
    [["compare", "no/a.json", "no/b.json"], 'Cannot read the report "no/a.json": No such file'],
    [["merge", "--out", "x.html"], "merge needs report files"],
    [["merge", "x.json"], "merge needs --out FILE.html"],
    [["merge", "x.json", "--out"], "--out needs the path of a page after it"],
    [["no/such.json"], 'Cannot read the report "no/such.json": No such file'],
  ];
  for (const [args, sentence] of cases) {
    const { code, err } = await report(...args);
    assertEquals([code, err.startsWith(sentence), err.includes("\n")], [2, true, false], err);
  }
});

Deno.test("compare writes a table and a page, and refuses two machines with exit code 2", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const save = (host: string, second: number, model = {}) =>
      saveReport(folder, {
        ...syntheticReport(4, [1, 2, 4], { host }, { samples: 15, seed: second, ...model }),
        createdAt: `2026-01-02T03:04:0${second}.000Z`,
      }).json;
    const [a, b] = [save("n", 1), save("n", 2, { contention: 0.5 })];
    const { code, out } = await report("compare", a, b);
    assertEquals(code, 0);
    assertMatch(out, /4 workers .* slower/);
    const page = /The page is (.*)$/.exec(out)![1];
    assertEquals(page, join(folder, "n-20260102T030402Z-against-n-20260102T030401Z.html"));
    assertStringIncludes(Deno.readTextFileSync(page), 'href="n-20260102T030401Z.html"');

    const other = await report("compare", a, save("m", 3));
    assertEquals([other.code, other.out], [2, ""]);
    assertMatch(
      other.err,
      /^Cannot compare .* the machines differ in host \(n; m\); --anyway[^\n]*$/,
    );
    const out3 = join(folder, "anyway.html");
    const anyway = await report("compare", a, save("m", 3), "--anyway", "--out", out3);
    assertEquals([anyway.code, anyway.out.endsWith(out3)], [0, true]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("merge writes one page of all nodes, and refuses other sizes with exit code 2", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const save = (host: string, model = {}) =>
      saveReport(folder, syntheticReport(4, [1, 2, 4], { host }, model)).json;
    const [a, b, page] = [save("a"), save("b", { oneMs: 2000 }), join(folder, "job.html")];
    const { code, out } = await report("merge", a, b, "--out", page);
    assertEquals([code, out], [0, page]);
    assertStringIncludes(Deno.readTextFileSync(page), "2 nodes beside each other");
    const wrong = await report("merge", a, save("c", { size: 7 }), "--out", page);
    assertEquals(wrong.code, 2);
    assertMatch(wrong.err, /^Cannot merge reports of different sizes: [^\n]*$/);
    const nowhere = await report("merge", a, b, "--out", join(page, "x.html"));
    assertEquals(nowhere.code, 2);
    assertMatch(nowhere.err, /^Cannot write the page [^\n]*$/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
