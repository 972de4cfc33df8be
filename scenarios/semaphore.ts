/**
 * A semaphore of n: never more than n inside, and really n.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { crowds } from "./small_crowds.ts";

// #region lesson
interface Place {
  gate: mp.Semaphore | undefined; // undefined: everybody may enter
  inside: mp.Value<"i">;
  most: mp.Value<"i">;
  full: mp.Barrier; // those who meet here are inside at the same moment
  visits: number;
}

function visit({ inside, most, full }: Place, first: boolean): void {
  const now = inside.add(1) + 1;
  {
    using _ = most.getLock().hold();
    if (now > most.value) most.value = now;
  }
  if (first) full.wait();
  inside.add(-1);
}

/** Go in and out; `meets` says whether this worker waits inside until the place is full. */
const guest = mp.task(import.meta, (place: Place, meets: boolean) => {
  for (let k = 0; k < place.visits; k++) {
    using _ = place.gate?.hold(); // <- waits while n are inside
    visit(place, meets && k === 0);
  }
});

async function run(workers: number, gate: mp.Semaphore | undefined, n: number, visits: number) {
  const [inside, most] = [new mp.Value("i", 0), new mp.Value("i", 0)];
  const place: Place = { gate, inside, most, full: new mp.Barrier(n), visits };
  const guests = Array.from(
    { length: workers },
    (_, i) => new mp.Process({ target: guest, args: [place, i < n] }),
  );
  for (const process of guests) process.start();
  for (const process of guests) await process.join();
  return { most: most.value, left: inside.value };
}
// #endregion

/** What must hold of the most that were inside, and of who was left there. */
export function checkInside(
  n: number,
  workers: number,
  guarded: { most: number; left: number },
  open: { most: number; left: number },
): Check[] {
  return [
    { claim: `With the semaphore never more than ${n} are inside.`, holds: guarded.most <= n },
    { claim: `And ${n} really are inside at once.`, holds: guarded.most >= n },
    { claim: `Without it all ${workers} are inside at once.`, holds: open.most === workers },
    { claim: "In the end nobody is inside.", holds: guarded.left === 0 && open.left === 0 },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "semaphore",
  deck: "Firenze",
  slide: "Synchronization: Semaphore",
  summary: "never more than n inside, measured",
  question:
    "A semaphore of 2 guards a resource that several workers use again and again. How many are " +
    "inside at the same time, at the most?",
  takes: {
    workers: { means: "workers", full: 6, quick: 4, min: 3, max: 64 },
    size: { means: "visits of each worker", full: 5000, quick: 200, max: 1_000_000 },
    seed: true,
  },
  next: "condition",

  async run({ workers, size }, print) {
    const n = 2;
    const open = await run(workers, undefined, workers, size);
    print(`${workers} workers without a semaphore: at the most ${open.most} inside`);
    const guarded = await run(workers, new mp.Semaphore(n), n, size);
    print(`${workers} workers with a semaphore of ${n}: at the most ${guarded.most} inside`);
    const bounded = new mp.BoundedSemaphore(n);
    let tooMuch = "was accepted";
    try {
      bounded.release(); // nobody has acquired
    } catch (error) {
      tooMuch = `"${(error as Error).message}"`;
    }
    return {
      found: `${open.most} inside without, ${guarded.most} with it`,
      answer: [
        {
          columns: ["way", "visits", "most inside", "inside in the end"],
          rows: [
            ["no semaphore", workers * size, open.most, open.left],
            [`Semaphore(${n})`, workers * size, guarded.most, guarded.left],
          ],
        },
        `A release too many of a BoundedSemaphore: ${tooMuch}`,
      ],
      why: "A semaphore is a number of free places. acquire() takes one and waits while there is " +
        "none, release() gives one back. With one place it is like a lock, but nobody owns it: " +
        `any worker may release. ${n} places suit a resource that bears ${n} users, such as ` +
        "connections. A Semaphore also accepts a release that nobody acquired, and then lets too " +
        "many in; a BoundedSemaphore says so.",
      check: [
        ...checkInside(n, workers, guarded, open),
        { claim: "A BoundedSemaphore refuses it.", holds: tooMuch !== "was accepted" },
      ],
    };
  },

  often: (options) => crowds(options.workers, 2, options),
};

if (import.meta.main) await alone(scenario);
