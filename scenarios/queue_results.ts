/**
 * Results come back through a queue; `empty` and an early join are traps.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
type Result = [pid: number, i: number];

const work = mp.task(import.meta, (i: number, queue: mp.Queue<Result>, go: mp.Event) => {
  go.wait();
  queue.put([mp.currentProcess().pid!, i]);
});

function startAll(count: number, room = 0) {
  const [queue, go] = [new mp.Queue<Result>(room), new mp.Event()];
  const processes = Array.from({ length: count }, (_, i) => {
    return new mp.Process({ target: work, args: [i, queue, go] });
  });
  for (const process of processes) process.start();
  return { queue, go, processes };
}

async function joinAll(processes: mp.Process[]): Promise<void> {
  for (const process of processes) await process.join();
}

/** The sure way: take as many results as there are processes, then join. */
async function countAndJoin(count: number): Promise<Result[]> {
  const { queue, go, processes } = startAll(count);
  go.set();
  const results: Result[] = [];
  while (results.length < count) results.push(await queue.getAsync()); // <- it counts
  await joinAll(processes);
  return results;
}

/** The first trap: an empty queue does not say that all have put. */
async function whileNotEmpty(count: number): Promise<{ early: number; late: number }> {
  const { queue, go, processes } = startAll(count);
  let early = 0;
  while (!queue.empty()) { // <- they wait for `go`, as they might for a slow disk
    await queue.getAsync();
    early++;
  }
  go.set();
  await joinAll(processes);
  let late = 0;
  for (; !queue.empty(); late++) await queue.getAsync();
  return { early, late };
}

/** The second trap: a process cannot end before its result has room in the queue. */
async function joinBeforeGet(count: number, room: number, waitMs: number) {
  const { queue, go, processes } = startAll(count, room);
  go.set();
  const alive = () => processes.filter((process) => process.isAlive());
  while (alive().length > count - room) { // those that found room end
    await Promise.race(alive().map((process) => process.join()));
  }
  await Promise.all(alive().map((process) => process.join(waitMs))); // <- too soon
  const stuck = alive().length;
  for (let i = 0; i < count; i++) await queue.getAsync(); // <- make room: now they can end
  await joinAll(processes);
  return { stuck, ended: processes.every((process) => process.exitcode === 0) };
}
// #endregion

const room = 3;

/** The scenario. */
export const scenario: Scenario = {
  id: "queue-results",
  deck: "Duke",
  slide: "How do we get a return value from a process? PNNL: Using queues to pass data",
  summary: "results by queue; empty() and an early join() are traps",
  question: "A process cannot return a value, so each puts it on a queue. The slide joins all " +
    "processes and then reads while the queue is not empty. Is that safe?",
  takes: {
    workers: { means: "processes", full: 10, min: room + 1, max: 64 },
    size: { means: "ms to wait for a join that cannot end", full: 2000, quick: 500, max: 60_000 },
  },
  next: "dot-product-queue",

  async run({ workers, size }, print) {
    const results = await countAndJoin(workers);
    print(`${workers} processes put [pid, i]; the parent takes ${workers} results, then joins`);
    const trap = await whileNotEmpty(workers);
    print("the same, but the parent reads while the queue is not empty, before they have put");
    const full = await joinBeforeGet(workers, room, size);
    print(`the same with a queue that has room for ${room}, joining before reading`);
    const numbers = results.map(([, i]) => i).sort((a, b) => a - b);
    return {
      found: `${full.stuck} of ${workers} stuck when joined too soon`,
      answer: [
        {
          columns: ["way to collect", "results", "joined"],
          rows: [
            [`count to ${workers}, then join`, results.length, "yes"],
            ["read while not empty, too early", trap.early, "yes"],
            ["join, then read while not empty", trap.late, "yes"],
            [`join first, room for ${room}`, workers, `${full.stuck} still alive after ${size} ms`],
          ],
        },
        `In order of arrival: ${results.map(([pid, i]) => `(${pid}, ${i})`).join(" ")}`,
      ],
      why: "empty() tells of this moment only: it cannot know who will put later. Counting the " +
        "results needs no such guess. Joining first is safe only while the queue has room for " +
        "everything; a process whose put() has no room cannot end, so the parent waits for it " +
        "and it waits for the parent. Python's queue has the room of a pipe, about 64 KiB.",
      check: [
        {
          claim: "Counting collects every result exactly once.",
          holds: numbers.length === workers && numbers.every((n, i) => n === i),
        },
        {
          claim: "Reading while not empty misses results that come later.",
          holds: trap.early === 0 && trap.late === workers,
        },
        {
          claim: `With room for ${room}, all others are stuck in put().`,
          holds: full.stuck === workers - room,
        },
        { claim: "Reading the queue lets them end.", holds: full.ended },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
