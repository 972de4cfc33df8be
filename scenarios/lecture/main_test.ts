import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";

const program = fromFileUrl(new URL("./main.ts", import.meta.url));

/** The words that start the command with the permissions of `deno task lecture`. */
function words(...args: string[]): string[] {
  const permissions = [
    "--allow-read",
    "--allow-write",
    "--allow-env",
    "--allow-sys",
    "--allow-run",
    "--no-prompt",
  ];
  return ["run", "--quiet", "--no-check", ...permissions, program, ...args];
}

async function lecture(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const options = { args: words(...args), stdin: "null" } as const;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), options).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("the lecture runs scenarios, writes one page, and makes it anew from its data", () =>
  withFolder(async (folder) => {
    const data = join(folder, "data.json");
    const ids = "rlock,threads-hide-io";
    const { code, out, err } = await lecture("--only", ids, "--out", folder, "--data", data);
    assertEquals([code, err], [0, ""]);
    assertMatch(out, /^ 1\/2 {2}passed {2}threads-hide-io .* s$/m);
    assertMatch(out, /^ 2\/2 {2}passed {2}rlock .* s$/m);
    assertStringIncludes(out, "All 2 passed");
    assertEquals(namesIn(folder), ["data.json", "lecture.html"]);
    const page = Deno.readTextFileSync(join(folder, "lecture.html"));
    assertStringIncludes(page, '<article id="rlock"');
    assertStringIncludes(page, "RLock");
    assert(page.includes("trace-figure"), "no picture of who did what");

    const again = join(folder, "again");
    assertEquals((await lecture("--from", data, "--out", again)).code, 0);
    assertEquals(Deno.readTextFileSync(join(again, "lecture.html")), page);
  }));

Deno.test("what cannot be used is told in one sentence with exit code 2", async () => {
  for (
    const [args, sentence] of [
      [["--only", "rlok"], 'the nearest is "rlock"'],
      [["--from", "no/such.json"], "no/such.json"],
      [["--from", program], "is no data of a lecture"],
    ] as const
  ) {
    const { code, out, err } = await lecture(...args);
    assertEquals([code, out, err.trimEnd().split("\n").length], [2, "", 1], err);
    assertStringIncludes(err, sentence);
  }
});

Deno.test({
  name: "Ctrl-C ends the lecture and the scenario that runs, and writes nothing",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(async (folder) => {
      const command = new Deno.Command(Deno.execPath(), {
        args: words("--out", folder),
        stdin: "null",
        stdout: "piped",
      });
      const child = command.spawn();
      const reader = child.stdout.getReader();
      const first = new TextDecoder().decode((await reader.read()).value);
      assertStringIncludes(first, "passed");
      let scenario = "";
      while (scenario === "") { // until the next scenario runs
        scenario = await proc(`${child.pid}/task/${child.pid}/children`);
      }
      child.kill("SIGINT");
      const { code } = await child.status;
      let rest = "";
      for (
        let { value, done } = await reader.read();
        !done;
        { value, done } = await reader.read()
      ) {
        rest += new TextDecoder().decode(value);
      }
      assertEquals(code, 130);
      assertStringIncludes(rest, "nothing was written");
      assertEquals(namesIn(folder), []);
      assertEquals(await proc(`${scenario.split(" ")[0]}/cmdline`), "", "the scenario still runs");
    }),
});

/** What a file of /proc says; read by `cat`, because Deno itself wants all permissions for that. */
async function proc(path: string): Promise<string> {
  const cat = new Deno.Command("cat", { args: [`/proc/${path}`], stderr: "null" });
  return new TextDecoder().decode((await cat.output()).stdout).trim();
}
