/**
 * What is collected when a process has started or ended; needs `--v8-flags=--expose-gc`.
 *
 * @module
 */

import { Queue } from "@polycore/shm";
import { partial, Process, task } from "../mod.ts";
import { exitWith } from "./tasks.ts";

const { gc } = globalThis as unknown as { gc: () => void };

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Whether each of some objects is collected soon. */
async function areCollected(refs: WeakRef<object>[]): Promise<boolean[]> {
  for (let tries = 0; tries < 100; tries++) {
    await tick(); // what was looked at is kept until the end of the turn
    gc();
    await tick();
    if (refs.every((ref) => ref.deref() === undefined)) break;
  }
  return refs.map((ref) => ref.deref() === undefined);
}

const putFive = task(import.meta, (queue: Queue, big: { text: string }) => {
  if (big.text !== "a large argument") throw new TypeError("another argument");
  queue.put(5);
});

function startWithLargeTarget(queue: Queue): [Process, WeakRef<object>[]] {
  const big = { text: "a large argument" };
  const target = partial(putFive, queue);
  const process = new Process({ target, args: [big] });
  process.start();
  return [process, [new WeakRef(target), new WeakRef(big)]];
}

async function startAndClose(): Promise<WeakRef<object>> {
  const process = new Process({ target: exitWith, args: [0] });
  process.start();
  await process.join();
  process.close();
  return new WeakRef(process);
}

const programs: Record<string, () => Promise<void>> = {
  async target() {
    const queue = new Queue();
    const [process, refs] = startWithLargeTarget(queue);
    await process.join();
    console.log(await areCollected(refs), queue.get(), process.exitcode);
  },
  async process() {
    console.log(await areCollected([await startAndClose()]));
  },
};

if (import.meta.main) await programs[Deno.args[0]!]!();
