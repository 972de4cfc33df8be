import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { Queue, Value } from "@polycore/shm";
import { activeChildren, Process } from "./mod.ts";
import { haveThreads, UpperCaser } from "./testing/family_tasks.ts";
import { leavesNothing, rejects, runProgram, soon } from "./testing/helpers.ts";
import { put, type setEvent, square, tellAll, Upper, waitFor } from "./testing/tasks.ts";

Deno.test("_TestProcess.test_process: a full life", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue()), go = own(new Event());
    const args = [queue, go, 1, 2, { hello: 23, bye: 2.54 }] as const;
    const process = new Process({ target: tellAll, args: [...args], name: "SomeProcess" });
    process.daemon = true;
    assertEquals([process.isAlive(), process.daemon, process.name], [false, true, "SomeProcess"]);
    assertEquals([process.exitcode, process.pid], [null, null]);
    assert(Array.isArray(activeChildren()) && !activeChildren().includes(process));

    process.start();
    assertEquals([process.exitcode, process.isAlive()], [null, true]);
    assertEquals(activeChildren(), [process]);
    assert(process.pid! > 1);
    assertEquals(await soon(queue.getAsync()), [1, 2, { hello: 23, bye: 2.54 }]);
    assertEquals(await soon(queue.getAsync()), {
      me: { name: "SomeProcess", pid: process.pid, daemon: true },
      parent: { name: "MainProcess", pid: 1, daemon: false },
    });

    go.set();
    assertEquals(await soon(process.join()), undefined);
    assertEquals([process.exitcode, process.isAlive()], [0, false]);
    assertEquals(activeChildren(), []);
    await soon(process.join()); // as often as one likes
  });
});

for (const arg of [1, "str", [1], Object.freeze([1])]) {
  Deno.test(`test_args_argument: ${Deno.inspect(arg)}${Object.isFrozen(arg) ? " for good" : ""} arrives`, async () => {
    await leavesNothing(async (own) => {
      const queue = own(new Queue(1));
      for (const args of [[queue, arg], Object.freeze([queue, arg])] as [Queue, unknown][]) {
        const process = new Process({ target: put, args, daemon: true });
        process.start();
        assertEquals(await soon(queue.getAsync()), arg);
        await soon(process.join());
      }
    });
  });
}

Deno.test("arguments of any kind arrive, and a plain function needs no task", async () => {
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

Deno.test("_TestSubclassingProcess.test_subclassing: run is overridden, other methods call it", async () => {
  await leavesNothing(async () => {
    const upperCaser = new UpperCaser();
    assertMatch(upperCaser.name, /^UpperCaser-\d+$/);
    assertEquals(Deno.inspect(upperCaser), `<UpperCaser name='${upperCaser.name}' initial daemon>`);
    upperCaser.start();
    assertEquals([upperCaser.submit("hello"), upperCaser.submit("world")], ["HELLO", "WORLD"]);
    upperCaser.stop();
    await soon(upperCaser.join());
    assertEquals(upperCaser.exitcode, 0);
  });
});

Deno.test("the public fields of a subclass travel", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue());
    const upper = new Upper(queue, "hello");
    upper.start();
    await soon(upper.join());
    assertEquals(queue.get(), ["HELLO", upper.name, true, upper.pid]);
  });
});

Deno.test("test_lose_target_ref: target and arguments are not kept alive", async () => {
  const flags = ["--v8-flags=--expose-gc"];
  const { code, out } = await runProgram("./gc_program.ts", ["target"], {}, flags);
  assertEquals([code, out], [0, "[ true, true ] 5 0\n"]);
});

Deno.test("test_close: a closed process is not kept alive", async () => {
  const flags = ["--v8-flags=--expose-gc"];
  const { code, out } = await runProgram("./gc_program.ts", ["process"], {}, flags);
  assertEquals([code, out], [0, "[ true ]\n"]);
});

Deno.test("test_wait_for_threads: a process waits for what it started, and not for daemons", async () => {
  await leavesNothing(async (own) => {
    const begun = [own(new Event()), own(new Event())];
    const [go, never, ended] = [own(new Event()), own(new Event()), own(new Event())];
    const process = new Process({ target: haveThreads, args: [begun, go, never, ended] });
    process.start();
    for (const event of begun) await soon(event.waitAsync());
    await process.join(1);
    assertEquals([process.isAlive(), ended.isSet()], [true, false]);
    go.set();
    await soon(process.join());
    assertEquals([process.exitcode, ended.isSet()], [0, true]);
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
