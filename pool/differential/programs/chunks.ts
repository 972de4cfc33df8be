/**
 * How the inputs of a pool's calls are cut. An error skips the rest of its chunk, so if every input
 * fails, those that ran are the first ones of the chunks.
 *
 * @module
 */

import { RawArray } from "@polycore/shm";
import { Pool, task } from "../../mod.ts";
import { line, range } from "./report.ts";

const MOST = 257;

let ran: RawArray<"i">;

const begin = task(import.meta, (array: RawArray<"i">) => {
  ran = array;
});

const fail = task(import.meta, (x: number, _y?: number) => {
  ran[x] = 1;
  throw new RangeError(String(x));
});

const nothing = task(import.meta, () => {});

async function starts(n: number, call: () => Promise<unknown>): Promise<number[]> {
  ran.view.fill(0);
  await call().catch((error) => {
    if (!(error instanceof RangeError)) throw error;
  });
  return range(n).filter((x) => ran[x]);
}

if (import.meta.main) {
  begin(new RawArray("i", MOST));
  const pairs = (n: number) => range(n).map((x): [number, number] => [x, x]);
  for (const workers of [1, 2, 3, 4, 6]) {
    await using pool = new Pool(workers, { initializer: begin, initargs: [ran!] });
    const inputs = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 16, 17, 24, 25, 31, 32, 33, 64, 65];
    for (const n of [...inputs, 100, 128, 257]) {
      line(`${workers} workers, ${n} inputs`, await starts(n, () => pool.map(fail, range(n))));
    }
    line(`${workers} workers, starmap`, await starts(50, () => pool.starmap(fail, pairs(50))));
    const generated = range(50).values();
    line(`${workers} workers, a generator`, await starts(50, () => pool.map(fail, generated)));
  }
  await using pool = new Pool(1, { initializer: begin, initargs: [ran!] });
  for (const n of [0, 1, 6, 7, 20]) {
    for (const chunkSize of [1, 2, 3, 7, 100]) {
      const label = `${n} inputs, chunks of ${chunkSize}`;
      line(`map, ${label}`, await starts(n, () => pool.map(fail, range(n), { chunkSize })));
      line(
        `starmap, ${label}`,
        await starts(n, () => pool.starmap(fail, pairs(n), { chunkSize })),
      );
      for (const [name, call] of [["imap", "imap"], ["imap_unordered", "imapUnordered"]] as const) {
        const imap = async () => {
          pool[call](fail, range(n), { chunkSize, buffersize: 1000 });
          await pool.apply(nothing);
        };
        line(`${name}, ${label}`, await starts(n, imap));
      }
    }
  }
}
