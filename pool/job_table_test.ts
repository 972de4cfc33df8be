import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { JobTable, type PoolTask } from "./job_table.ts";

function makeTask(): PoolTask {
  return { id: 0, settle: () => {}, fn: "f" };
}

Deno.test("a task is taken out once, by its number", () => {
  const table = new JobTable();
  const task = makeTask();
  const id = table.add(task);
  assertEquals([table.size, task.id], [1, id]);
  assertStrictEquals(table.take(id), task);
  assertEquals([table.take(id), table.take(id + 1024), table.size], [undefined, undefined, 0]);
});

Deno.test("the table grows with the tasks that are under way", () => {
  const table = new JobTable();
  const tasks = Array.from({ length: 5000 }, makeTask);
  const ids = tasks.map((task) => table.add(task));
  assertEquals([new Set(ids).size, table.size], [5000, 5000]);
  ids.forEach((id, i) => assertStrictEquals(table.take(id), tasks[i]));
});

Deno.test("one long task among many short ones keeps its number and costs no room", () => {
  const table = new JobTable();
  const long = makeTask();
  const longId = table.add(long);
  for (let i = 0; i < 5000; i++) {
    const id = table.add(makeTask());
    assert(id !== longId && table.take(id) !== undefined);
  }
  assertStrictEquals(table.take(longId), long);
});

Deno.test("all tasks are taken out together", () => {
  const table = new JobTable();
  const tasks = [makeTask(), makeTask()];
  for (const task of tasks) table.add(task);
  assertEquals(new Set(table.takeAll()), new Set(tasks));
  assertEquals([table.size, table.takeAll()], [0, []]);
});
