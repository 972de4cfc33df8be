/** Pools and executors: a fault at every point of a call's way, and then the next call. */
import { assertEquals, assertThrows } from "@std/assert";
import {
  BrokenExecutorError,
  BrokenPoolError,
  type Executor,
  MaybeEncodingError,
  Pool,
  WorkerDiedError,
  WorkerPoolExecutor,
} from "../mod.ts";
import {
  assertError,
  assertFree,
  cell,
  endFromOutside,
  type Expected,
  inTime,
  jobOf,
  saysOfDeath,
} from "./testing/cells.ts";
import * as f from "./testing/faults.ts";

type Task = (job: f.Job) => unknown;
type Call = (job: f.Job, run: Task) => PromiseLike<unknown>;

/** A pool or an executor, and one way to call it. */
interface Host {
  call: Call;
  /** A call that has to work, or to say why it does not. */
  next(): PromiseLike<unknown>;
  /** Let all calls come to their end. */
  end(): Promise<void>;
  /** End at once, when a test has failed. */
  [Symbol.asyncDispose](): Promise<void>;
}

type Options = { initializer?: Task; initargs?: [f.Job] };

function poolHost(way: (pool: Pool) => Call) {
  return (options: Options = {}): Host => {
    const pool = new Pool(1, options as { initializer?: Task; initargs?: [f.Job] });
    return {
      call: way(pool),
      next: () => pool.apply(f.twice, [21]),
      async end() {
        pool.close();
        await pool.join();
      },
      async [Symbol.asyncDispose]() {
        pool.terminate();
        await pool.join();
      },
    };
  };
}

function executorHost(way: (executor: Executor) => Call) {
  return (options: Options = {}): Host => {
    const executor = new WorkerPoolExecutor({ maxWorkers: 1, ...options });
    return {
      call: way(executor),
      next: async () => await executor.submit(f.twice, 21),
      end: () => executor.shutdown(),
      async [Symbol.asyncDispose]() {
        executor.killWorkers();
        await executor.shutdown();
      },
    };
  };
}

const HOSTS: Record<string, (options?: Options) => Host> = {
  "pool.apply": poolHost((pool) => (job, run) => pool.apply(run, [job])),
  "pool.map": poolHost((pool) => (job, run) => pool.map(run, [job])),
  "pool.starmap": poolHost((pool) => (job, run) => pool.starmap(run, [[job]])),
  "pool.imap": poolHost((pool) => (job, run) => Array.fromAsync(pool.imap(run, [job]))),
  "pool.imapUnordered": poolHost((pool) => (job, run) =>
    Array.fromAsync(pool.imapUnordered(run, [job]))
  ),
  "ExecutorDeadlockTest, executor.submit": executorHost((ex) => async (job, run) =>
    await ex.submit(run, job)
  ),
  "executor.map": executorHost((ex) => async (job, run) =>
    await Array.fromAsync(ex.map(run, [job]))
  ),
};

/** The error of a call in which a fault happens. */
function errorOf(fault: f.Fault, isPool: boolean): Expected {
  if (fault === "throw") return { cls: RangeError, says: ["thrown on purpose"] };
  if (fault === "throw a symbol") return { cls: MaybeEncodingError, says: ["Symbol(on purpose)"] };
  return { cls: isPool ? WorkerDiedError : BrokenExecutorError, says: saysOfDeath(fault) };
}

/** The next call works, unless a worker's death broke the executor; then it says why. */
async function assertNext(host: Host, fault: f.Fault, isPool: boolean): Promise<void> {
  const next = inTime(host.next(), "the next call");
  if (isPool || f.CODES[fault] === undefined) assertEquals(await next, 42);
  else await assertError(next, { cls: BrokenExecutorError, says: saysOfDeath(fault) });
}

const importable = f.FAULTS.filter((fault) =>
  fault !== "ended from outside" && fault !== "process.exit(3)"
);

for (const [name, make] of Object.entries(HOSTS)) {
  const isPool = name.startsWith("pool");

  /** One fault in one call, with whatever task and error. */
  const faulty = (
    title: string,
    fault: f.Fault,
    run: (job: f.Job) => Task | Promise<Task>,
    expected: Expected = errorOf(fault, isPool),
    survives = f.CODES[fault] === undefined,
  ) =>
    cell(`${name}: ${title}`, async (own) => {
      await using host = make();
      const job = jobOf(own, fault);
      const result = host.call(job, await run(job));
      endFromOutside(job);
      await assertError(result, expected);
      await assertNext(host, survives ? "throw" : fault, isPool);
      await host.end();
      assertFree(job);
    });

  for (const fault of importable) {
    faulty(`${fault} when the task's module is imported`, fault, async () => {
      const module = await import(`./testing/import_fault.ts?${encodeURIComponent(fault)}`);
      return module.unreachable;
    });
  }

  for (const fault of f.FAULTS) {
    cell(`${name}: ${fault} in the initializer`, async (own) => {
      const job = jobOf(own, fault);
      await using host = make({ initializer: f.failInTask, initargs: [job] });
      const result = host.call(job, f.twice as never);
      endFromOutside(job);
      const why = f.CODES[fault] === undefined
        ? ["initializer failed", "on purpose"]
        : ["ended before it could work"];
      const broken = { cls: isPool ? BrokenPoolError : BrokenExecutorError, says: why };
      await assertError(result, broken);
      await assertError(inTime(Promise.try(() => host.next()), "the next call"), broken);
      await host.end();
      assertFree(job);
    });

    faulty(`${fault} in the task`, fault, () => f.failInTask);
  }

  for (const fault of f.SYNC_FAULTS) {
    faulty(`${fault} while the result is encoded`, fault, () => f.failInResult, {
      ...errorOf(fault, isPool),
      ...(fault === "throw" ? { cls: MaybeEncodingError } : {}),
    });
    faulty(`${fault} while the task's error is read`, fault, () => f.throwUnreadable, {
      ...errorOf(fault, isPool),
      ...(fault === "throw" ? { cls: Error, says: ["cannot be read"] } : {}),
    });
  }

  for (const fault of ["throw", "exit(3)"] as const) {
    cell(`${name}: ${fault} while the argument is decoded`, async (own) => {
      await using host = make();
      const job = jobOf(own, fault);
      const argument = { ...job, trap: own(new f.Trap(fault, "worker")), lock: job.lock };
      await assertError(host.call(argument, f.ignore), errorOf(fault, isPool));
      await assertNext(host, fault, isPool);
      await host.end();
      assertFree(job);
    });
  }

  faulty("a result that cannot be copied", "throw", () => f.returnUncloneable, {
    cls: MaybeEncodingError,
    says: ["Error sending result", "Symbol(on purpose)"],
  });

  faulty("throw while the result is decoded here", "throw", () => f.returnTrap);

  faulty("a task whose module is missing", "throw", async () => {
    const { missing } = await import("../testing/bad_imports.ts");
    return missing as Task;
  }, { cls: TypeError, says: ["not_there.ts"] });

  cell(`${name}: an argument that cannot be copied, or throws while it is`, async (own) => {
    await using host = make();
    const job = jobOf(own, "throw");
    const bad = (field: object) => async () => await host.call({ ...job, ...field }, f.ignore);
    await assertError(bad({ rows: [Symbol("on purpose")] })(), {
      cls: TypeError,
      says: ["rows[0]"],
    });
    await assertError(bad({ inner: f.getterOf("throw") })(), errorOf("throw", isPool));
    assertEquals(await host.next(), 42);
    await host.end();
    assertFree(job);
  });
}

Deno.test("a broken executor says why at the call, each time with an error of its own", async () => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  await assertError(executor.submit(f.failInTask, { fault: "exit(3)" } as f.Job), {
    cls: BrokenExecutorError,
    says: ["exit code 3", "failInTask"],
  });
  const one = assertThrows(() => executor.submit(f.twice, 1), BrokenExecutorError);
  const two = assertThrows(() => executor.submit(f.twice, 1), BrokenExecutorError);
  assertEquals(one === two, false);
  await executor.shutdown();
});
