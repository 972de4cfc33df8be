/**
 * Each type of the slide's list: a child changes it, the parent sees the change.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const managed = (manager: mp.Manager) => ({
  list: manager.list([1, 2, 3]),
  dict: manager.dict({ a: 1 }) as mp.DictProxy<string, number>,
  namespace: manager.Namespace({ x: 1 }) as mp.NamespaceProxy & { x: number },
  lock: manager.Lock(),
  rlock: manager.RLock(),
  semaphore: manager.Semaphore(2),
  bounded: manager.BoundedSemaphore(2),
  condition: manager.Condition(),
  event: manager.Event(),
  queue: manager.Queue() as mp.Queue<string>,
  value: manager.Value("i", 1),
  array: manager.Array("d", [0, 0]),
});

type Shared = ReturnType<typeof managed>;

/** The child uses every one of them, and keeps the locks until the parent has looked. */
const useAll = mp.task(import.meta, (shared: Shared, looked: mp.Event) => {
  const { list, dict, namespace, lock, rlock, semaphore, bounded, condition } = shared;
  list.push(4);
  dict.set("b", 2);
  namespace.x = 10;
  shared.value.value = 7;
  shared.array[1] = 2.5;
  shared.queue.put("from the child");
  for (const guard of [lock, rlock, semaphore, bounded]) guard.acquire();
  {
    using _ = condition.hold();
    shared.event.set(); // the state that the condition is about
    condition.notify();
  }
  looked.wait();
  for (const guard of [lock, rlock, semaphore, bounded]) guard.release();
});

/** What the parent sees of each type. */
function look(shared: Shared): Record<keyof Shared, string> {
  const gets = (guard: mp.Lock | mp.RLock) => {
    const got = guard.acquire({ timeout: 0 });
    if (got) guard.release();
    return got ? "free" : "held by somebody else";
  };
  return {
    list: shared.list.toArray().join(", "),
    dict: shared.dict.items().map(([key, n]) => `${key}: ${n}`).join(", "),
    namespace: `x = ${shared.namespace.x}`,
    lock: gets(shared.lock),
    rlock: gets(shared.rlock),
    semaphore: `${shared.semaphore.value} free`,
    bounded: `${shared.bounded.value} free`,
    condition: shared.event.isSet() ? "state has come" : "state has not come",
    event: shared.event.isSet() ? "set" : "not set",
    queue: shared.queue.empty() ? "empty" : "one item or more",
    value: String(shared.value.value),
    array: [...shared.array].join(", "),
  };
}

async function run() {
  await using manager = new mp.Manager();
  const shared = managed(manager);
  const before = look(shared);
  const looked = new mp.Event();
  const process = new mp.Process({ target: useAll, args: [shared, looked] });
  process.start();
  {
    using _ = await shared.condition.holdAsync();
    await shared.condition.waitForAsync(() => shared.event.isSet());
  }
  const during = look(shared);
  looked.set();
  await process.join();
  return { before, during, after: look(shared), code: process.exitcode };
}
// #endregion

/** Each type, what the child does with it, and what the parent must see then. */
const kinds: [kind: keyof Shared, type: string, childDoes: string, seen: string][] = [
  ["list", "List", "push(4)", "1, 2, 3, 4"],
  ["dict", "Dict", 'set("b", 2)', "a: 1, b: 2"],
  ["namespace", "Namespace", "x = 10", "x = 10"],
  ["lock", "Lock", "acquire()", "held by somebody else"],
  ["rlock", "RLock", "acquire()", "held by somebody else"],
  ["semaphore", "Semaphore", "acquire()", "1 free"],
  ["bounded", "BoundedSemaphore", "acquire()", "1 free"],
  ["condition", "Condition", "notify()", "state has come"],
  ["event", "Event", "set()", "set"],
  ["queue", "Queue", "put(...)", "one item or more"],
  ["value", "Value", "value = 7", "7"],
  ["array", "Array", "[1] = 2.5", "0, 2.5"],
];

/** The scenario. */
export const scenario: Scenario = {
  id: "manager-types",
  deck: "PNNL",
  slide: "Multiprocessor manager",
  summary: "twelve types that a manager shares, each one used",
  question:
    "A manager lets you share more than scalar values and arrays. Which types are there, and " +
    "does the parent see what a child does to each?",
  takes: {},
  next: "bag-of-words",

  async run(_, print) {
    const { before, during, after, code } = await run();
    print(
      `a child changed ${kinds.length} objects of a manager; the parent looked before and after`,
    );
    const seen = kinds.filter(([kind]) => before[kind] !== during[kind]);
    return {
      found: `${seen.length} of ${kinds.length} types: the change is seen`,
      answer: [
        {
          columns: ["type", "before", "the child", "then the parent sees"],
          rows: kinds.map(([kind, type, does]) => [type, before[kind], does, during[kind]]),
        },
        "When the child has released what it acquired, the parent finds the locks free again.",
      ],
      why: "A manager is a server in a thread of its own that keeps the objects. What the others " +
        "get are proxies: each call travels to the server, is done there, and the answer comes " +
        "back. So a list or dict can change its shape, which memory shared as raw numbers " +
        "cannot; each call costs a message for it. Value and Array are shared memory: faster, " +
        "but of fixed size and numbers only. The locks and the queue are shared memory here " +
        "too; in Python they live in the server.",
      check: [
        {
          claim: "The parent sees every change of the child.",
          holds: kinds.every(([kind, , , seen]) => during[kind] === seen),
        },
        { claim: "Before, every object was different.", holds: seen.length === kinds.length },
        {
          claim: "In the end the locks are free again.",
          holds: (["lock", "rlock", "semaphore", "bounded"] as const)
            .every((kind) => after[kind] === before[kind]),
        },
        { claim: "The child ends with exit code 0.", holds: code === 0 },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
