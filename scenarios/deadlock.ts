/**
 * Two processes, two locks, taken crosswise: a real deadlock, and the way out.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { lockCircles } from "./small_locks.ts";

// #region lesson
interface Job {
  first: mp.Lock;
  second: mp.Lock;
  met: mp.Barrier; // all hold their first lock before any asks for the second
  news: mp.Queue<News>;
}

/** Hold one lock, and ask for another. */
const takeBoth = mp.task(import.meta, ({ first, second, met, news }: Job) => {
  const who = mp.currentProcess().name;
  try {
    using _first = first.hold();
    met.wait();
    using _second = second.hold(); // <- while it holds the first one
    news.put({ who, what: "had both locks" });
  } catch (error) {
    if (!(error instanceof mp.DeadlockError)) throw error;
    // `using` has let the first lock go, so that the others can go on.
    news.put({ who, what: "deadlock", message: error.message, cycle: error.cycle });
  }
});

/** The same work in one order for everybody: no circle can form. */
const takeInOrder = mp.task(import.meta, ({ first, second, met, news }: Job) => {
  met.wait();
  const [low, high] = first.name < second.name ? [first, second] : [second, first]; // <- one order
  using _low = low.hold();
  using _high = high.hold();
  news.put({ who: mp.currentProcess().name, what: "had both locks" });
});

async function meet(target: (job: Job) => void, count: number) {
  const locks = Array.from({ length: count }, (_, i) => new mp.Lock({ name: `lock ${letter(i)}` }));
  const [met, news] = [new mp.Barrier(count), new mp.Queue<News>()];
  const processes = locks.map((first, i) => {
    const second = locks[(i + 1) % count]!;
    return new mp.Process({ target, args: [{ first, second, met, news }], name: `P${i + 1}` });
  });
  for (const process of processes) process.start();
  const told: News[] = [];
  while (told.length < count) told.push(await news.getAsync({ timeout: 10_000 }));
  for (const process of processes) await process.join();
  return { told, codes: processes.map((process) => process.exitcode) };
}
// #endregion

/** What a process tells of itself, and of the error if it got one. */
export interface News {
  who: string;
  what: "had both locks" | "deadlock";
  message?: string;
  cycle?: mp.DeadlockMember[];
}

const letter = (i: number) => String.fromCharCode("A".charCodeAt(0) + i);

/** What must hold of the crossed locks and of the ordered ones. */
export function checkDeadlock(count: number, crossed: News[], ordered: News[]): Check[] {
  const caught = crossed.filter(({ what }) => what === "deadlock");
  const message = caught[0]?.message ?? "";
  const named = Array.from({ length: count }, (_, i) => [`P${i + 1}`, `lock ${letter(i)}`]).flat();
  const got = (news: News[]) => news.filter(({ what }) => what === "had both locks").length;
  return [
    { claim: "A deadlock happens, and exactly one process is told.", holds: caught.length === 1 },
    {
      claim: "The message names every process and every lock.",
      holds: caught.length > 0 && named.every((name) => message.includes(name)),
    },
    { claim: "All the others then get both locks.", holds: got(crossed) === count - 1 },
    { claim: "In one order for everybody, all get both locks.", holds: got(ordered) === count },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "deadlock",
  deck: "Duke",
  slide: "Deadlock",
  summary: "P1 holds A, wants B; P2 holds B, wants A: it happens",
  question:
    "P1 holds A and lets it go only after it has B; P2 holds B and wants A. The slide shows " +
    "no example, as that would freeze the notebook. What happens here?",
  takes: {
    workers: { means: "processes, and as many locks", full: 2, min: 2, max: 26 },
    seed: true,
  },
  next: "dining-philosophers",

  async run({ workers }, print) {
    print(`${workers} processes hold a lock each and ask for the next one's`);
    const crossed = await meet(takeBoth, workers);
    const caught = crossed.told.find(({ what }) => what === "deadlock");
    const who = caught?.who ?? "nobody";
    print(`${who} was told of a deadlock; then the others went on`);
    const ordered = await meet(takeInOrder, workers);
    print("the same with the locks taken in the order of their names");
    const codes = [...crossed.codes, ...ordered.codes];
    return {
      found: `${who} was told; exit codes ${codes.join(" ")}`,
      answer: [
        caught?.message ?? "No deadlock was reported.",
        {
          columns: ["process", "holds", "waits for"],
          rows: (caught?.cycle ?? []).map((m) => [m.thread, m.holds, m.waitsFor]),
        },
        `The exit codes are ${codes.join(" ")}, so every process ended in good order.`,
      ],
      why:
        "Each waits for what the next one holds, in a circle. Here a waiting process follows the " +
        "chain from lock to owner to lock; when it comes back to itself, one of the circle gets a " +
        "DeadlockError instead of its lock. As the error unwinds, `using` releases what that " +
        "process holds, and the circle is open. The cure is one order for everybody: then the " +
        "holder of the highest lock never waits for another one. Left to chance, as in the table " +
        "of outcomes, the mistake often goes unnoticed.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["the example", "would freeze the notebook", `ends, ${who} was told why`]],
      },
      check: [
        ...checkDeadlock(workers, crossed.told, ordered.told),
        { claim: "Every process ends with exit code 0.", holds: codes.every((code) => code === 0) },
      ],
    };
  },

  often: (options) => lockCircles(options.workers, options),
};

if (import.meta.main) await alone(scenario);
