/**
 * Locks and semaphores through sequences of calls, in one thread and two.
 *
 * @module
 */

import { BoundedSemaphore, type Holdable, Lock, RLock, Semaphore } from "@polycore/sync";
import { type Connection, Pipe } from "@polycore/shm";
import { Process, task } from "../../mod.ts";
import { line, outcome, range, tell } from "./report.ts";

/** What each letter gives: a(cquire), t(ry for 5 ms), n(egative timeout), r(elease). */
function attempt(lock: Holdable, ops: string): unknown[] {
  return [...ops].map((op) => {
    if (op === "a") return lock.acquire({ timeout: 0 });
    if (op === "t") return lock.acquire({ timeout: 5 });
    if (op === "n") return lock.acquire({ timeout: -1 });
    return outcome(() => lock.release());
  });
}

/** Another thread, which does what it is told. */
const other = task(import.meta, (connection: Connection, locks: Holdable[]) => {
  for (;;) {
    const told = connection.recv() as [number, string] | null;
    if (told === null) return;
    const [lock, ops] = told;
    connection.send(attempt(locks[lock]!, ops));
  }
});

const product = (...letters: string[][]) =>
  letters.reduce<string[][]>((all, next) => all.flatMap((a) => next.map((b) => [...a, b])), [[]]);

function tellSequences(): void {
  for (const letters of product(...range(4).map(() => ["a", "r"]))) {
    const ops = letters.join("");
    line(`Lock ${ops}`, attempt(new Lock(), ops));
    line(`RLock ${ops}`, attempt(new RLock(), ops));
    for (const n of [0, 1, 2]) {
      const semaphore = new Semaphore(n);
      line(`Semaphore(${n}) ${ops}`, [attempt(semaphore, ops), semaphore.value]);
    }
    for (const n of [1, 2, 3]) {
      const semaphore = new BoundedSemaphore(n);
      line(`BoundedSemaphore(${n}) ${ops}`, [attempt(semaphore, ops), semaphore.value]);
    }
  }
  for (const ops of ["aaaarrrrr", "tt", "tart", "nn", "ran", "atnrr"]) {
    line(`Lock ${ops}`, attempt(new Lock(), ops));
    line(`RLock ${ops}`, attempt(new RLock(), ops));
    line(`Semaphore ${ops}`, attempt(new Semaphore(), ops));
    line(`BoundedSemaphore ${ops}`, attempt(new BoundedSemaphore(), ops));
  }
}

function tellOne(): void {
  tell("Semaphore(-1)", () => new Semaphore(-1));
  tell("BoundedSemaphore(-1)", () => new BoundedSemaphore(-1));
  tell("BoundedSemaphore(0)", () => new BoundedSemaphore(0).acquire({ timeout: 0 }));
  tell("Semaphore('x')", () => new Semaphore("x" as never));
  const all = {
    Lock: new Lock(),
    RLock: new RLock(),
    Semaphore: new Semaphore(2),
    BoundedSemaphore: new BoundedSemaphore(2),
  };
  for (const [name, lock] of Object.entries(all)) {
    const show = () => Deno.inspect(lock);
    line(`${name} is shown`, [
      show(),
      lock.acquire({ timeout: 0 }),
      show(),
      lock.release(),
      show(),
    ]);
    {
      using _ = lock.hold();
      line(`${name} in its block`, show());
    }
    try {
      using _ = lock.hold();
      throw new Error();
    } catch {
      line(`${name} after an error in its block`, show());
    }
  }
  const nested = new RLock();
  using _1 = nested.hold(), _2 = nested.hold(), _3 = nested.hold();
  line("an RLock three times", Deno.inspect(nested));
}

async function tellTwo(): Promise<void> {
  const [mine, theirs] = Pipe();
  const locks = [new Lock(), new RLock(), new Semaphore(2), new BoundedSemaphore(2)];
  const process = new Process({ target: other, args: [theirs, locks] });
  process.start();
  const elsewhere = (lock: number, ops: string) => {
    mine.send([lock, ops]);
    return mine.recv();
  };
  for (
    const [first, second, third] of product(
      ["", "a", "aa", "ar"],
      ["", "a", "r", "tr"],
      ["r", "ra", "a"],
    )
  ) {
    for (const [i, name] of [[0, "Lock"], [2, "Semaphore"], [3, "BoundedSemaphore"]] as const) {
      const lock = locks[i]!;
      const seen = [attempt(lock, first!), elsewhere(i, second!), attempt(lock, third!)];
      line(`${name} ${first}, another process ${second}, ${third}`, seen);
      while (lock.acquire({ timeout: 0 }));
      for (const _ of range(i === 0 ? 1 : 2)) lock.release();
    }
  }
  for (
    const [first, second, third] of product(
      ["", "a", "aa"],
      ["", "a", "r", "t", "aa"],
      ["r", "rr", "ar"],
    )
  ) {
    const lock = locks[1]!;
    const seen = [attempt(lock, first!), elsewhere(1, second!), attempt(lock, third!)];
    line(`RLock ${first}, another process ${second}, ${third}`, seen);
    elsewhere(1, "rrrr");
    attempt(lock, "rrrrrr");
  }
  mine.send(null);
  await process.join();
}

if (import.meta.main) {
  tellSequences();
  tellOne();
  await tellTwo();
}
