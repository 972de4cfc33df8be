/** Where it went wrong: every error of a task names the function, the input and the worker. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Pool, RemoteTraceback, WorkerDiedError, WorkerPoolExecutor } from "./mod.ts";
import { MaybeEncodingError, partial } from "./mod.ts";
import { leavesNothing, rejects } from "./testing/helpers.ts";

const inputs = Array.from({ length: 100 }, (_, i) => i);

const failsAt57 = (x: number) => {
  if (x === 57) throw new RangeError(`no ${x}`);
  return x;
};

const failsLaterAt57 = async (x: number) => {
  await undefined;
  if (x === 57) throw new RangeError(`no ${x}`);
  return x;
};

const diesAt57 = (x: number) => x === 57 ? Deno.exit(7) : x;

const uncloneableAt57 = (x: number) => x === 57 ? { rows: [Symbol("s")] } : x;

/** The calls over many inputs, each with chunks of a size. */
const CALLS: Record<
  string,
  (
    pool: Pool,
    ex: WorkerPoolExecutor,
    f: (x: number) => unknown,
    chunkSize: number,
  ) => PromiseLike<unknown>
> = {
  "map": (pool, _, f, chunkSize) => pool.map(f, inputs, { chunkSize }),
  "map of a partial": (pool, _, f, chunkSize) => pool.map(partial(f), inputs, { chunkSize }),
  "starmap": (pool, _, f, chunkSize) => pool.starmap(f, inputs.map((x) => [x]), { chunkSize }),
  "imap": (pool, _, f, chunkSize) => Array.fromAsync(pool.imap(f, inputs, { chunkSize })),
  "imapUnordered": (pool, _, f, chunkSize) =>
    Array.fromAsync(pool.imapUnordered(f, inputs, { chunkSize })),
  "executor.map": (_, ex, f, chunkSize) => Array.fromAsync(ex.map(f, inputs, { chunkSize })),
};

function assertPlace(error: Error, fn: RegExp, index: number | undefined) {
  const { cause } = error;
  assert(cause instanceof RemoteTraceback, String(cause));
  assertEquals(cause.index, index);
  assert(fn.test(cause.task!), cause.task);
  assert(/^PoolWorker-\d+$/.test(cause.worker), cause.worker);
  const input = index === undefined ? "" : ` with input ${index}`;
  assertStringIncludes(cause.message, `in ${cause.worker}, which ran ${cause.task}${input}\n`);
}

for (const [name, call] of Object.entries(CALLS)) {
  Deno.test(`${name} over 100 inputs, item 57 fails: the error says so, whatever the chunks are`, () =>
    leavesNothing(async () => {
      await using pool = new Pool(2);
      await using executor = new WorkerPoolExecutor({ maxWorkers: 2 });
      for (const chunkSize of [1, 8, 100]) {
        for (const f of [failsAt57, failsLaterAt57]) {
          const error = await rejects(call(pool, executor, f, chunkSize), RangeError, "no 57");
          assertPlace(error, new RegExp(f.name), 57);
        }
        const error = await rejects(
          call(pool, executor, uncloneableAt57, chunkSize),
          MaybeEncodingError,
          "result.rows[0]",
        );
        assertPlace(error, /uncloneableAt57/, 57);
      }
    }));
}

Deno.test("apply and submit: the function and the worker, and no index", () =>
  leavesNothing(async () => {
    await using pool = new Pool(1);
    await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
    const calls = [pool.apply(failsAt57, [57]), executor.submit(failsAt57, 57)];
    for (const call of calls) {
      assertPlace(await rejects(call, RangeError, "no 57"), /failsAt57/, undefined);
    }
  }));

Deno.test("a worker that dies at an input: its error names the input too", () =>
  leavesNothing(async () => {
    await using pool = new Pool(2);
    for (const chunkSize of [1, 8, 100]) {
      await rejects(
        pool.map(diesAt57, inputs, { chunkSize }),
        WorkerDiedError,
        "exit code 7 while it ran diesAt57 with input 57.",
      );
    }
    await rejects(pool.apply(diesAt57, [57]), WorkerDiedError, "while it ran diesAt57.");
  }));
