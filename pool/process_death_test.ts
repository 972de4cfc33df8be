import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Barrier, Condition, Event, Lock, OwnerDiedError, RLock } from "@polycore/sync";
import { Pipe, Queue } from "@polycore/shm";
import { activeChildren, Process } from "./mod.ts";
import * as bad from "./testing/bad_imports.ts";
import * as exits from "./testing/exits_on_import.ts";
import { leavesNothing, type Own, rejects, runProgram, soon } from "./testing/helpers.ts";
import { until, untilBlocked } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";
import * as throws from "./testing/throws_on_import.ts";

async function exitcodeOf<A extends unknown[]>(target: (...args: A) => unknown, args: A) {
  const process = new Process<A>({ target, args });
  process.start();
  await soon(process.join());
  return process.exitcode;
}

/** What `act` and the workers print to stderr, kept out of the test's own output. */
async function stderrOf(code: string): Promise<string> {
  return (await runProgram("./death_program.ts", [code])).err;
}

for (const death of t.DEATHS) {
  Deno.test(`a process that ends by ${death} leaves its exit code and nothing else`, async () => {
    await leavesNothing(async () => {
      assertEquals(await exitcodeOf(t.die, [death]), t.CODES[death]);
    });
  });

  Deno.test(`a lock whose holder ended by ${death} is not lost`, async () => {
    await leavesNothing(async (own) => {
      const lock = own(new Lock({ name: "Ledger" }));
      assertEquals(await exitcodeOf(t.holdAndDie, [lock, death]), t.CODES[death]);
      await rejects(lock.acquireAsync(), OwnerDiedError, "while it held Ledger");
      assert(await lock.acquireAsync());
    });
  });
}

/** What the blocking calls are made on: a fresh one each, on which nothing comes. */
const objects: Record<t.Call, (own: Own) => Parameters<typeof t.block>[1]> = {
  "queue.get": (own) => own(new Queue()),
  "queue.put": (own) => {
    const queue = own(new Queue(1));
    queue.put(0);
    return queue;
  },
  "lock.acquire": (own) => {
    const lock = own(new Lock());
    lock.acquire();
    return lock;
  },
  "event.wait": (own) => own(new Event()),
  "barrier.wait": (own) => own(new Barrier(2)),
  "condition.wait": (own) => own(new Condition(own(new RLock()))),
  "connection.recv": (own) => {
    const [a, b] = Pipe();
    own(b);
    return own(a);
  },
};

for (const call of Object.keys(objects) as t.Call[]) {
  for (const [how, code] of [["terminate", -15], ["kill", -9]] as const) {
    Deno.test(`${how} ends a process that is blocked in ${call}, and it unwinds`, async () => {
      await leavesNothing(async (own) => {
        const unwound = own(new Event());
        const process = new Process({ target: t.block, args: [call, objects[call](own), unwound] });
        process.start();
        await untilBlocked(process.pid!);
        process[how]();
        await soon(process.join());
        assertEquals([process.exitcode, process.isAlive(), unwound.isSet()], [code, false, true]);
      });
    });
  }
}

for (const how of ["terminate", "kill"] as const) {
  Deno.test(`${how} of a process that holds a lock others wait for`, async () => {
    await leavesNothing(async (own) => {
      const lock = own(new Lock()), held = own(new Event()), never = own(new Event());
      const holder = new Process({ target: t.holdAndWait, args: [lock, held, never] });
      const waiter = new Process({ target: t.takeOverFromDead, args: [lock] });
      holder.start();
      await soon(held.waitAsync());
      waiter.start();
      await untilBlocked(waiter.pid!);
      holder[how]();
      await soon(Promise.all([holder.join(), waiter.join()]));
      assertEquals([holder.exitcode, waiter.exitcode], [how === "kill" ? -9 : -15, 0]);
      assertEquals(lock.locked, false);
    });
  });
}

for (const [how, code] of [["terminate", -15], ["kill", -9]] as const) {
  Deno.test(`test_${how}: join(0) and join(-1) return at once, then it is gone with ${code}`, async () => {
    await leavesNothing(async (own) => {
      const begun = own(new Event()), never = own(new Event());
      const process = new Process({ target: t.waitFor, args: [begun, never], daemon: true });
      process.start();
      assertEquals([process.isAlive(), process.exitcode], [true, null]);
      assertEquals(activeChildren(), [process]);
      for (const timeout of [0, -1]) {
        const before = performance.now();
        assertEquals(await process.join(timeout), undefined);
        assert(performance.now() - before < 60);
        assert(process.isAlive());
      }
      await soon(begun.waitAsync());
      await process.join(1);
      assertEquals([process.isAlive(), process.exitcode], [true, null]);
      process[how]();
      process[how]();
      const before = performance.now();
      await soon(process.join());
      assert(performance.now() - before < 1000);
      assertEquals([process.isAlive(), activeChildren()], [false, []]);
      await soon(process.join());
      assertEquals(process.exitcode, code);
    });
  });
}

Deno.test("a process is ended before it has begun, and while it waits for a promise", async () => {
  await leavesNothing(async () => {
    for (const how of ["terminate", "kill"] as const) {
      const early = new Process({ target: t.square, args: [1] });
      early.start();
      early[how]();
      await soon(early.join());
      assertEquals(early.exitcode, how === "kill" ? -9 : -15);
    }
  });
  await leavesNothing(async (own) => {
    const begun = own(new Event());
    const waiting = new Process({
      target: async (e: Event) => {
        e.set();
        await new Promise(() => {});
      },
      args: [begun],
    });
    waiting.start();
    await soon(begun.waitAsync());
    waiting.terminate();
    await soon(waiting.join());
    assertEquals(waiting.exitcode, -15);
  });
});

Deno.test("a loop that asks stopRequested ends by itself", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event());
    const process = new Process({ target: t.spinPolitely, args: [begun] });
    process.start();
    await soon(begun.waitAsync());
    process.terminate();
    await soon(process.join());
    assertEquals(process.exitcode, 0); // its target returned
  });
});

Deno.test("test_sys_exit: the table of exit codes", async () => {
  const codes = [[undefined, 0], [null, 0], [false, 0], [true, 1], [0, 0], [8, 8], [-1, -1]];
  for (const [given, code] of codes) {
    assertEquals(await exitcodeOf(t.exitWith, [given]), code);
  }
  assertEquals(await exitcodeOf(t.exitWith, [] as unknown as [unknown]), 0);
});

Deno.test("test_sys_exit: a text goes to stderr, and the code is 1; what is no code is an error", async () => {
  const text = await runProgram("./death_program.ts", ["text"]);
  assertEquals([text.err.trimEnd(), text.out], ["the reason in words", "1\n"]);
  const list = await runProgram("./death_program.ts", ["list"]);
  assertStringIncludes(list.err, "exit was given 1,2,3");
  assertEquals(list.out, "1\n");
});

Deno.test("a module that cannot be imported, or ends the worker, ends the process", async () => {
  const cases: [() => unknown, number][] = [
    [bad.missing, 1],
    [bad.neverMade!, 1],
    [throws.unreachable as () => unknown, 1],
    [exits.unreachable as () => unknown, 8],
  ];
  for (const [target, code] of cases) {
    await leavesNothing(async (own) => {
      assertEquals(await exitcodeOf(target as (q: Queue) => unknown, [own(new Queue())]), code);
    });
  }
});

Deno.test("test_stderr_flush: what a process printed when it crashed", async () => {
  const crash = await stderrOf("crash");
  assertMatch(crash, /tasks\.ts:\d+:\d+/);
  assertStringIncludes(crash, "Process Crasher:\nError: outer");
  assertStringIncludes(crash, "tasks.ts");
  assertStringIncludes(crash, "[cause]: RangeError: inner");
  assertStringIncludes(await stderrOf("captures"), 'uses "hidden", which is outside of it');
  assertStringIncludes(await stderrOf("captures unseen"), "names `hidden`, which it cannot see");
  assertStringIncludes(await stderrOf("guard"), "this module hates workers");
});

Deno.test("the end of a connection's holder is the end of its file", async () => {
  await leavesNothing(async (own) => {
    const [here, there] = Pipe();
    own(here);
    const process = new Process({ target: t.identity, args: [there] });
    process.start();
    there.close();
    await soon(process.join());
    assertEquals(here.poll(), true);
    await until(() => !process.isAlive());
  });
});
