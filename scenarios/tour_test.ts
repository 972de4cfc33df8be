import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run, words } from "./testdata/command.ts";
import { visitProgram } from "./tour.ts";

Deno.test("the tour ends with a table and what to try next", async () => {
  const { code, out } = await run("testdata/short_tour.ts", "one", "two");
  assertEquals(code, 0);
  assertMatch(out, /^ 1\/2 {2}passed {2}one/m);
  assertMatch(out, /^ {2}two +passed +1.0 {2}so much/m);
  assertStringIncludes(out, "All 2 passed");
  assertStringIncludes(out, "Try next:");
});

Deno.test("the tour fails when a check does not hold, and goes on", async () => {
  const { code, out } = await run("testdata/short_tour.ts", "one", "FAIL", "ERROR", "two");
  assertEquals(code, 1);
  assertStringIncludes(out, "it does not hold");
  assertStringIncludes(out, "it broke");
  assertMatch(out, /^ 4\/4 {2}passed {2}two/m);
  assertStringIncludes(out, "2 of 4 FAILED");
  assertStringIncludes(out, "deno task scenario FAIL --quick");
});

Deno.test("a scenario that takes too long is stopped, and said to be", async () => {
  const { passed, finding } = await visitProgram("threads-hide-io", undefined, 10);
  assertEquals({ passed, finding }, {
    passed: false,
    finding: "did not end within 0.01 s and was stopped",
  });
});

Deno.test("a scenario that the tour runs gives its whole report", async () => {
  const { passed, report } = await visitProgram("threads-hide-io", 5);
  assertEquals([passed, report?.options.seed, report?.options.quick], [true, 5, true]);
});

/** What a file of /proc says; read by `cat`, because Deno itself wants all permissions for that. */
async function proc(path: string): Promise<string> {
  const cat = new Deno.Command("cat", { args: [`/proc/${path}`], stderr: "null" });
  return new TextDecoder().decode((await cat.output()).stdout).trim();
}

for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test({
    name: `${signal} ends the tour within a second with code ${expected}, and its scenario too`,
    ignore: Deno.build.os !== "linux",
    fn: async () => {
      const args = words("main.ts");
      const command = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "piped" });
      const tour = command.spawn();
      let child = "";
      while (child === "") { // until the first scenario runs
        child = (await proc(`${tour.pid}/task/${tour.pid}/children`)).split(" ")[0]!;
      }
      const start = performance.now();
      tour.kill(signal);
      const { code } = await tour.status;
      const took = performance.now() - start;
      const out = await new Response(tour.stdout).text();
      assertEquals(code, expected);
      assert(took < 1000, `it took ${took} ms`);
      assertMatch(
        out.trimEnd().split("\n").at(-1)!,
        /^Interrupted after .* while running [a-z-]+ \(/,
      );
      // Of a program that has ended no command line is left.
      assertEquals(await proc(`${child}/cmdline`), "", "the scenario's program is still there");
    },
  });
}
