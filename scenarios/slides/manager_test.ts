/**
 * The slides on managers.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals } from "@std/assert";

type Shared = {
  list: mp.ListProxy<number>;
  dict: mp.DictProxy<string, number>;
  namespace: mp.NamespaceProxy & { name: string };
  lock: mp.Lock;
  rlock: mp.RLock;
  semaphore: mp.Semaphore;
  bounded: mp.BoundedSemaphore;
  condition: mp.Condition;
  event: mp.Event;
  queue: mp.Queue<string>;
  value: mp.Value<"i">;
  array: mp.Array<"d">;
};

const useAll = mp.task(import.meta, (shared: Shared) => {
  const { lock, rlock, semaphore, bounded, condition } = shared;
  for (const guard of [lock, rlock, semaphore, bounded]) {
    guard.acquire();
    guard.release();
  }
  shared.list.push(4);
  shared.dict.set("b", 2);
  shared.namespace.name = "changed";
  shared.value.value += 1;
  shared.array[1] = 2.5;
  shared.queue.put("from the child");
  using _ = condition.hold();
  shared.event.set();
  condition.notify();
});

Deno.test("PNNL, Multiprocessor manager: every kind of object that a manager shares", async () => {
  await using manager = new mp.Manager();
  const shared: Shared = {
    list: manager.list([1, 2, 3]),
    dict: manager.dict({ a: 1 }),
    namespace: manager.Namespace({ name: "set here" }),
    lock: manager.Lock(),
    rlock: manager.RLock(),
    semaphore: manager.Semaphore(1),
    bounded: manager.BoundedSemaphore(1),
    condition: manager.Condition(),
    event: manager.Event(),
    queue: manager.Queue(),
    value: manager.Value("i", 1),
    array: manager.Array("d", [0, 0]),
  };
  const p = new mp.Process({ target: useAll, args: [shared] });
  p.start();
  {
    using _ = await shared.condition.holdAsync();
    await shared.condition.waitForAsync(() => shared.event.isSet());
  }
  await p.join();
  assertEquals(p.exitcode, 0);
  assertEquals(shared.list.toArray(), [1, 2, 3, 4]);
  assertEquals(shared.dict.items(), [["a", 1], ["b", 2]]);
  assertEquals(shared.namespace.name, "changed");
  assertEquals([shared.value.value, shared.array[1]], [2, 2.5]);
  assertEquals(shared.queue.get(), "from the child");
});

const article =
  "It was the age of wisdom, it was the age of foolishness; it was the epoch of belief." +
  "It was - so it was said: the winter of despair";

type Bag = mp.DictProxy<string, number>;

const bagOfWords = mp.task(
  import.meta,
  (line: string, lock: mp.Lock, bag: Bag, delims: mp.ListProxy<string>) => {
    const myDict = new Map<string, number>();
    for (const d of delims) line = line.replaceAll(d, " ");
    for (const word of line.split(/\s+/).filter((word) => word !== "")) {
      myDict.set(word, (myDict.get(word) ?? 0) + 1);
    }
    lock.acquire();
    // Python's bag[key] throws where there is no such key; `get` gives what it is told.
    for (const [key, value] of myDict) bag.set(key, bag.get(key, 0) + value);
    lock.release();
  },
);

Deno.test("PNNL, Bag_of_Words: a dict, a lock and a list of a manager count the words of each line", async () => {
  const lines = article.split(".");
  const processes: mp.Process[] = [];
  await using manager = new mp.Manager();
  const bag: Bag = manager.dict();
  const lock = manager.Lock();
  const delims = manager.list([" ", ",", ";", ":", "-", "."]);
  for (const line of lines) {
    const p = new mp.Process({ target: bagOfWords, args: [line, lock, bag, delims] });
    processes.push(p);
    p.start();
  }
  for (const p of processes) await p.join();
  const words = article.split(/[ ,;:.-]+/);
  const expected = Object.groupBy(words, (word) => word);
  assertEquals(bag.size, Object.keys(expected).length);
  for (const [word, all] of Object.entries(expected)) {
    assertEquals(bag.get(word), all!.length, word);
  }
  assertEquals([bag.get("was"), bag.get("It"), bag.get("winter")], [5, 2, 1]);
});

const note = mp.task(import.meta, (names: mp.ListProxy<string>) => {
  names.push(mp.currentProcess().name);
});

Deno.test("Firenze, Shared memory: objects of a manager, handled by other processes", async () => {
  const names: string[] = [];
  let p: mp.Process;
  {
    await using manager = new mp.Manager();
    const list = manager.list<string>();
    for (const name of ["first", "second"]) {
      p = new mp.Process({ target: note, args: [list], name });
      p.start();
      await p.join();
    }
    // The server is a process of its own.
    assert(mp.activeChildren().some((child) => child.name.startsWith("Manager")));
    names.push(...list);
  }
  assertEquals(names, ["first", "second"]);
  assertEquals(mp.activeChildren(), []);
});
