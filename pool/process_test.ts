import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { Queue, Value } from "@polycore/shm";
import { activeChildren, Process } from "./mod.ts";
import { leavesNothing, rejects, runProgram, soon } from "./testing/helpers.ts";
import { put, type setEvent, square, tellWho, Upper, waitFor } from "./testing/tasks.ts";

Deno.test("_TestProcess.test_process: a full life", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue());
    const begun = own(new Event()), go = own(new Event());
    const process = new Process({ target: waitFor, args: [begun, go], name: "Waiter" });
    assertEquals([process.isAlive(), process.exitcode, process.pid], [false, null, null]);
    process.start();
    await soon(begun.waitAsync());
    assertEquals([process.isAlive(), process.exitcode], [true, null]);
    assert(process.pid! > 1);
    assertEquals(activeChildren(), [process]);
    go.set();
    await soon(process.join());
    assertEquals([process.isAlive(), process.exitcode], [false, 0]);
    assertEquals(activeChildren(), []);

    const teller = new Process({ target: tellWho, args: [queue], name: "Teller", daemon: true });
    teller.start();
    await soon(teller.join());
    assertEquals(queue.get(), {
      me: { name: "Teller", pid: teller.pid, daemon: true },
      parent: { name: "MainProcess", pid: 1, daemon: false },
    });
  });
});

Deno.test("test_args_argument: the arguments arrive, and a plain function needs no task", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue());
    const list = new Process({ target: put, args: [queue, 1, [2], new Map([[3, "x"]])] });
    const sum = own(new Value("i", 0));
    const plain = new Process({
      target: (v: Value<"i">, ...n: number[]) => v.add(n.length),
      args: [sum, 5, 6],
    });
    list.start();
    plain.start();
    await soon(Promise.all([list.join(), plain.join()]));
    assertEquals([queue.get(), queue.get(), queue.get()], [1, [2], new Map([[3, "x"]])]);
    assertEquals(sum.value, 2);
  });
});

Deno.test("test_daemon_argument: daemon is the maker's unless it is said, until the start", async () => {
  const process = new Process({ target: square, args: [1] });
  assertEquals(process.daemon, false);
  assertEquals(new Process({ target: square, daemon: true }).daemon, true);
  process.daemon = true;
  process.start();
  assertThrows(() => process.daemon = false, Error, "process has already started");
  await soon(process.join());
});

Deno.test("names: Process-N by itself, any text, before and after", async () => {
  const process = new Process({ target: square, args: [1] });
  assert(/^Process-\d+$/.test(process.name));
  process.name = "Bob";
  assertEquals(Deno.inspect(process), "<Process name='Bob' initial>");
  process.start();
  assertEquals(Deno.inspect(process), "<Process name='Bob' started>");
  await soon(process.join());
  assertEquals(Deno.inspect(process), "<Process name='Bob' stopped exitcode=0>");
  process.close();
  assertEquals(Deno.inspect(process), "<Process name='Bob' closed>");
  assertThrows(() => process.name = 1 as never, TypeError, "name must be a string");
});

Deno.test("test_close: an error while it runs, then every method is one", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event()), go = own(new Event());
    const process = new Process({ target: waitFor, args: [begun, go] });
    process.start();
    assertThrows(() => process.close(), Error, "Cannot close a process while it is still running");
    go.set();
    await soon(process.join());
    process.close();
    process.close();
    const uses = [
      () => process.isAlive(),
      () => process.exitcode,
      () => process.pid,
      () => process.start(),
      () => process.terminate(),
      () => process.kill(),
    ];
    for (const use of uses) assertThrows(use, Error, "process object is closed");
    await rejects(process.join(), Error, "process object is closed");
  });
});

Deno.test("calls in the wrong order are errors that say what to do", async () => {
  const process = new Process({ target: square, args: [1] });
  await rejects(process.join(), Error, "can only join a started process");
  assertThrows(() => process.terminate(), Error, "process not started");
  assertThrows(() => process.kill(), Error, "process not started");
  process.start();
  assertThrows(() => process.start(), Error, "cannot start a process twice");
  await soon(process.join());
  assertThrows(() => process.start(), Error, "cannot start a process twice");
  process.terminate(); // it has ended: nothing to do, as in Python
  process.kill();
  await soon(process.join());
  assertEquals(process.exitcode, 0);
});

Deno.test("bad arguments throw at the call, before anything starts", async () => {
  assertThrows(() => new Process({ target: 1 as never }), TypeError, "target is 1");
  assertThrows(() => new Process({ args: 1 as never }), TypeError, "args is 1");
  assertThrows(
    () => new Process({ name: 1 as never }),
    TypeError,
    "name must be a string: it is 1",
  );
  assertThrows(() => new Process().start(), TypeError, "nothing to run");
  const unsendable = new Process({ target: (_: unknown) => {}, args: [{ s: [Symbol("x")] }] });
  assertThrows(() => unsendable.start(), TypeError, "args[0].s[0]");
  assertThrows(() => new Process({ target: Math.abs }).start(), TypeError, "no source text");
  const process = new Process({ target: square, args: [1] });
  process.start();
  for (const timeout of [Number.NaN, "1" as never]) {
    await rejects(process.join(timeout), TypeError, "timeout is");
  }
  await soon(process.join(Infinity));
});

Deno.test("test_many_processes: N at once end with 0, N terminated with -15", async () => {
  await leavesNothing(async (own) => {
    const go = own(new Event()), begun = own(new Event());
    const make = (target: typeof square | typeof setEvent, ...args: unknown[]) =>
      new Process({ target: target as () => void, args: args as [] });
    const good = Array.from({ length: 4 }, () => make(square, 2));
    good.forEach((process) => process.start());
    await soon(Promise.all(good.map((process) => process.join())));
    assertEquals(good.map((process) => process.exitcode), [0, 0, 0, 0]);
    const stuck = Array.from({ length: 4 }, () =>
      new Process({
        target: waitFor,
        args: [begun, go],
      }));
    stuck.forEach((process) => process.start());
    stuck.forEach((process) => process.terminate());
    await soon(Promise.all(stuck.map((process) => process.join())));
    assertEquals(stuck.map((process) => process.exitcode), [-15, -15, -15, -15]);
  });
});

Deno.test("_TestSubclassingProcess.test_subclassing: run is overridden, fields travel", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue());
    const upper = new Upper(queue, "hello");
    upper.start();
    await soon(upper.join());
    assertEquals(queue.get(), ["HELLO", upper.name, true, upper.pid]);
  });
});

Deno.test("a subclass that is not marked with task cannot travel", () => {
  class Unmarked extends Process {
    override run() {}
  }
  assertThrows(() => new Unmarked().start(), TypeError, "static { task(import.meta, this); }");
});

Deno.test("a process is waited for at the end of the program, a daemon is not", async () => {
  const [waited, cut] = await Promise.all([
    runProgram("./program.ts", ["process"]),
    runProgram("./program.ts", ["daemon"]),
  ]);
  assertEquals([waited.code, waited.out], [0, "main is done\nthe process is done\n"]);
  assertEquals([cut.code, cut.out], [0, "main is done\n"]);
});

Deno.test("a process that computes without end is given up, and the program ends", async () => {
  const { code, out, err } = await runProgram("./program.ts", ["spinning"]);
  assertEquals([code, out], [0, "exit code -9\n"]);
  assertStringIncludes(err, "Spinner computes without end and cannot be stopped");
});
