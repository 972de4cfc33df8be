import { assert, assertEquals } from "@std/assert";
import { Event, Lock } from "@polycore/sync";
import { liveThreads, startTrace, stopTrace, type Trace } from "@polycore/sync/internal";
import { Manager, Pool, Process } from "./mod.ts";
import { assertNobodyLeft, leavesNothing, rejects, soon, untilBlocked } from "./testing/helpers.ts";
import { add, die, holdAndWait, later, square, squareBut3 } from "./testing/tasks.ts";
import { holdOften } from "./testing/trace_tasks.ts";

/** "task tasks 1" for each event of a thread but the first. */
function told({ events, objects }: Trace, thread: number): string[] {
  return events.filter((e) => e.thread === thread && e.what !== "begin")
    .map(({ what, object }) => object < 0 ? what : `${what} ${objects[object]!.name}`);
}

function valuesOf({ events }: Trace, what: string): number[] {
  return events.filter((event) => event.what === what).map(({ value }) => value);
}

/** The numbers 0, 1, 2, ... */
function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

Deno.test("tasks: each is sent, received and run once, and belongs to its pool", async () => {
  await leavesNothing(async () => {
    startTrace();
    {
      await using pool = new Pool(2);
      await soon(pool.map(square, upTo(60), { chunkSize: 1 }));
      await soon(pool.map(later, upTo(10), { chunkSize: 1 }));
      await rejects(pool.apply(squareBut3, [2]), RangeError);
    }
    const trace = stopTrace();
    assertEquals(trace.objects, [{ kind: "tasks", name: "tasks 1" }]);
    assertEquals(valuesOf(trace, "send"), upTo(71));
    assertEquals(valuesOf(trace, "receive"), upTo(71));
    for (const what of ["task", "task end"]) {
      const numbers = valuesOf(trace, what).toSorted((a, b) => a - b);
      assertEquals(numbers, upTo(71).map((i) => i + 1));
    }
    const workers = trace.threads.slice(1);
    assertEquals(workers.map(({ name }) => name.replace(/\d+$/, "")), [
      "PoolWorker-",
      "PoolWorker-",
    ]);
    for (const { id } of workers) { // one task at a time
      const runs = told(trace, id).filter((text) => text.startsWith("task"));
      runs.forEach((text, i) => assertEquals(text, i % 2 ? "task end tasks 1" : "task tasks 1"));
    }
  });
});

Deno.test("an idle worker waits for tasks", async () => {
  startTrace();
  let worker = 0;
  {
    await using pool = new Pool(1);
    await soon(pool.apply(square, [1]));
    worker = liveThreads().at(-1)!;
    await untilBlocked(worker);
    await soon(pool.apply(square, [2]));
  }
  const all = told(stopTrace(), worker);
  const second = all.lastIndexOf("task tasks 1");
  const waits = all.slice(all.indexOf("task end tasks 1") + 1, second);
  assert(waits.includes("wait tasks 1") && waits.includes("wait end tasks 1"), String(all));
  assertEquals(all.at(-1), "end");
});

Deno.test("two pools have tasks of their own", async () => {
  startTrace();
  for (let i = 0; i < 2; i++) {
    await using pool = new Pool(1);
    await soon(pool.apply(square, [1]));
  }
  assertEquals(stopTrace().objects.map(({ name }) => name), ["tasks 1", "tasks 2"]);
});

Deno.test("a process begins and ends, also one that is killed while it holds a lock", async () => {
  await leavesNothing(async (own) => {
    const lock = own(new Lock({ name: "fork" }));
    const held = own(new Event()), never = own(new Event());
    startTrace();
    const good = new Process({ target: add, args: [1, 2], name: "good" });
    const bad = new Process({ target: holdAndWait, args: [lock, held, never], name: "bad" });
    good.start();
    await soon(good.join());
    bad.start();
    const { pid } = bad;
    assert(await held.waitAsync({ timeout: 5000 }));
    await untilBlocked(pid!);
    bad.kill();
    await soon(bad.join());
    const trace = stopTrace();
    assertEquals(trace.threads.map(({ name }) => name), ["MainProcess", "good", "bad"]);
    assertEquals(told(trace, good.pid!), ["end"]);
    assertEquals(told(trace, pid!), [
      "acquire fork",
      "wake Event 1",
      "wait Event 2",
      "wait end Event 2",
      "end",
    ]);
  });
});

Deno.test("a worker that dies in a task leaves a task without an end", async () => {
  startTrace();
  {
    await using pool = new Pool(1);
    await rejects(pool.apply(die, ["exit"]), Error);
    await soon(pool.apply(square, [2])); // by the one that took its place
  }
  const trace = stopTrace();
  const ended = trace.threads.slice(1).map(({ id }) =>
    told(trace, id).filter((text) => /^(task|end)/.test(text))
  );
  assertEquals(ended, [["task tasks 1", "end"], ["task tasks 1", "task end tasks 1", "end"]]);
});

Deno.test("a thread that is cut off ends when that is noticed, and its memory is given back", async () => {
  await leavesNothing(async (own) => {
    const lock = own(new Lock()), begun = own(new Event());
    const warn = console.warn;
    console.warn = () => {}; // that it computes without end
    startTrace();
    const process = new Process({ target: holdOften, args: [lock, begun, 300], name: "busy" });
    process.start();
    assert(await begun.waitAsync({ timeout: 5000 }));
    const { pid } = process;
    process.kill(); // cut off after 50 ms
    await soon(process.join());
    console.warn = warn;
    const trace = stopTrace();
    const all = told(trace, pid!);
    assertEquals([all.filter((text) => text === "end").length, all.at(-1)], [1, "end"]);
    assert(all.length > 100, `${all.length} events`);
  });
});

Deno.test("a manager's own channels and waits are no objects of the program", async () => {
  startTrace();
  {
    await using manager = new Manager();
    const list = manager.list([1, 2]);
    list.push(3);
    assertEquals(list.toArray(), [1, 2, 3]);
  }
  assertEquals(stopTrace().objects, []);
});

Deno.test("no thread is left", assertNobodyLeft);
