import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run, words } from "./testdata/command.ts";

Deno.test("the tour ends with a table and what to try next", async () => {
  const { code, out } = await run("testdata/short_tour.ts", "one", "two");
  assertEquals(code, 0);
  assertMatch(out, /^ 1\/2 {2}passed {2}one/m);
  assertMatch(out, /^ {2}two +passed +1\/1/m);
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

/** Whether a program with that id is there. */
function exists(pid: number): boolean {
  try {
    // A zombie has no command line.
    return Deno.readTextFileSync(`/proc/${pid}/cmdline`) !== "";
  } catch {
    return false;
  }
}

for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test({
    name: `${signal} ends the tour within a second with code ${expected}, and its scenario too`,
    ignore: Deno.build.os !== "linux",
    fn: async () => {
      const args = words("main.ts");
      const command = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "piped" });
      const tour = command.spawn();
      const children = `/proc/${tour.pid}/task/${tour.pid}/children`;
      let child = 0;
      while (child === 0) { // until the first scenario runs
        await new Promise((done) => setTimeout(done, 20));
        child = Number(Deno.readTextFileSync(children).trim().split(" ")[0]);
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
      assert(!exists(child), "the scenario's program is still there");
    },
  });
}
