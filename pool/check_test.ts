import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Lock, Semaphore } from "@polycore/sync";
import { Queue } from "@polycore/shm";
import { EventLoopExecutor, Pool, Process, WorkerPoolExecutor } from "./mod.ts";

// What a Python programmer writes first, and what no type would let through, is told of at the call.

// deno-lint-ignore no-explicit-any
type Any = any;

const same = (x: number) => x;

Deno.test("options by their place, as in Python, are an error that shows the form", () => {
  assertThrows(
    () => new WorkerPoolExecutor(4 as Any),
    TypeError,
    "The options of a WorkerPoolExecutor are 4: give an object, as in { maxWorkers: ... }",
  );
  assertThrows(() => new EventLoopExecutor(4 as Any), TypeError, "as in { maxWorkers: ... }");
  assertThrows(() => new Process("f" as Any), TypeError, "as in { target: ... }");
  assertThrows(() => new Pool(2, same as Any), TypeError, "as in { initializer: ... }");
  assertThrows(
    () => new Pool({ processes: 2 } as Any),
    TypeError,
    "The number of processes is { processes: 2 }: give a whole number first",
  );
});

Deno.test("an option that is not known is an error that names those that are", () => {
  assertThrows(
    () => new Process({ target: same, kwargs: { x: 1 } } as Any),
    TypeError,
    'a Process has no option "kwargs": it has target, args, name, daemon. Give an object',
  );
  assertThrows(() => new Pool(1, { maxtasksperchild: 1 } as Any), TypeError, "maxTasksPerChild");
  assertThrows(() => new WorkerPoolExecutor({ max_workers: 1 } as Any), TypeError, "maxWorkers");
});

Deno.test("a chunk size by its place is an error", async () => {
  await using pool = new Pool(1);
  await assertRejects(() => pool.map(same, [1], 10 as Any), TypeError, "as in { chunkSize: ... }");
  await assertRejects(() => pool.apply(same, [1], { x: 1 } as Any), TypeError, 'no option "x"');
  assertThrows(() => pool.imap(same, [1], 10 as Any), TypeError, "as in { chunkSize: ... }");
  assertThrows(() => pool.applyAsync(same, [1], same as Any), TypeError, "as in { callback: ... }");
  assertEquals(await pool.map(same, [1]), [1]);
});

Deno.test("block and timeout by their place are an error, also of what is free", () => {
  const lock = new Lock();
  assertThrows(() => lock.acquire(false as Any), TypeError, "The options are false");
  assertThrows(() => lock.acquire(5 as Any), TypeError, "{ timeout: 100 }");
  assertEquals(lock.locked, false);
  assertThrows(
    () => new Semaphore(1).acquire(false as Any),
    TypeError,
    "{ timeout: 0 } to try once",
  );
  const queue = new Queue<number>();
  queue.put(1);
  assertThrows(() => (queue.get as Any)(true, 1), TypeError, "The options are true");
  assertEquals(queue.get(), 1);
});
