/**
 * What the servers and workers of the tests of managers run.
 *
 * @module
 */

import { Event } from "@polycore/sync";
import type { Barrier, BoundedSemaphore, Condition, Lock, RLock, Semaphore } from "@polycore/sync";
import type { JoinableQueue, Queue, SharedArray, Value } from "@polycore/shm";
import {
  currentProcess,
  type DictProxy,
  exit,
  type ListProxy,
  Manager,
  type NamespaceProxy,
  type PoolProxy,
  type RemoteObject,
  type SetProxy,
  task,
} from "../../mod.ts";

/** CPython's `FooBar`. */
export class FooBar {
  static {
    task(import.meta, this);
  }

  f(): string {
    return "f()";
  }

  g(): never {
    throw new RangeError("g()");
  }

  _h(): string {
    return "_h()";
  }
}

/** CPython's `baz`: what it gives is iterated in the server. */
export const baz = task(import.meta, function* baz() {
  for (let i = 0; i < 10; i++) yield i * i;
});

/** CPython's `MyManager`. */
export class MyManager extends Manager {
  static {
    this.register("Foo", FooBar);
    this.register("Bar", FooBar, { exposed: ["f", "_h"] });
    this.register("baz", baz);
  }
}

/** An object of every sort of behaviour. */
export class Studio {
  static {
    task(import.meta, this);
  }

  readonly #released: Event | undefined;
  readonly #scores = new Map([["a", 1]]);

  constructor(released?: Event, fail = false) {
    if (fail) throw new TypeError("no such studio");
    this.#released = released;
  }

  async waitFor(event: Event): Promise<string> {
    await event.waitAsync();
    return "it happened";
  }

  dispose(): string {
    return "not the proxy's own";
  }

  scoresAsync(): string {
    return "not the second form of scores";
  }

  uncloneable(): unknown {
    return { deep: [Symbol("x")] };
  }

  scores(): [string, number][] {
    return [...this.#scores];
  }

  throwNothing(): string {
    return "nothing";
  }

  throwText(): never {
    throw "just text";
  }

  exitNow(): never {
    exit(3);
  }

  /** Uses a list of the same server from within. */
  append(list: ListProxy<unknown>, value: unknown): number {
    list.push(value);
    return list.length;
  }

  [Symbol.dispose](): void {
    this.#released?.set();
  }
}

/** A manager with types of its own. */
export class StudioManager extends Manager {
  static {
    this.register("Studio", Studio, { methodToTypeid: { scores: "dict" } });
    this.register("Given", undefined, { exposed: ["at", "missing"] });
  }
}

export const setEvent = task(import.meta, (event: Event, ...more: unknown[]) => {
  event.set();
  return more;
});

export const failToStart = task(import.meta, () => {
  throw new RangeError("the database is closed");
});

export const initNamespace = task(
  import.meta,
  (ns: NamespaceProxy & { test: number; where?: string }) => {
    ns.test += 1;
    ns.where = currentProcess().name;
  },
);

export const readKey = task(import.meta, (dict: DictProxy<string, unknown>, key: string) => {
  return dict.get(key);
});

/** Adds one to a key, many times, in two calls under a lock. */
export const countUnder = task(
  import.meta,
  (lock: Lock, dict: DictProxy<string, number>, times: number) => {
    for (let i = 0; i < times; i++) {
      using _ = lock.hold();
      dict.set("count", dict.get("count", 0) + 1);
    }
  },
);

/** Reads, waits until all have read, and writes: every update but one is lost. */
export const loseUpdate = task(import.meta, (dict: DictProxy<string, number>, all: Barrier) => {
  const seen = dict.get("count", 0);
  all.wait();
  dict.set("count", seen + 1);
});

/** CPython's `_TestContainers` from a child: changes each container that it is given. */
export const changeAll = task(
  import.meta,
  (
    list: ListProxy<number>,
    dict: DictProxy<string, number>,
    set: SetProxy<string>,
    ns: NamespaceProxy & { x: number },
  ) => {
    list.push(4);
    list[0] = 10;
    dict.set("child", 1);
    set.add("child");
    ns.x += 1;
  },
);

/** CPython's `TestSyncManagerTypes`: uses each type in a child as it is used there. */
export const use = {
  Event: task(import.meta, (event: Event) => event.set()),
  Lock: task(import.meta, (lock: Lock) => lock.acquire()),
  RLock: task(import.meta, (lock: RLock, done: Event) => {
    lock.acquire();
    lock.acquire();
    lock.release();
    lock.release();
    done.set();
  }),
  Semaphore: task(import.meta, (semaphore: Semaphore) => semaphore.acquire()),
  BoundedSemaphore: task(import.meta, (semaphore: BoundedSemaphore) => semaphore.acquire()),
  Condition: task(import.meta, (condition: Condition, waiting: Event, done: Event) => {
    using _ = condition.hold();
    waiting.set();
    condition.wait();
    done.set();
  }),
  Barrier: task(import.meta, (barrier: Barrier) => barrier.wait()),
  Queue: task(import.meta, (queue: Queue) => queue.put(queue.get())),
  JoinableQueue: task(import.meta, (queue: JoinableQueue) => {
    queue.get();
    queue.taskDone();
  }),
  Value: task(import.meta, (value: Value<"i">) => value.value += 1),
  Array: task(import.meta, (array: SharedArray<"i">) => array[0] = 1),
  list: task(import.meta, (list: ListProxy<string>) => list.push("from the child")),
  dict: task(import.meta, (dict: DictProxy<string, string>) => dict.set("child", "was here")),
  Set: task(import.meta, (set: SetProxy<string>) => set.add("child")),
  Namespace: task(import.meta, (ns: NamespaceProxy & { x: number }) => ns.x = 1),
  Pool: task(import.meta, async (pool: PoolProxy, results: Queue) => {
    results.put(await pool.map(double, [1, 2, 3]));
  }),
};

export const add = task(import.meta, function add(a: number, b: number) {
  return a + b;
});

export const doubleBut3 = task(import.meta, (x: number) => {
  if (x === 3) throw new RangeError("no double of 3");
  return 2 * x;
});

/** Waits until it is told to stop. */
export const nothingEver = task(import.meta, () => {
  new Event().wait();
});

export const double = task(import.meta, (x: number) => 2 * x);

let initialized: unknown;

export const keep = task(import.meta, (value: unknown) => initialized = value);

export const readKept = task(import.meta, (key: string) => {
  return (initialized as DictProxy<string, unknown>).get(key);
});

export const passOn = task(import.meta, (proxy: RemoteObject, queue: Queue) => {
  queue.put({ nested: [proxy] });
  return new Map([["proxy", proxy]]);
});

/** Goes on calling until the manager is gone, and tells how that was. */
export const callUntilGone = task(
  import.meta,
  (list: ListProxy<number>, begun: Event, told: Queue<string>) => {
    try {
      for (;;) {
        list.push(1);
        begun.set();
      }
    } catch (error) {
      told.put(`${(error as Error).name}: ${(error as Error).message}`);
    }
  },
);

/** Makes a manager of its own, in this worker. */
export const ownManager = task(import.meta, async (results: Queue) => {
  await using manager = new Manager();
  const list = manager.list([1, 2]);
  list.push(3);
  results.put([list.toArray(), await list.lengthAsync()]);
});

export const makeList = task(import.meta, (manager: Manager, items: unknown[]) => {
  return manager.list(items);
});

export const makeStudio = task(import.meta, (manager: Manager) => manager.create(Studio));

export const compareText = task(import.meta, (a: string, b: string) => {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
});

export const appendInChild = task(import.meta, (list: ListProxy<number>, value: number) => {
  list.push(value);
});
