import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { atMost, randomWalk } from "./joblib/measures.ts";

const command = fromFileUrl(new URL("./joblib.ts", import.meta.url));

async function bench(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-A", command, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("bad input gets one sentence and exit code 2 before anything starts", async () => {
  const cases: [string[], RegExp][] = [
    [["--fast"], /^"--fast" is not an option of the bench: see deno task bench:joblib --help$/],
    [["--only", "calls,x"], /^--only has "x", and the measures are calls, spin, .* and peak$/],
    [["--budget", "0"], /^--budget has "0", and a whole number from 1 to 86400 is allowed$/],
    [["--folder", "/nowhere"], /^Cannot write into --folder "\/nowhere": /],
  ];
  await Promise.all(cases.map(async ([args, sentence]) => {
    const { code, out, err } = await bench(...args);
    assertEquals([code, out], [2, ""], args.join(" "));
    assertMatch(err, sentence);
  }));
  const { code, out } = await bench("--help");
  assertEquals(code, 0);
  assertMatch(out, /^Usage: deno task bench:joblib/m);
});

Deno.test("a quick run of two measures prints a line for each, with joblib or why without", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const only = ["--only", "dump,peak", "--quick", "--budget", "1", "--folder", folder];
    const { code, out, err } = await bench(...only);
    assertEquals([code, err], [0, ""], out);
    assertMatch(out, /^ {2}dump of 10 MB +[\d.]+ ms /m);
    assertMatch(out, /^ {2}peak memory of load +[\d.]+ x array /m);
    const alone = /^Ours alone: joblib is not installed for .*apt-get install/m.test(out);
    assertEquals(/at most 1\.3 x joblib's +(holds|missed) /.test(out), !alone, out);
    assertEquals([...Deno.readDirSync(folder)], []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a target compares with the other side, or says nothing without it", () => {
  const { holds, text } = atMost(1.3);
  assertEquals(text, "at most 1.3 x joblib's");
  assertEquals([holds(13, 10), holds(13.1, 10), holds(1, null)], [true, false, null]);
});

Deno.test("the random walk is the same each time, and of whole cents", () => {
  const walk = randomWalk(1000);
  assertEquals(walk, randomWalk(1000));
  assert(walk.every((x) => Math.round(x * 100) / 100 === x));
  assert(new Set(walk).size > 100);
});
