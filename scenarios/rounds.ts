/**
 * Many short runs of the same race, and how often each outcome came.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import type { Distribution, OutcomeRow } from "./scenario.ts";

/** What a party of many rounds is told. */
export interface Rounds {
  /** Where all parties meet. */
  readonly meet: mp.Barrier;
  /** How many rounds. */
  readonly count: number;
  /** The number of this party, from 0 up. */
  readonly party: number;
}

/** In a worker: meet the others, play, meet them again, look at what came out; so many times. */
export function play<T>(
  { meet, count }: Rounds,
  move: (round: number) => void,
  look: (round: number) => T,
): T[] {
  return Array.from({ length: count }, (_, round) => {
    meet.wait();
    move(round);
    meet.wait();
    return look(round); // the next round begins when all have looked
  });
}

/** Longer than any round takes: then a party is missing, and the others get an error. */
const limitMs = 30_000;

/**
 * Let so many workers of a pool play so many rounds; gives for each round what every party saw.
 *
 * @param task Called once for each party, with {@linkcode Rounds} and `args`; it calls {@linkcode play}.
 */
export async function playMany<A extends unknown[], T>(
  pool: mp.Pool,
  parties: number,
  count: number,
  task: (rounds: Rounds, ...args: A) => T[],
  ...args: A
): Promise<T[][]> {
  const meet = new mp.Barrier(parties, { timeout: limitMs });
  const calls = Array.from({ length: parties }, (_, party) => [{ meet, count, party }, ...args]);
  const seen = await pool.starmap(task, calls as [Rounds, ...A][], { chunkSize: 1 });
  return Array.from({ length: count }, (_, round) => seen.map((each) => each[round]!));
}

let never: mp.Event | undefined;

/** Sleep for about so many milliseconds, as other threads need it: an event that nobody sets. */
export function pause(ms: number): void {
  (never ??= new mp.Event()).wait({ timeout: ms });
}

/** Count how often each outcome came; one that is not listed is forbidden. */
export function distribution(
  of: string,
  came: readonly string[],
  listed: readonly (readonly [outcome: string, label: OutcomeRow["label"], means: string])[],
  seed?: number,
): Distribution {
  const known = new Set(listed.map(([outcome]) => outcome));
  const others = [...new Set(came)].filter((outcome) => !known.has(outcome));
  const all = [
    ...listed,
    ...others.map((outcome) => [outcome, "forbidden", "must not be"] as const),
  ];
  return {
    of,
    runs: came.length,
    ...(seed === undefined ? {} : { seed }),
    rows: all.map(([outcome, label, means]) => {
      return { outcome, count: came.filter((one) => one === outcome).length, label, means };
    }),
  };
}

/** Count how often 0, 1 and 2 came in each order. */
export function orders(of: string, came: readonly string[], seed?: number): Distribution {
  const all = ["0 1 2", "0 2 1", "1 0 2", "1 2 0", "2 0 1", "2 1 0"];
  return distribution(
    of,
    came,
    all.map((order, i) =>
      i === 0
        ? [order, "expected", "in the order of starting"]
        : [order, "interesting", "somebody was faster"]
    ),
    seed,
  );
}
