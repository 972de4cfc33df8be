import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
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
      [
        ["--out", folder, "--compare", "no.json"],
        /^Cannot read the report "no.json": No such file/,
      ],
      [["--out", folder, "--compare", file], /no whole JSON/],
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

Deno.test("a run with --compare prints the comparison, and its page leads to it", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const args = ["--quick", "--cores", "1,2", "--budget", "1", "--kernels", "word-count"];
    const first = await bench(...args, "--out", join(folder, "a"));
    const json = /The report is in (.*)\.html$/.exec(first.out)![1] + ".json";
    const { code, out } = await bench(...args, "--out", join(folder, "b"), "--compare", json);
    assertEquals(code, 0);
    assertMatch(out, /Word count\n +before +after +time/);
    const page = /The comparison is in (.*)$/.exec(out)![1];
    const report = Deno.readTextFileSync(/The report is in (.*)\n/.exec(out)![1]);
    assertStringIncludes(report, `<a href="${encodeURIComponent(basename(page))}">`);
    // The comparison lies beside the later report, and the earlier one in another folder.
    const earlier = basename(json, ".json");
    assertStringIncludes(Deno.readTextFileSync(page), `<a href="../a/${earlier}.html">`);

    const other = { ...JSON.parse(Deno.readTextFileSync(json)) };
    other.machine.cpu = "Other";
    Deno.writeTextFileSync(json, JSON.stringify(other));
    const refused = await bench(...args, "--out", join(folder, "b"), "--compare", json);
    assertEquals(refused.code, 0);
    assertMatch(
      refused.out.split("\n").at(-1)!,
      /^Cannot compare .* the machines differ in processor/,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a quick run writes a report with every part, and prints its table", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const kernels = "dot-product,word-count";
    const args = ["--quick", "--cores", "1,2", "--budget", "1", "--seed", "5"];
    const { code, out, err } = await bench(
      ...args,
      "--kernels",
      kernels,
      "--out",
      join(folder, "new"),
    );
    assertEquals([code, err], [0, "measured: The dot product\nmeasured: Word count"]);
    const html = /The report is in (.*)$/.exec(out)![1];
    const json = html.replace(/html$/, "json");
    const report = parseReport(Deno.readTextFileSync(json), json);
    assertEquals(
      report.command,
      `deno task bench --cores 1,2 --kernels ${kernels} --precision 0.02 --budget 1 --seed 5 --quick`,
    );
    assertEquals(report.complete, true);
    assertEquals(report.startup.map(({ workers }) => workers), [1, 2]);
    for (const kernel of report.kernels) {
      assertEquals(kernel.runs.map(({ workers }) => workers), [1, 2], kernel.name);
      assertEquals(kernel.weakRuns.map(({ workers }) => workers), [1, 2], kernel.name);
      assertEquals(kernel.weakRuns[1].size, 2 * kernel.weakRuns[0].size, kernel.name);
      assertEquals(kernel.baseLines.map(({ name }) => name), ["wasm-simd"], kernel.name);
      assert(kernel.chunkSweep!.points.length > 3, kernel.name);
      assert(kernel.taskSweep!.points.length > 3, kernel.name);
    }
    assertEquals(report.kernels.map(({ name }) => name), kernels.split(","));
    assertStringIncludes(out, "Word count, 16,000,000 bytes: 2,908,731 words");
    assertStringIncludes(
      Deno.readTextFileSync(join(folder, "new", "index.html")),
      basename(html),
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

async function reportAfter(signals: Deno.Signal[], exitCode: number): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", "-A", main, "--cores", "1", "--out", folder],
      env: { NO_COLOR: "1", POLYCORE_QUICK: "1", POLYCORE_BUDGET: "12" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const out = new Response(child.stdout).text();
    let err = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      // The first kernel is measured, the second one begins.
      if (err === "") { for (const signal of signals) child.kill(signal); }
      err += text;
    }
    assertEquals(err.split("\n")[0], "measured: Monte-Carlo pi");
    assertEquals((await child.status).code, exitCode);
    const json = /The report is in (.*)$/.exec((await out).trimEnd())![1].replace(/html$/, "json");
    const report = parseReport(Deno.readTextFileSync(json), json);
    assertEquals(report.complete, false);
    assertEquals(report.kernels[0].name, "monte-carlo-pi");
    assert(report.kernels[0].runs[0].samplesMs.length > 0);
    assert(report.kernels.length < 6);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("an interrupt ends the measuring, and the report has what was there", async () => {
  await reportAfter(["SIGINT"], 130);
});

Deno.test("SIGTERM does so, too, though it comes twice, as in a job that is cancelled", async () => {
  await reportAfter(["SIGTERM", "SIGTERM"], 143);
});

Deno.test("a closed pipe ends the bench quietly, with the report written", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const command =
      `"$0" run --quiet --no-prompt -A "$1" --quick --kernels dot-product --budget 1 ` +
      `--out "$2" | head -1`;
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", command, Deno.execPath(), main, folder],
      env: { NUM_PROCS: "1", NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals([code, text(stderr)], [0, "measured: The dot product\n"]);
    assertEquals(text(stdout), "Measuring dot-product on 1 worker.\n");
    assertEquals([...Deno.readDirSync(folder)].length, 3);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
