import { assertEquals, assertStringIncludes } from "@std/assert";
import { Barrier } from "@polycore/sync";
import { JoinableQueue, Pipe, Queue, SimpleQueue } from "@polycore/shm";
import { MaybeEncodingError, partial, Pool, Process, runInExecutor } from "./mod.ts";
import { type RemoteTraceback, task, WorkerPoolExecutor } from "./mod.ts";
import { leavesNothing, type Own, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

/** Something that cannot pass, deep inside. */
const bad = (): unknown => ({ rows: [1, 2, 3, { fn: Symbol("bad") }] });
const IN_BAD = ".rows[3].fn";

/** A hundred inputs of which one is bad: they travel in many chunks. */
const INPUTS = Array.from({ length: 100 }, (_, i) => i === 70 ? bad() : i);
const TUPLES = INPUTS.map((input) => [0, input] as [number, unknown]);

const two = (a: unknown, b: unknown) => [a, b];
const one = (a: unknown) => a;

class WithField extends Process {
  static {
    task(import.meta, this);
  }
  plan: unknown = bad();
  override run(): void {}
}

/** What every call may use. */
interface Means {
  pool: Pool;
  executor: WorkerPoolExecutor;
  queue: Queue;
  own: Own;
}

/** A call that is refused, and the path that its error begins with. */
const refused: [string, (means: Means) => unknown, string][] = [
  ["Process args", () => new Process({ target: two, args: [1, bad()] }).start(), "args[1]"],
  [
    "a partial as target",
    () => new Process({ target: partial(one, bad()) }).start(),
    "target.args[0]",
  ],
  ["fields of a Process", () => new WithField().start(), "this.plan"],
  ["apply", ({ pool }) => pool.apply(two, [1, bad()]), "args[1]"],
  ["applyAsync", ({ pool }) => pool.applyAsync(two, [1, bad()]), "args[1]"],
  ["map", ({ pool }) => pool.map(one, INPUTS), "inputs[70]"],
  ["mapAsync", ({ pool }) => pool.mapAsync(one, new Set(INPUTS)), "inputs[70]"],
  ["starmap", ({ pool }) => pool.starmap(two, TUPLES), "inputs[70][1]"],
  ["starmapAsync", ({ pool }) => pool.starmapAsync(two, TUPLES), "inputs[70][1]"],
  ["imap", ({ pool }) => Array.fromAsync(pool.imap(one, INPUTS, { chunkSize: 7 })), "inputs[70]"],
  [
    "imapUnordered",
    ({ pool }) => Array.fromAsync(pool.imapUnordered(one, INPUTS)),
    "inputs[70]",
  ],
  ["a partial in apply", ({ pool }) => pool.apply(partial(two, bad()), [1]), "fn.args[0]"],
  ["a partial in map", ({ pool }) => pool.map(partial(two, 0), INPUTS), "inputs[70]"],
  ["a partial in imap", ({ pool }) => pool.imap(partial(two, bad()), [1]).next(), "fn.args[0]"],
  ["initargs", () => new Pool(1, { initializer: one, initargs: [bad()] }), "initargs[0]"],
  [
    "a partial as initializer",
    () => new Pool(1, { initializer: partial(one, bad()) }),
    "initializer.args[0]",
  ],
  ["submit", ({ executor }) => executor.submit(two, 1, bad()), "args[1]"],
  ["a partial in submit", ({ executor }) => executor.submit(partial(two, bad()), 1), "fn.args[0]"],
  [
    "map of an executor",
    ({ executor }) => executor.map(one, INPUTS, { chunkSize: 7 }),
    "inputs[70]",
  ],
  ["map with two iterables", ({ executor }) => executor.map(two, INPUTS, INPUTS), "inputs[0][70]"],
  ["map, the second", ({ executor }) => executor.map(two, [1, 2], [0, bad()]), "inputs[1][1]"],
  ["runInExecutor", ({ executor }) => runInExecutor(executor, two, 1, bad()), "args[1]"],
  [
    "initargs of an executor",
    () => new WorkerPoolExecutor({ initializer: one, initargs: [bad()] }),
    "initargs[0]",
  ],
  ["Queue.put", ({ queue }) => queue.put(bad()), "value"],
  ["Queue.putAsync", ({ queue }) => queue.putAsync(bad()), "value"],
  ["Queue.putNowait", ({ queue }) => queue.putNowait(bad()), "value"],
  ["JoinableQueue.put", ({ own }) => own(new JoinableQueue()).put(bad()), "value"],
  ["SimpleQueue.put", ({ own }) => own(new SimpleQueue()).put(bad()), "value"],
  ["Connection.send", ({ own }) => Pipe().map(own)[0]!.send(bad()), "value"],
  [
    "a partial inside data",
    ({ queue }) => queue.put({ f: partial(two, 1, bad()) }),
    "value.f.args[1]",
  ],
  ["a Map", ({ pool }) => pool.apply(one, [new Map([["k", bad()]])]), 'args[0].get("k")'],
  [
    "a Map in a Map",
    ({ pool }) => pool.apply(one, [new Map([[1, new Map([["k", bad()]])]])]),
    'args[0].get(1).get("k")',
  ],
  ["a Set", ({ queue }) => queue.put(new Set([1, bad()])), "value.values().drop(1).next().value"],
  [
    "a key of a Map",
    ({ queue }) => queue.put(new Map([[bad(), 1]])),
    "value.keys().drop(0).next().value",
  ],
];

Deno.test("what cannot pass is named by the path that the caller would write", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(1);
    await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
    const queue = own(new Queue());
    for (const [what, call, path] of refused) {
      const error = await soon(
        (async () => await call({ pool, executor, queue, own }))().then(
          () => new Error("it passed"),
          (error: Error) => error,
        ),
      );
      const begin =
        `${path}${IN_BAD} is a symbol (Symbol(bad)), which cannot pass to another thread`;
      assertEquals(`${what}: ${error.message.slice(0, begin.length)}`, `${what}: ${begin}`);
      assertEquals([error instanceof TypeError, error.name], [true, "DataCloneError"]);
    }
    assertEquals(queue.qsize(), 0);
  });
});

Deno.test("so is a function that uses what is outside of it, and the action of a barrier", () => {
  const hidden = 1;
  const uses = () => hidden;
  const tell =
    'is a function ("uses"), which cannot pass to another thread (only data, shareable ' +
    'objects and tasks can): the function "uses" uses "hidden"';
  const queue = new Queue();
  const cases: [unknown, string][] = [
    [[uses], "value[0]"],
    [{ f: partial(uses) }, "value.f.func"],
    [partial(one, uses), "value.args[0]"],
    [new Barrier(1, { action: uses }), "value.pack()[1]"],
  ];
  for (const [value, path] of cases) {
    let message = "";
    try {
      queue.put(value);
    } catch (error) {
      message = (error as Error).message;
    }
    assertStringIncludes(message, `${path} ${tell}`);
  }
});

Deno.test("a result that cannot pass: the path, and which input it was of", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(2);
    await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
    const make = (i: unknown) => i === 70 ? { rows: [0, { fn: Symbol("bad") }] } : i;
    const numbers = INPUTS.keys();
    const text =
      "Error sending result: '{ rows: [Array] }'. Reason: 'result.rows[1].fn is a symbol";
    await rejects(pool.apply(make, [70]), MaybeEncodingError, text);
    await rejects(executor.submit(make, 70), MaybeEncodingError, text);
    const error = await rejects(pool.map(make, numbers), MaybeEncodingError, text);
    assertEquals((error.cause as RemoteTraceback).index, 70);
  });
});

Deno.test("what is thrown: its fields say where they could not pass", async () => {
  await using pool = new Pool(1);
  const error = await rejects(
    pool.apply(() => {
      const detail = { rows: [0, { fn: Symbol("bad") }], kept: 1 };
      throw Object.assign(new RangeError("too far"), { detail, code: 5 });
    }, []),
    RangeError,
    "too far",
  ) as RangeError & { detail: unknown; code: number };
  assertEquals(error.detail, "[stayed behind: detail.rows[1].fn is a symbol (Symbol(bad))]");
  assertEquals(error.code, 5);
  const thrown = pool.apply(() => {
    throw { rows: [Symbol("bad")] };
  }, []);
  const text =
    "Error sending what was thrown: '{ rows: [Array] }'. Reason: 'error.rows[0] is a symbol";
  await rejects(thrown, MaybeEncodingError, text);
  assertEquals(await soon(pool.apply(t.square, [3])), 9);
});
