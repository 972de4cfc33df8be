import { assert, assertEquals } from "@std/assert";
import { Event } from "@polycore/sync";
import { Queue } from "@polycore/shm";
import { activeChildren, Pool, Process, task } from "../mod.ts";
import { assertNobodyLeft, soon, until } from "../testing/helpers.ts";
import { identity, waitFor } from "../testing/tasks.ts";

/** Wait until the collector has taken all of them; it comes when there is enough garbage. */
async function untilCollected(refs: WeakRef<object>[]): Promise<void> {
  let garbage: unknown[] = [];
  await until(() => {
    garbage = Array.from({ length: 300_000 }, (_, i) => [i]);
    return refs.every((ref) => ref.deref() === undefined);
  });
  assert(garbage.length > 0);
}

Deno.test("_TestProcess.test_kill: join comes back at once while it lives, then the code is -9", async () => {
  const begun = new Event(), never = new Event();
  const process = new Process({ target: waitFor, args: [begun, never], daemon: true });
  process.start();
  await soon(begun.waitAsync());
  await soon(process.join(0));
  await soon(process.join(-1));
  assertEquals([process.isAlive(), activeChildren().includes(process)], [true, true]);
  process.kill();
  await soon(process.join());
  assertEquals([process.exitcode, process.isAlive(), activeChildren()], [-9, false, []]);
  assertNobodyLeft();
});

Deno.test("_TestProcess.test_lose_target_ref: target and arguments are not kept behind start", async () => {
  const queue = new Queue<number>();
  const start = () => {
    const target = (queue: Queue<number>, more: number[]) => queue.put(more.length);
    const more = [1, 2, 3, 4, 5];
    const process = new Process({ target, args: [queue, more] });
    process.start();
    return { process, refs: [new WeakRef(target), new WeakRef(more)] };
  };
  const { process, refs } = start();
  await soon(process.join());
  await untilCollected(refs);
  assertEquals([queue.get(), process.exitcode], [5, 0]);
  assertNobodyLeft();
});

const setWhenAsked = task(import.meta, (asked: Event, set: Event) => {
  asked.wait();
  set.set();
});

/** What Python starts as threads: something asynchronous, and a process of its own. */
const leaveWorkBehind = task(import.meta, (begun: Event, asked: Event, set: Event[]) => {
  new Process({ target: setWhenAsked, args: [asked, set[0]!], daemon: false }).start();
  begun.set();
  return asked.waitAsync().then(() => set[1]!.set());
});

// What is not awaited, Python's daemonic threads, ends with the process.
Deno.test("_TestProcess.test_wait_for_threads: a process ends behind what it awaits and what it started", async () => {
  const begun = new Event(), asked = new Event(), set = [new Event(), new Event()];
  const process = new Process({ target: leaveWorkBehind, args: [begun, asked, set] });
  process.start();
  await soon(begun.waitAsync());
  assert(process.isAlive());
  asked.set();
  await soon(process.join());
  assertEquals(set.map((event) => event.isSet()), [true, true]);
  assertEquals(process.exitcode, 0);
  assertNobodyLeft();
});

let received: WeakRef<object>[] = [];

const remember = task(import.meta, (value: object) => {
  received.push(new WeakRef(value));
  return value;
});

const forget = task(import.meta, async () => {
  const count = received.length;
  await untilCollected(received);
  received = [];
  return count;
});

Deno.test("_TestPool.test_release_task_refs: neither inputs nor results are kept, here and there", async () => {
  await using pool = new Pool(1);
  const refs: WeakRef<object>[] = [];
  const run = async () => {
    const objects = Array.from({ length: 10 }, (_, i) => ({ i, rest: [i] }));
    for (const object of objects) refs.push(new WeakRef(object));
    const results = await soon(pool.map(remember, objects));
    for (const result of results) refs.push(new WeakRef(result));
    assertEquals(await soon(pool.apply(identity, [1])), 1);
  };
  await run();
  await untilCollected(refs);
  assertEquals([refs.length, await soon(pool.apply(forget, []))], [20, 10]);
});
