/**
 * Philosophers at a round table: the deadlock, and four remedies.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { dine, type Dinner, remedies, type Tally } from "./dining_remedies.ts";
import { alone, type Scenario } from "./scenario.ts";
import { lockCircles } from "./small_locks.ts";

// #region lesson
/** Every philosopher takes the left fork, and then asks for the right one. */
const eatOnce = mp.task(import.meta, (seat: number, { forks, start, told }: Dinner) => {
  const [left, right] = [forks[seat]!, forks[(seat + 1) % forks.length]!];
  const tally: Tally = { seat, meals: 0, waits: 0, waitedMs: 0, clashes: 0 };
  try {
    using _left = left.hold();
    start.wait(); // now every fork is in somebody's hand
    using _right = right.hold(); // <- all wait here, in a circle
    tally.meals++;
  } catch (error) {
    if (!(error instanceof mp.DeadlockError)) throw error;
    tally.deadlock = error.message; // the left fork is back on the table
  }
  told.put(tally);
});

/** Seat everybody; with a remedy for so many ms, without for one try. */
async function serve(n: number, seed: number, remedy = "", ms = 0) {
  const dinner: Dinner = {
    forks: Array.from({ length: n }, (_, i) => new mp.Lock({ name: forkName(i) })),
    waiter: new mp.Lock({ name: "the waiter" }),
    seats: new mp.Semaphore(n - 1),
    start: new mp.Barrier(remedy ? n + 1 : n),
    bell: new mp.Event(),
    eating: new mp.SharedArray("i", n),
    told: new mp.Queue<Tally>(),
    seed,
  };
  const philosophers = dinner.forks.map((_, seat) =>
    new mp.Process({
      target: remedy ? dine : eatOnce,
      args: [seat, dinner, remedy],
      name: `philosopher ${seat + 1}`,
    })
  );
  for (const philosopher of philosophers) philosopher.start();
  if (remedy) {
    await dinner.start.waitAsync();
    await dinner.bell.waitAsync({ timeout: ms });
    dinner.bell.set();
  }
  const tallies: Tally[] = [];
  while (tallies.length < n) tallies.push(await dinner.told.getAsync({ timeout: 10_000 + ms }));
  for (const philosopher of philosophers) await philosopher.join();
  return { tallies, ok: philosophers.every(({ exitcode }) => exitcode === 0) };
}
// #endregion

const forkName = (i: number) => `fork ${String.fromCharCode("A".charCodeAt(0) + i)}`;

/** The scenario. */
export const scenario: Scenario = {
  id: "dining-philosophers",
  deck: "Duke",
  slide: "Deadlock: the dining philosophers",
  summary: "a real deadlock, four remedies, meals and fairness",
  question:
    "Philosophers sit around a table with one fork between each two, and need both to eat. " +
    "When all take the left one first, nobody eats. Which remedy feeds them best?",
  takes: {
    workers: { means: "philosophers", full: 5, min: 2, max: 26 },
    size: { means: "ms of dinner with each remedy", full: 2000, quick: 300, min: 50, max: 600_000 },
    seed: true,
  },
  next: "deadlock",

  async run({ workers: n, size, seed }, print) {
    const stuck = await serve(n, seed);
    const caught = stuck.tallies.filter(({ deadlock }) => deadlock !== undefined);
    print(`all ${n} take their left fork, then ask for the right one: deadlock`);
    print(caught[0]?.deadlock ?? "but none was reported");
    const ate = stuck.tallies.filter(({ meals }) => meals === 1).length;
    print(`one put its fork back, and ${ate} others ate`);
    const rows: (string | number)[][] = [];
    let ok = stuck.ok, clashes = 0, hungry = 0;
    for (const remedy of Object.keys(remedies)) {
      const { tallies, ok: ended } = await serve(n, seed, remedy, size);
      const sum = (key: "meals" | "waits" | "waitedMs" | "clashes") =>
        tallies.reduce((total, tally) => total + tally[key], 0);
      const meals = tallies.map((tally) => tally.meals);
      const [least, most] = [Math.min(...meals), Math.max(...meals)];
      rows.push([remedy, sum("meals"), least, most, least / most, sum("waits"), sum("waitedMs")]);
      ok &&= ended;
      clashes += sum("clashes");
      hungry += meals.filter((count) => count === 0).length;
      print(`${remedy}: meals ${meals.join(" ")}`);
    }
    const best = rows.reduce((most, row) => row[1]! > most[1]! ? row : most);
    return {
      found: `${best[1]} meals with ${best[0]}`,
      answer: [
        {
          columns: ["remedy", "meals", "fewest", "most", "fairness", "waits", "waited ms"],
          rows,
        },
        "Fairness is fewest / most; waits and waited are sums over all philosophers.",
      ],
      why: "A deadlock needs a circle of waiting. Ordered forks make one of them reach the other " +
        "way, so no circle closes. A waiter lets one at a time pick up forks: safe, but a slow one " +
        "holds up the rest. With n - 1 seats somebody always has a neighbour's fork free. Giving " +
        "up breaks the circle after it has formed; it needs no agreement, and wastes tries.",
      check: [
        {
          claim: "Taking left forks first deadlocks, and one philosopher is told.",
          holds: caught.length === 1,
        },
        {
          claim: "The message names every philosopher and every fork.",
          holds: stuck.tallies.every(({ seat }) =>
            caught.length > 0 && caught[0]!.deadlock!.includes(`philosopher ${seat + 1}`) &&
            caught[0]!.deadlock!.includes(forkName(seat))
          ),
        },
        { claim: "When that one lets go, all the others eat.", holds: ate === n - 1 },
        { claim: "With each remedy everybody eats.", holds: hungry === 0 },
        { claim: "Neighbours never eat at the same time.", holds: clashes === 0 },
        { claim: "Every process ends with exit code 0.", holds: ok },
      ],
    };
  },

  often: (options) => lockCircles(options.workers, options),
};

if (import.meta.main) await alone(scenario);
