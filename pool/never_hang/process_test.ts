/** Processes: a fault at every point of their way, and then the next process. */
import { assertEquals, assertThrows } from "@std/assert";
import { Process } from "../mod.ts";
import { assertFree, cell, endFromOutside, jobOf } from "./testing/cells.ts";
import * as f from "./testing/faults.ts";

/** The exit code of a process in which a fault happens: an error is 1, as in Python. */
const codeOf = (fault: f.Fault) => f.CODES[fault] ?? 1;

async function exitcodeOf(process: Process): Promise<number | null> {
  process.start();
  await process.join();
  return process.exitcode;
}

async function assertNextWorks(): Promise<void> {
  assertEquals(await exitcodeOf(new Process({ target: f.twice, args: [21] })), 0);
}

for (const fault of f.FAULTS) {
  if (fault !== "ended from outside" && fault !== "process.exit(3)") {
    cell(`Process: ${fault} when the target's module is imported`, async (own) => {
      const job = jobOf(own, fault);
      const module = await import(`./testing/import_fault.ts?${encodeURIComponent(fault)}`);
      const process = new Process({ target: module.unreachable, args: [job] });
      assertEquals(await exitcodeOf(process), codeOf(fault));
      await assertNextWorks();
      assertFree(job);
    });
  }

  cell(`Process: ${fault} in the target, and in run() of a subclass`, async (own) => {
    for (
      const make of [(job: f.Job) => new Process({ target: f.failInTask, args: [job] }), subclass]
    ) {
      const job = jobOf(own, fault), process = make(job);
      const ended = exitcodeOf(process);
      endFromOutside(job);
      assertEquals(await ended, codeOf(fault));
      assertFree(job);
    }
    await assertNextWorks();
  });
}

const subclass = (job: f.Job) => new f.Failing(job);

for (const how of ["terminate", "kill"] as const) {
  cell(`Process: ${how} while it blocks`, async (own) => {
    const job = jobOf(own, "ended from outside");
    const process = new Process({ target: f.failInTask, args: [job] });
    const ended = exitcodeOf(process);
    await job.begun.waitAsync();
    process[how]();
    assertEquals(await ended, how === "kill" ? -9 : -15);
    await assertNextWorks();
    assertFree(job);
  });
}

for (const fault of ["throw", "exit(3)"] as const) {
  cell(`Process: ${fault} while an argument is decoded`, async (own) => {
    const job = jobOf(own, fault), trap = own(new f.Trap(fault, "worker"));
    const process = new Process({ target: f.ignore, args: [job.lock, trap, job.never] });
    assertEquals(await exitcodeOf(process), codeOf(fault));
    await assertNextWorks();
    assertFree(job);
  });
}

cell(
  "Process: an argument that cannot be copied, or throws while it is: at start()",
  async (own) => {
    const job = jobOf(own, "throw");
    const start = (bad: unknown) => () =>
      new Process({ target: f.ignore, args: [job.lock, bad] }).start();
    assertThrows(start({ rows: [Symbol("s")] }), TypeError, "args[1].rows[0]");
    assertThrows(start(f.getterOf("throw")), RangeError, "thrown on purpose");
    await assertNextWorks();
    assertFree(job);
  },
);
