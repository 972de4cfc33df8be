import { assertEquals } from "@std/assert";
import { Event } from "@polycore/sync";
import { Process } from "./mod.ts";
import { leavesNothing, soon } from "./testing/helpers.ts";
import { exitAndUnwind, exitWith } from "./testing/tasks.ts";

Deno.test("exit unwinds: finally blocks run, and the code is what was given", async () => {
  await leavesNothing(async (own) => {
    const unwound = own(new Event());
    const process = new Process({ target: exitAndUnwind, args: [unwound, 7] });
    process.start();
    await soon(process.join());
    assertEquals([process.exitcode, unwound.isSet()], [7, true]);
  });
});

Deno.test("exit with what is no code is an error of the process", async () => {
  for (const code of [1.5, 2 ** 40, Number.NaN, {}]) {
    const process = new Process({ target: exitWith, args: [code] });
    process.start();
    await soon(process.join());
    assertEquals(process.exitcode, 1, String(code));
  }
});
