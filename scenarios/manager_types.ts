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

/** Each type, what the child does with it, what the parent looks at, and what it must see then. */
const kinds: [type: string, does: string, look: (shared: Shared) => string, seen: string][] = [
  ["List", "push(4)", ({ list }) => list.toArray().join(" "), "1 2 3 4"],
  ["Dict", 'set("b", 2)', ({ dict }) => dict.items().join(" "), "a,1 b,2"],
  ["Namespace", "x = 10", ({ namespace }) => `x = ${namespace.x}`, "x = 10"],
  ["Lock", "acquire()", ({ lock }) => gets(lock), "held by somebody else"],
  ["RLock", "acquire()", ({ rlock }) => gets(rlock), "held by somebody else"],
  ["Semaphore", "acquire()", ({ semaphore }) => `${semaphore.value} free`, "1 free"],
  ["BoundedSemaphore", "acquire()", ({ bounded }) => `${bounded.value} free`, "1 free"],
  ["Condition", "notify()", ({ event }) => event.isSet() ? "its state" : "not yet", "its state"],
  ["Event", "set()", ({ event }) => event.isSet() ? "set" : "not set", "set"],
  ["Queue", "put(...)", ({ queue }) => queue.empty() ? "empty" : "some", "some"],
  ["Value", "value = 7", ({ value }) => String(value.value), "7"],
  ["Array", "[1] = 2.5", ({ array }) => [...array].join(" "), "0 2.5"],
];

const look = (shared: Shared) => kinds.map(([, , look]) => look(shared));

function gets(guard: mp.Lock | mp.RLock): string {
  if (!guard.acquire({ timeout: 0 })) return "held by somebody else"; // only tries
  guard.release();
  return "free";
}

async function run() {
  await using manager = new mp.Manager(); // <- a worker that holds what it makes
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
    const seen = during.filter((found, i) => found !== before[i]);
    return {
      found: `${seen.length} of ${kinds.length} types: the change is seen`,
      answer: [
        {
          columns: ["type", "before", "the child", "then the parent sees"],
          rows: kinds.map(([type, does], i) => [type, before[i]!, does, during[i]!]),
        },
        "When the child has released what it acquired, the parent finds the locks free again.",
      ],
      why: "A manager is a server in a thread of its own that keeps the objects. What the others " +
        "get are proxies: each call travels to the server, is done there, and the answer comes " +
        "back. So a list or dict can change its shape; each call costs a message for it. Value " +
        "and Array are shared memory, faster and of fixed size; here so are the locks and the " +
        "queue, which in Python live in the server.",
      check: [
        {
          claim: "The parent sees every change of the child.",
          holds: kinds.every(([, , , seen], i) => during[i] === seen),
        },
        { claim: "Before, every object was different.", holds: seen.length === kinds.length },
        {
          claim: "In the end the locks are free again.",
          holds: kinds.every(([, does], i) => does !== "acquire()" || after[i] === before[i]),
        },
        { claim: "The child ends with exit code 0.", holds: code === 0 },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
