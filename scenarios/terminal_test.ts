/**
 * What happens on a terminal only. `script` of util-linux makes one.
 *
 * @module
 */
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
  const command = ["env", "-u", "NO_COLOR", Deno.execPath(), ...words("main.ts", ...args)]
    .map(quote).join(" ");
  const child = new Deno.Command("script", {
    args: ["-qec", command, "/dev/null"],
    stdin: "piped",
    stdout: "piped",
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

const predict = ["join-threads", "--quick", "--predict"];

/** The text without its colours. */
// deno-lint-ignore no-control-regex
const plain = (text: string): string => text.replaceAll(/\x1b\[\d*m/g, "");

if (!hasScript) console.log("script of util-linux is missing: nothing was run on a terminal.");

Deno.test({
  name: "--predict asks on a terminal, and shows the prediction beside what was found",
  ignore: !hasScript,
  fn: async () => {
    const { code, out } = await onTerminal(predict, "the threads");
    assertEquals(code, 0, out);
    const text = plain(out);
    const [asked, ran] = [text.indexOf("\nPrediction\n"), text.indexOf("\nWhat ran\n")];
    assert(asked > 0 && asked < ran, out);
    assertStringIncludes(text, "You predicted: the threads\n  Found: ");
  },
});

Deno.test({
  name: "--predict goes on when only Enter is pressed",
  ignore: !hasScript,
  fn: async () => {
    const { code, out } = await onTerminal(predict, "");
    assertEquals(code, 0, out);
    assert(!out.includes("You predicted"), out);
  },
});

Deno.test("--predict asks nothing where there is no terminal, and runs", async () => {
  const { code, out } = await scenario(...predict);
  assertEquals(code, 0);
  assert(!out.includes("Enter skips") && out.includes("Passed after"), out);
});

Deno.test({
  name: "--source makes the lines that matter heavy on a terminal",
  ignore: !hasScript,
  fn: async () => {
    const { code, out } = await onTerminal(["deadlock", "--source"]);
    assertEquals(code, 0, out);
    const marked = out.split("\n").filter((line) => line.includes("// <- "));
    assert(marked.length > 0 && marked.every((line) => line.startsWith("\x1b[1m")), out);
    assert(!out.includes("\n>"), out);
  },
});
