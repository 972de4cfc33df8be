/** Managers: a fault at every point of a call's way to the server and back, and then the next call. */
import { assertEquals, assertThrows } from "@std/assert";
import { activeChildren, Manager, ManagerError, MaybeEncodingError } from "../mod.ts";
import type { Own } from "../testing/helpers.ts";
import {
  assertError,
  assertFree,
  cell,
  endFromOutside,
  type Expected,
  inTime,
  jobOf,
} from "./testing/cells.ts";
import * as f from "./testing/faults.ts";
import { Faulty, FaultyManager } from "./testing/faulty_manager.ts";

/** The ways to call: blocking this thread, and awaiting. */
const WAYS = ["blocking", "awaiting"] as const;
type Way = typeof WAYS[number];

const ENDED: Expected = { cls: ManagerError, says: ["server", "has ended"] };

/** The error of a call in which a fault happens. */
function errorOf(fault: f.Fault): Expected {
  if (fault === "throw") return { cls: RangeError, says: ["thrown on purpose"] };
  if (fault === "throw a symbol") return { cls: MaybeEncodingError, says: ["Symbol(on purpose)"] };
  return ENDED;
}

const serverOf = (manager: Manager) =>
  activeChildren().find((process) => process.name === manager.server)!;

type Method = "fail" | "failInResult" | "uncloneable" | "trap" | "ignore";

function setUp(own: Own, fault: f.Fault) {
  const manager = own(new FaultyManager());
  const object = own(manager.create(Faulty));
  const call = async (way: Way, method: Method, argument: unknown): Promise<unknown> =>
    way === "blocking"
      ? (object[method] as (x: unknown) => unknown)(argument)
      : await (object[`${method}Async`] as (x: unknown) => Promise<unknown>)(argument);
  return {
    manager,
    object,
    call,
    job: jobOf(own, fault),
    [Symbol.asyncDispose]: () => manager.shutdownAsync(),
  };
}

/** The next call works, also on other objects, unless the server has ended; then it says so. */
async function assertNext({ manager, call }: ReturnType<typeof setUp>, ends: boolean, own: Own) {
  const next = inTime(call("awaiting", "ignore", 1), "the next call");
  if (ends) {
    await assertError(next, ENDED);
    assertThrows(() => manager.list(), ManagerError, "has ended");
    await manager.shutdownAsync();
    const other = own(new FaultyManager()), list = own(other.list([1]));
    assertEquals(list.length, 1);
    await other.shutdownAsync();
  } else {
    assertEquals(await next, "ignored");
    assertEquals(own(manager.list([1])).length, 1);
  }
}

for (const way of WAYS) {
  const faulty = (
    title: string,
    fault: f.Fault,
    method: Method,
    expected: Expected = errorOf(fault),
  ) =>
    cell(`Manager, ${way}: ${title}`, async (own) => {
      await using set = setUp(own, fault);
      const result = set.call(way, method, set.job);
      endFromOutside(set.job);
      await assertError(result, expected);
      await assertNext(set, f.CODES[fault] !== undefined, own);
      assertFree(set.job);
    });

  for (const fault of f.FAULTS) {
    // A blocked main thread could not end the server.
    if (fault === "ended from outside" && way === "blocking") continue;
    faulty(`${fault} in the method`, fault, "fail");
  }

  for (const fault of f.SYNC_FAULTS) {
    faulty(`${fault} while the result is encoded`, fault, "failInResult", {
      ...errorOf(fault),
      ...(fault === "throw" ? { cls: Error } : {}),
    });
  }

  faulty("a result that cannot be copied", "throw", "uncloneable", {
    cls: Error,
    says: ["Symbol(on purpose)"],
  });

  faulty("throw while the result is decoded here", "throw", "trap");

  for (const fault of ["throw", "exit(3)"] as const) {
    cell(`Manager, ${way}: ${fault} while the argument is decoded`, async (own) => {
      await using set = setUp(own, fault);
      const argument = { trap: own(new f.Trap(fault, "worker")), lock: set.job.lock };
      await assertError(set.call(way, "ignore", argument), ENDED); // nobody knows whose call it was
      await assertNext(set, true, own);
      assertFree(set.job);
    });
  }

  cell(`Manager, ${way}: an argument that cannot be copied, or throws while it is`, async (own) => {
    await using set = setUp(own, "throw");
    const bad = (x: unknown) => set.call(way, "ignore", { lock: set.job.lock, x });
    await assertError(bad([Symbol("on purpose")]), { cls: TypeError, says: ["x[0]"] });
    await assertError(bad(f.getterOf("throw")), errorOf("throw"));
    await assertNext(set, false, own);
    assertFree(set.job);
  });
}

for (const fault of f.FAULTS) {
  cell(`Manager: ${fault} in its initializer`, async (own) => {
    const job = jobOf(own, fault);
    const manager = own(new Manager({ initializer: f.failInTask, initargs: [job] }));
    const list = own(manager.list([1])), popped = list.popAsync();
    endFromOutside(job);
    await assertError(popped, { cls: ManagerError, says: ["server"] });
    await assertError(inTime(list.popAsync(), "the next call"), {
      cls: ManagerError,
      says: ["server"],
    });
    await manager.shutdownAsync();
    assertFree(job);
  });
}

for (const how of ["terminate", "kill"] as const) {
  cell(`Manager: its server is ended by ${how} while it is asked`, async (own) => {
    await using set = setUp(own, "ended from outside");
    const result = set.call("awaiting", "fail", set.job);
    await set.job.begun.waitAsync();
    const server = serverOf(set.manager);
    server[how]();
    await assertError(result, ENDED);
    await inTime(server.join(), "the end of the server");
    await assertNext(set, true, own);
    assertFree(set.job);
  });
}
