/**
 * What one increment of a counter costs: alone, shared without care, in one step, under a lock.
 *
 * @module
 */
import * as mp from "@polycore/polycore";

// #region lesson
const increments: Record<string, (counter: mp.Value<"i">, n: number) => void> = {
  "a variable of one's own": (counter, n) => {
    let own = 0;
    for (let k = 0; k < n; k++) own = (own + 1) | 0;
    counter.add(own);
  },
  "counter.value += 1": (counter, n) => {
    for (let k = 0; k < n; k++) counter.value += 1;
  },
  "counter.add(1)": (counter, n) => {
    for (let k = 0; k < n; k++) counter.add(1);
  },
  "with the lock": (counter, n) => {
    const lock = counter.getLock();
    for (let k = 0; k < n; k++) {
      lock.acquire();
      counter.value += 1;
      lock.release();
    }
  },
};

const increment = mp.task(
  import.meta,
  (way: string, counter: mp.Value<"i">, n: number, start: mp.Barrier) => {
    increments[way]!(counter, n); // once for the compiler
    start.wait();
    const clock = performance.now();
    increments[way]!(counter, n);
    return (performance.now() - clock) / n * 1e6;
  },
);

/** The ways, by name. */
export const ways: readonly string[] = Object.keys(increments);

/** Nanoseconds for an increment in that way, on so many workers at once. */
export async function cost(way: string, workers: number, n: number): Promise<number> {
  await using pool = new mp.Pool(workers);
  type Args = [string, mp.Value<"i">, number, mp.Barrier];
  const args: Args = [way, new mp.Value("i", 0), n, new mp.Barrier(workers)];
  const times = await pool.starmap(increment, Array(workers).fill(args), { chunkSize: 1 });
  return Math.max(...times);
}
// #endregion
