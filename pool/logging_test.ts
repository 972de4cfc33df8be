import { assert, assertEquals, assertThrows } from "@std/assert";
import { Queue } from "@polycore/shm";
import { getLogger, Logger, LogLevels, Process, task } from "./mod.ts";
import { leavesNothing, runProgram, soon } from "./testing/helpers.ts";

const tellLevel = task(import.meta, (out: Queue) => {
  out.put([getLogger().level, getLogger().getEffectiveLevel()]);
});

/** The lines on stderr of one of the programs, each of which begins with its level and process. */
async function linesOf(program: string): Promise<string[]> {
  const { code, out, err } = await runProgram("./logging_program.ts", [program]);
  assertEquals([code, out], [0, ""]);
  return err.split("\n").filter((line) => line !== "");
}

Deno.test("_TestLogging.test_enable_logging: one logger, which prints nothing by itself", async () => {
  const logger = getLogger();
  assert(logger instanceof Logger && logger === getLogger());
  assertEquals([logger.level, logger.getEffectiveLevel()], [0, LogLevels.WARNING]);
  assertEquals(logger.isEnabledFor("CRITICAL"), false); // logToStderr was not called
  assertEquals(await linesOf("off"), []);
});

Deno.test("_TestLogging.test_level: a child has the level of its parent", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue());
    for (const level of [LogLevels.ERROR, "SUBDEBUG", 7] as const) {
      getLogger().setLevel(level);
      const number = typeof level === "string" ? LogLevels[level] : level;
      const process = new Process({ target: tellLevel, args: [out] });
      process.start();
      await soon(process.join());
      assertEquals(out.get(), [number, number]);
    }
    getLogger().setLevel("NOTSET");
  });
});

Deno.test("a level is one of the names or a whole number", () => {
  for (const level of ["LOUD", "info", -1, 1.5, 2 ** 40, null, undefined]) {
    assertThrows(() => getLogger().setLevel(level as never), RangeError, "SUBWARNING");
  }
  assertEquals(getLogger().level, 0);
});

Deno.test("a process tells that it begins and how it ends", async () => {
  assertEquals(await linesOf("process"), [
    "[INFO/Child] child process calling self.run()",
    "[INFO/Child] process shutting down",
    "[INFO/Child] process exiting with exitcode 3",
  ]);
});

Deno.test("a parent tells how it ends its children", async () => {
  const lines = await linesOf("family");
  // What the two processes write at the same time may come in any order, what one writes may not.
  assertEquals(lines.filter((line) => line.includes("/Parent]")), [
    "[INFO/Parent] child process calling self.run()",
    "[WARNING/Parent] from the parent",
    "[INFO/Parent] process shutting down",
    "[INFO/Parent] calling terminate() for daemon Daemon",
    "[INFO/Parent] calling join() for process Daemon",
    "[INFO/Parent] process exiting with exitcode 0",
  ]);
  const daemon = lines.filter((line) => line.includes("/Daemon]"));
  assertEquals(daemon, [
    "[INFO/Daemon] child process calling self.run()",
    "[INFO/Daemon] process exiting with exitcode -15",
  ]);
  assertEquals(lines.at(-1), "[INFO/Parent] process exiting with exitcode 0");
  assertEquals(lines.length, 8);
});

Deno.test("a pool tells of its workers and of itself", async () => {
  const lines = await linesOf("pool");
  const of = (name: string) => lines.filter((line) => line.includes(`/${name}]`));
  assertEquals(of("MainProcess"), [
    "[DEBUG/MainProcess] added worker PoolWorker-1",
    "[DEBUG/MainProcess] closing pool",
    "[DEBUG/MainProcess] joining pool",
    "[DEBUG/MainProcess] added worker PoolWorker-2",
    "[DEBUG/MainProcess] terminating pool",
    "[DEBUG/MainProcess] joining pool",
  ]);
  assertEquals(of("PoolWorker-1"), [
    "[INFO/PoolWorker-1] child process calling self.run()",
    "[DEBUG/PoolWorker-1] worker exiting after 3 tasks",
    "[INFO/PoolWorker-1] process shutting down",
    "[INFO/PoolWorker-1] process exiting with exitcode 0",
  ]);
});

Deno.test("the level is one for all processes, whoever sets it", async () => {
  assertEquals(await linesOf("level"), [
    "[INFO/Child] child process calling self.run()",
    "[INFO/Child] seen",
    "[ERROR/MainProcess] above",
    "[Level 45/MainProcess] far above",
    "[CRITICAL/MainProcess] highest",
  ]);
});

Deno.test("logToStderr without a level prints warnings, once each", async () => {
  assertEquals(await linesOf("warnings"), ["[WARNING/Parent] from the parent"]);
});
