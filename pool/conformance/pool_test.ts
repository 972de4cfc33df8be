import { assertEquals } from "@std/assert";
import { Pool, task } from "../mod.ts";
import { untilCollected } from "../testing/collected.ts";
import { soon } from "../testing/helpers.ts";
import { identity } from "../testing/tasks.ts";

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
