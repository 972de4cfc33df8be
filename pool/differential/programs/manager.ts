/**
 * What a manager holds, from here and from another thread.
 *
 * @module
 */

import type { Event, Lock } from "@polycore/sync";
import type { Queue } from "@polycore/shm";
import { type DictProxy, type ListProxy, Manager, Process, task } from "../../mod.ts";
import { line, range, tell } from "./report.ts";

const KEYS = ["a", "b", "", "1", 1, 2, -1, 0.5];

type Space = { x: number; text?: string };

const change = task(
  import.meta,
  (numbers: ListProxy<number>, table: DictProxy<string, unknown>, space: Space) => {
    numbers.push(4);
    numbers[0]! += 10;
    table.set("new", [1, 2]);
    table.set("count", table.get("count") as number + 1);
    space.x += 1;
    space.text = "from the child";
  },
);

const take = task(
  import.meta,
  (queue: Queue<number | null>, results: ListProxy<number>, event: Event, lock: Lock) => {
    event.wait();
    using _ = lock.hold();
    for (let item; (item = queue.get()) !== null;) results.push(item * 2);
  },
);

function lists(manager: Manager): void {
  for (const n of range(4)) {
    const numbers = manager.list(range(n));
    line(`list of ${n}`, [numbers.length, numbers.slice(), [...numbers]]);
    for (const i of range(4)) {
      tell(`list of ${n}, get ${i}`, () => numbers[i]);
      tell(`list of ${n}, set ${i}`, () => void (numbers[i] = i * 10));
    }
    line(`list of ${n}, then`, numbers.slice());
    for (const begin of [undefined, -2, 0, 1]) {
      for (const end of [undefined, -1, 1, 9]) {
        line(`list of ${n}, ${begin ?? "None"} to ${end ?? "None"}`, numbers.slice(begin, end));
      }
    }
  }
  const numbers = manager.list([3, 1, 2]);
  line("append", [void numbers.push(5), numbers.slice()]);
  line("extend", [void numbers.push(7, 6), numbers.slice()]);
  line("pop", [numbers.pop(), numbers.slice()]);
  line("pop the first", [numbers.shift(), numbers.slice()]);
  line("insert", [void numbers.splice(1, 0, 9), numbers.slice()]);
  line("sort", [numbers.sort(), numbers.slice()]);
  line("reverse", [numbers.reverse(), numbers.slice()]);
  line("in", [numbers.includes(9), numbers.includes(100)]);
  line("index and count", [numbers.indexOf(9), numbers.filter((x) => x === 9).length]);
  line("remove two", [void numbers.splice(1, 2), numbers.slice()]);
  const mixed = manager.list([1, "two", null, true, 2.5, [3, [4]], { five: 6 }]);
  line("any values", mixed.slice());
  (mixed[5] as unknown[]).push("lost");
  line("a list inside is a copy", mixed[5]);
  const inner = manager.list([1]);
  const outer = manager.list([inner]);
  inner.push(2);
  outer[0]!.push(3);
  line("a proxy inside is live", [inner.slice(), outer[0]!.slice(), outer.length]);
}

function dicts(manager: Manager): void {
  const table = manager.dict<string | number, unknown>();
  const copy = Object.fromEntries(table.copy());
  line("an empty dict", [table.size, table.keys(), table.values(), table.items(), copy]);
  tell("popitem of an empty dict", () => table.popItem());
  for (const [i, key] of KEYS.entries()) {
    const before = [table.has(key), table.get(key), table.get(key, "none")];
    const set = [table.setDefault(key, i), table.setDefault(key, 100)];
    line(`key ${i}`, [...before, ...set, table.has(key), table.size]);
  }
  line("keys", table.keys());
  line("values", table.values());
  line("items", table.items());
  for (const [i, key] of KEYS.slice(0, 4).entries()) {
    line(`pop ${i}`, [table.pop(key), table.pop(key, "gone"), table.has(key), table.size]);
    tell(`pop ${i} again`, () => table.pop(key));
  }
  line("popitem", [table.popItem(), table.keys()]);
  line("update", [table.update({ x: 1, y: [2] }), table.items()]);
  table.set("x", 5);
  line("set again", table.items());
  (table.get("y") as unknown[]).push("lost");
  line("a list in a dict is a copy", table.get("y"));
  table.set("deep", manager.dict({ a: 1 }));
  (table.get("deep") as DictProxy<string, number>).set("b", 2);
  line("a dict in a dict is live", (table.get("deep") as DictProxy<string, number>).items());
  tell("a list as a key", () => table.set([1] as never, 1));
  line("clear", [table.clear(), table.size, table.keys()]);
  line("a dict of pairs", manager.dict([["p", 1], ["q", 2], ["p", 3]] as const).items());
}

function others(manager: Manager): void {
  const space = manager.Namespace<{ x: number; y: string; z?: unknown[] }>({ x: 1, y: "two" });
  line("Namespace", [space.x, space.y, "x" in space, "z" in space]);
  space.z = [3];
  space.x += 1;
  line("Namespace, changed", [space.x, space.z, "z" in space]);
  space.z!.push("lost");
  line("Namespace, a list is a copy", space.z);
  delete space.z;
  line("Namespace, deleted", "z" in space);
  const queue = manager.Queue<unknown>(2);
  const puts = [queue.empty(), queue.put(1), queue.put("x")];
  line("Queue", [...puts, queue.full(), queue.qsize()]);
  tell("Queue is full", () => queue.put(3, { timeout: 0 }));
  line("Queue, get", [queue.get(), queue.get(), queue.empty()]);
  tell("Queue is empty", () => queue.get({ timeout: 0 }));
  tell("Queue is empty for a time", () => queue.get({ timeout: 2 }));
  const event = manager.Event();
  const first = [event.isSet(), event.wait({ timeout: 2 }), event.set(), event.isSet()];
  line("Event", [...first, event.wait(), event.clear(), event.isSet()]);
  const at = (timeout: number) => ({ timeout });
  const semaphore = manager.Semaphore(1);
  const entered = [semaphore.acquire(at(0)), semaphore.acquire(at(0)), semaphore.release()];
  line("Semaphore", [...entered, semaphore.acquire(at(0))]);
  const bounded = manager.BoundedSemaphore(1);
  tell("BoundedSemaphore, one release too many", () => bounded.release());
  const lock = manager.Lock();
  const held = [lock.acquire(), lock.acquire(at(0)), lock.release()];
  line("Lock", [...held, lock.acquire(at(0))]);
}

async function between(manager: Manager): Promise<void> {
  const numbers = manager.list([1, 2, 3]);
  const table = manager.dict<string, unknown>({ count: 0 });
  const space = manager.Namespace<Space>({ x: 1 });
  for (const _ of range(2)) {
    const process = new Process({ target: change, args: [numbers, table, space] });
    process.start();
    await process.join();
    const now = [numbers.slice(), table.items(), space.x, space.text];
    line("changed by another process", [process.exitcode, ...now]);
  }
  const queue = manager.Queue<number | null>(), results = manager.list<number>();
  const event = manager.Event(), lock = manager.Lock();
  const process = new Process({ target: take, args: [queue, results, event, lock] });
  process.start();
  for (const i of range(5)) queue.put(i);
  queue.put(null);
  event.set();
  await process.join();
  line("taken by another process", [process.exitcode, results.slice(), queue.empty()]);
}

if (import.meta.main) {
  using manager = new Manager();
  lists(manager);
  dicts(manager);
  others(manager);
  await between(manager);
}
