/**
 * Producers and consumers, subclasses of `Process`, around one bounded queue.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { smallQueues } from "./small_queues.ts";

// #region lesson
class Producer extends mp.Process {
  static {
    mp.task(import.meta, this);
  }

  constructor(readonly number: number, readonly items: number, readonly queue: mp.Queue) {
    super({ name: `producer ${number}` });
  }

  override run(): void {
    for (let k = 0; k < this.items; k++) {
      this.queue.put([this.number, k]); // waits while the queue is full
    }
  }
}

class Consumer extends mp.Process {
  static {
    mp.task(import.meta, this);
  }

  constructor(number: number, readonly queue: mp.Queue, readonly eaten: mp.Queue<Meal>) {
    super({ name: `consumer ${number}` });
  }

  override run(): void {
    const items: Item[] = [];
    for (;;) {
      const item = this.queue.get() as Item | null; // waits while the queue is empty
      if (item === null) break; // <- the parent says: no more
      items.push(item);
    }
    this.eaten.put({ who: this.name, items });
  }
}

async function run(producers: number, consumers: number, items: number, room: number) {
  const [queue, eaten] = [new mp.Queue(room), new mp.Queue<Meal>()];
  const making = Array.from({ length: producers }, (_, i) => new Producer(i, items, queue));
  const eating = Array.from({ length: consumers }, (_, i) => new Consumer(i, queue, eaten));
  for (const process of [...eating, ...making]) process.start();
  for (const process of making) await process.join(); // all is in the queue, or eaten
  for (const _ of eating) await queue.putAsync(null); // <- one for each consumer
  const meals: Meal[] = [];
  while (meals.length < consumers) meals.push(await eaten.getAsync());
  for (const process of eating) await process.join();
  return meals;
}
// #endregion

/** The number of the producer, and which of its items it is. */
export type Item = [producer: number, k: number];

/** What a consumer got, in the order of getting. */
export type Meal = { who: string; items: Item[] };

/** What must hold of the meals. */
export function checkMeals(meals: Meal[], producers: number, items: number): Check[] {
  const all = meals.flatMap((meal) => meal.items);
  const distinct = new Set(all.map(String)).size;
  const inOrder = ({ items }: Meal) => {
    const last: number[] = [];
    return items.every(([producer, k]) => {
      const before = last[producer] ?? -1;
      last[producer] = k;
      return k > before;
    });
  };
  return [
    {
      claim: `All ${(producers * items).toLocaleString("en-US")} items are consumed.`,
      holds: distinct === producers * items,
    },
    { claim: "None is consumed twice.", holds: all.length === distinct },
    { claim: "A consumer gets a producer's items in their order.", holds: meals.every(inOrder) },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "producer-consumer",
  deck: "Firenze",
  slide: "Queues",
  summary: "several producers and consumers around one queue",
  question: "Several producers put items on one queue and several consumers take them. Does each " +
    "item reach exactly one consumer, and in which order?",
  takes: {
    workers: { means: "producers, and as many consumers", full: 3, quick: 2, max: 32 },
    size: { means: "items from each producer", full: 2000, quick: 500, max: 100_000 },
    seed: true,
  },
  next: "joinable-queue",

  async run({ workers, size }, print) {
    const room = 16;
    const start = performance.now();
    const meals = await run(workers, workers, size, room);
    const ms = performance.now() - start;
    print(`${workers} producers, ${workers} consumers, a queue with room for ${room} items`);
    const shown = [0, 1, 2, 3].slice(0, workers);
    const total = meals.reduce((sum, meal) => sum + meal.items.length, 0);
    return {
      found: `${total} of ${workers * size} items, each once`,
      answer: [
        {
          columns: ["consumer", "items", ...shown.map((p) => `from producer ${p}`)],
          rows: meals.map(({ who, items }) => [
            who,
            items.length,
            ...shown.map((p) => items.filter(([producer]) => producer === p).length),
          ]),
        },
        `All in ${ms.toFixed(0)} ms, with the start of the ${2 * workers} processes.`,
      ],
      why:
        "get() takes an item away in one step, so no two consumers get the same. Whoever is free " +
        "takes the next, so the shares are chance. First in, first out: the items of one producer " +
        "stay in order, those of several mix. A producer that is too fast waits in put(). After " +
        "the producers have been joined, one null per consumer says that nothing more will come.",
      check: checkMeals(meals, workers, size),
    };
  },

  often: (options) => smallQueues(options),
};

if (import.meta.main) await alone(scenario);
