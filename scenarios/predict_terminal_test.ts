import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { scenario, words } from "./testdata/command.ts";

/** After that a program hangs, however busy the machine is. */
const limitMs = 60_000;

const hasScript = await (async () => {
  try {
    return (await new Deno.Command("script", { args: ["--version"], stdout: "null" }).output())
      .success;
  } catch {
    return false;
  }
})();

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Run the command on a terminal of its own, type `answer` when it asks, and give what it shows. */
async function onTerminal(args: string[], answer?: string): Promise<{ code: number; out: string }> {
  const command = [Deno.execPath(), ...words("main.ts", ...args)].map(quote).join(" ");
  const child = new Deno.Command("script", {
    args: ["-qec", command, "/dev/null"],
    stdin: "piped",
    stdout: "piped",
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(limitMs),
  }).spawn();
  const keyboard = child.stdin.getWriter();
  let out = "";
  let typed = false;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    out += text;
    if (answer !== undefined && !typed && out.includes("(Enter skips it): ")) {
      typed = true;
      await keyboard.write(new TextEncoder().encode(`${answer}\n`));
    }
  }
  const { code } = await child.status;
  await keyboard.close().catch(() => {}); // the terminal is gone already
  return { code, out: out.replaceAll("\r\n", "\n") };
}

const quick = ["threads-hide-io", "--quick", "--predict"];

if (!hasScript) {
  console.log("script of util-linux is missing: --predict was not run on a terminal.");
}

Deno.test({
  name: "--predict asks on a terminal, and shows the prediction beside what was found",
  ignore: !hasScript,
  fn: async () => {
    const { code, out } = await onTerminal(["race-condition", ...quick.slice(1)], "a few less");
    assertEquals(code, 0, out);
    const [asked, ran] = [out.indexOf("\nPrediction\n"), out.indexOf("\nWhat ran\n")];
    assert(asked > 0 && asked < ran, out);
    assertStringIncludes(out, "You predicted: a few less\n  Found: lost ");
  },
});

Deno.test({
  name: "--predict goes on when only Enter is pressed",
  ignore: !hasScript,
  fn: async () => {
    const { code, out } = await onTerminal(["race-condition", ...quick.slice(1)], "");
    assertEquals(code, 0, out);
    assert(!out.includes("You predicted"), out);
  },
});

Deno.test("--predict asks nothing where there is no terminal, and runs", async () => {
  const { code, out } = await scenario(...quick);
  assertEquals(code, 0);
  assert(!out.includes("Enter skips") && out.includes("Passed after"), out);
});
