import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { basename, fromFileUrl, join } from "@std/path";
import { parseReport } from "@polycore/reports";

const main = fromFileUrl(new URL("./main.ts", import.meta.url));

async function bench(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-A", main, ...args],
    env: { NUM_PROCS: "2", NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("bad input gets one sentence and exit code 2 before anything starts", async () => {
  const folder = Deno.makeTempDirSync();
  const file = join(folder, "file");
  Deno.writeTextFileSync(file, "");
  try {
    const cases: [string[], RegExp][] = [
      [["--cores", "0,99999"], /^--cores has "0", and a whole number from 1 to 512 is allowed/],
      [["--cores", "x"], /^--cores has "x"/],
      [["--fast"], /^"--fast" is not an option of the bench/],
      [["--out", file], /^Cannot write into --out ".*file": /],
      [["--out", join(file, "below")], /^Cannot write into --out /],
    ];
    await Promise.all(cases.map(async ([args, sentence]) => {
      const { code, out, err } = await bench(...args);
      assertEquals([code, out], [2, ""], args.join(" "));
      assertMatch(err, sentence);
      assertEquals(err.includes("\n"), false);
    }));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a quick run writes a report with every sample, and prints its table", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const args = ["--quick", "--cores", "1,2", "--samples", "1", "--out", join(folder, "new")];
    const { code, out, err } = await bench(...args);
    assertEquals([code, err], [0, ""]);
    const html = /The report is in (.*)$/.exec(out)![1];
    const json = html.replace(/html$/, "json");
    const report = parseReport(Deno.readTextFileSync(json), json);
    assertEquals(report.command, "deno task bench --cores 1,2 --samples 1 --quick");
    assertEquals(
      report.kernels.map(({ name, baseLines, runs }) => [
        name,
        baseLines[0].samplesMs.length,
        runs.map(({ workers, samplesMs }) => [workers, samplesMs.length]),
      ]),
      [
        ["monte-carlo-pi", 1, [[1, 1], [2, 1]]],
        ["dot-product", 1, [[1, 1], [2, 1]]],
      ],
    );
    assertStringIncludes(out, "Monte-Carlo pi, 100,000,000 throws: pi is about 3.14");
    assertStringIncludes(
      Deno.readTextFileSync(join(folder, "new", "index.html")),
      basename(html),
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a closed pipe ends the bench quietly, with the report written", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const command = `"$0" run --quiet --no-prompt -A "$1" --quick --samples 1 --out "$2" | head -1`;
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", command, Deno.execPath(), main, folder],
      env: { NUM_PROCS: "1", NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals([code, text(stderr)], [0, ""]);
    assertEquals(text(stdout), "Measuring monte-carlo-pi and dot-product on 1 worker.\n");
    assertEquals([...Deno.readDirSync(folder)].length, 3);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
