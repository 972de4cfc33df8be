import { assertEquals, assertThrows } from "@std/assert";
import { Lock } from "@polycore/sync";
import { allocate, blocksInUse, free, i32 } from "@polycore/sync/internal";
import { claim, recordWords } from "@polycore/shm/internal";
import { describe, JobTable, type PoolTask } from "./job_table.ts";
import { packTask } from "./packed_task.ts";
import { inputOf, takePayload } from "./payload.ts";
import { APPLY, MAP, MODE_MASK, TASK } from "./protocol.ts";
import { TaskChannel } from "./task_channel.ts";

const ROOM = 4096;

const taskOf = (first?: number): PoolTask => ({ id: 0, fn: "f", first, settle: () => {} });

/** A channel, and what a worker would claim from it. */
function withChannel(act: (channel: TaskChannel, take: () => unknown[]) => void): void {
  const jobs = new JobTable();
  const inbox = allocate(ROOM);
  const before = blocksInUse();
  const channel = new TaskChannel(jobs, () => 0);
  const take = () => {
    const taken: unknown[] = [];
    const count = claim(channel.address, inbox, ROOM, 1);
    let at = inbox;
    for (let i = 0; i < count; i++, at += recordWords(i32[at]!)) {
      const mode = i32[at + TASK.mode]!;
      taken.push(i32[at + TASK.job], mode & MODE_MASK, takePayload(inputOf(at), mode));
    }
    return taken;
  };
  act(channel, take);
  channel.free(inbox, ROOM);
  assertEquals(blocksInUse(), before);
  free(inbox);
}

const f = (x: unknown) => x;

// Functions and shapes of objects are written down once, on purpose.
Deno.test("what the program keeps of a function is kept before anything is counted", () => {
  const jobs = new JobTable(), channel = new TaskChannel(jobs, () => 0), inbox = allocate(ROOM);
  channel.submit(f, APPLY, [{ lock: 1 }], "args", taskOf());
  assertEquals([jobs.size, channel.waiting], [1, 1]);
  channel.free(inbox, ROOM);
  free(inbox);
});

Deno.test("tasks arrive in order, small and large, sent at once or packed before", () =>
  withChannel((channel, take) => {
    const large = "x".repeat(50_000);
    channel.submit(f, APPLY, [1], "args", taskOf());
    channel.submit(f, MAP, [large], "inputs", taskOf(0));
    channel.send(packTask(f, APPLY, [2], "args"), taskOf());
    assertEquals(channel.waiting, 3);
    assertEquals([take(), take(), take()], [[1, APPLY, [1]], [2, MAP, [large]], [3, APPLY, [2]]]);
    assertEquals([take(), channel.waiting], [[], 0]);
  }));

Deno.test("an input that cannot be copied sends nothing and takes no number", () =>
  withChannel((channel, take) => {
    const bad = () => channel.submit(f, APPLY, [Symbol("s")], "args", taskOf());
    assertThrows(bad, TypeError, "args[0]");
    channel.submit(f, APPLY, [1], "args", taskOf());
    assertEquals(take(), [1, APPLY, [1]]);
  }));

Deno.test("free lets go of what nobody took", () => {
  const lock = new Lock();
  withChannel((channel) => {
    for (const data of ["small", "x".repeat(50_000)]) {
      channel.submit(f, APPLY, [lock, data], "args", taskOf());
    }
  });
  lock.dispose();
});

Deno.test("a task is described by its function, and by the input that it is at", () => {
  assertEquals([describe(taskOf(), 4), describe(taskOf(50), 7)], ["f", "f with input 57"]);
});
