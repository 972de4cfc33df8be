/**
 * What the processes of the tests run that start processes themselves.
 *
 * @module
 */

import type { Event } from "@polycore/sync";
import { type Connection, Pipe, type Queue } from "@polycore/shm";
import {
  activeChildren,
  currentProcess,
  exit,
  parentProcess,
  Pool,
  Process,
  type ProcessOptions,
  task,
  WorkerPoolExecutor,
} from "../mod.ts";
import { exitCodeOf } from "@polycore/sync/internal";
import { allowChildren } from "../current_process.ts";
import { add, die, dieAt, put, spin, squareBut3, threadOf, waitFor } from "./tasks.ts";

/** Each process tells its place, and has two children down to the second generation. */
export const recurse = task(import.meta, async function recurse(to: Connection, id: number[]) {
  to.send(id);
  if (id.length === 2) return;
  for (let i = 0; i < 2; i++) {
    const child = new Process({ target: recurse, args: [to, [...id, i]] });
    child.start();
    await child.join();
  }
});

/** Two children, one of them with a name of its own, whose own child tells its name. */
export const tellNames = task(import.meta, async function tellNames(out: Queue, depth: number) {
  out.put(currentProcess().name);
  for (const name of [undefined, "Bob"].slice(0, depth)) {
    const child = new Process({ target: tellNames, args: [out, depth - 1], name });
    child.start();
    await child.join();
  }
});

/** Says when it is there, waits, and says when it ends, also when it is told to. */
export const stay = task(import.meta, (begun: Event, go: Event, ended: Event) => {
  begun.set();
  try {
    go.wait();
  } finally {
    ended.set();
  }
});

/** The objects that {@linkcode haveChildren} and its children signal by. */
export interface Signals {
  /** A daemon: has begun, may go on, has ended. */
  daemon: [Event, Event, Event];
  /** The same of one that is no daemon. */
  other: [Event, Event, Event];
  /** The parent may end. */
  end: Event;
}

/** How {@linkcode haveChildren} ends. */
export const ENDS = ["return", "exit", "throw", "Deno.exit", "rejection"] as const;

function startBoth({ daemon, other }: Signals): void {
  new Process({ target: stay, args: daemon, daemon: true }).start();
  new Process({ target: stay, args: other }).start();
}

/** Starts a daemon and another child, and ends in one way or another. */
export const haveChildren = task(import.meta, async (signals: Signals, how: string) => {
  startBoth(signals);
  signals.end.wait();
  if (how === "exit") exit(3);
  if (how === "throw") throw new Error("thrown on purpose");
  if (how === "Deno.exit") Deno.exit(4);
  if (how === "rejection") await die("rejection");
});

/** Starts them and waits for ever in a blocking call. */
export const haveChildrenAndBlock = task(import.meta, (signals: Signals, never: Event) => {
  startBoth(signals);
  never.wait();
});

/** Starts them and ends before anybody else can have done anything. */
export const startAndLeave = task(import.meta, (signals: Signals) => {
  startBoth(signals);
  Deno.exit(4);
});

/** Starts them and computes for ever. */
export const startAndSpin = task(import.meta, (signals: Signals, begun: Event) => {
  startBoth(signals);
  begun.set();
  for (;;);
});

/** Looks after a child from its start to its end, which `how` brings about. */
export const manageChild = task(
  import.meta,
  async (out: Queue, how: "terminate" | "kill" | "go", begun: Event, go: Event) => {
    const child = new Process({ target: waitFor, args: [begun, go] });
    out.put([child.isAlive(), child.pid, child.exitcode]);
    child.start();
    out.put([child.isAlive(), activeChildren().length, child.exitcode]);
    await begun.waitAsync();
    await child.join(0);
    await child.join(1);
    if (how === "go") go.set();
    else child[how]();
    await child.join();
    out.put([child.isAlive(), activeChildren().length, child.exitcode]);
    child.close();
  },
);

/** What goes wrong when this process starts something. */
export const tryToStart = task(import.meta, (out: Queue, options: ProcessOptions<[number]>) => {
  for (const start of [() => new Process(options).start(), () => void new Pool(1)]) {
    try {
      start();
      out.put("started");
    } catch (error) {
      out.put((error as Error).message);
    }
  }
});

/** A daemon that may have children all the same. */
export const serverWithChild = task(import.meta, async (out: Queue) => {
  allowChildren();
  const child = new Process({ target: (out: Queue) => out.put("a child"), args: [out] });
  out.put(child.daemon);
  child.start();
  await child.join();
});

/** What {@linkcode Process} refuses to do with the process that runs in this very thread. */
export const misuseSelf = task(import.meta, async (out: Queue) => {
  const self = currentProcess() as Process;
  for (const use of [() => self.start(), () => self.terminate(), () => self.kill()]) {
    try {
      use();
    } catch (error) {
      out.put((error as Error).message);
    }
  }
  await self.join().catch((error) => out.put(error.message));
  out.put([self.isAlive(), self.exitcode]);
});

/** A child of this process tells whether its parent lives, before and after its end. */
export const tellOfParent = task(import.meta, async (to: Connection) => {
  const parent = parentProcess()!;
  to.send(parent.isAlive());
  await parent.join(0);
  await parent.join(10_000);
  to.send(parent.isAlive());
});

export const startTeller = task(import.meta, (to: Connection, never: Event) => {
  new Process({ target: tellOfParent, args: [to] }).start();
  never.wait();
});

/** Uses a pool of its own. */
export const usePool = task(import.meta, async (out: Queue) => {
  await using pool = new Pool(2, { maxTasksPerChild: 3 });
  out.put(await pool.map(add2, [1, 2, 3, 4, 5, 6, 7, 8], { chunkSize: 1 }));
  out.put(await pool.starmap(add, [[1, 2], [3, 4]]));
  const seen: number[] = [];
  for await (const x of pool.imap(add2, [1, 2, 3])) seen.push(x);
  out.put(seen);
  const wrong = await pool.apply(squareBut3, [2]).catch((error: Error) => error);
  out.put([(wrong as Error).name, (wrong as Error).message]);
  const died = await pool.apply(dieAt, [1, 1]).catch((error: Error) => error);
  out.put([(died as Error).name, await pool.apply(add2, [1])]);
  out.put(await pool.apply(nameOfWorker, []));
});

const add2 = task(import.meta, (x: number) => x + 2);

const nameOfWorker = task(import.meta, () => currentProcess().name);

/** Leaves a pool with work behind. */
export const leavePool = task(import.meta, async (out: Queue, begun: Event, go: Event) => {
  const pool = new Pool(2);
  void pool.apply(waitFor, [begun, go]); // its rejection is nobody's fault
  await begun.waitAsync();
  out.put(await pool.apply(threadOf, [0]));
});

/** Leaves an executor with calls behind, one of which has not begun. */
export const leaveExecutor = task(import.meta, (out: Queue, begun: Event, go: Event) => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  executor.submit(waitFor, begun, go);
  executor.submit(put, out, 5);
});

/** Starts a child and says when `start` has returned. */
export const startAndTell = task(import.meta, async (returned: Event, done: Event) => {
  const child = new Process({ target: (done: Event) => done.set(), args: [done] });
  child.start();
  returned.set();
  await child.join();
});

/** Outlives its parent. */
export const outlive = task(import.meta, async () => {
  await parentProcess()!.join();
  console.log("the grandchild is done");
});

export const leaveChild = task(import.meta, () => {
  new Process({ target: outlive }).start();
  Deno.exit(4);
});

/** Starts a child when told to, and says how that ended. */
export const startWhenTold = task(import.meta, async (begun: Event, go: Event) => {
  begun.set();
  go.wait();
  const child = new Process({ target: outlive, name: "Late" });
  child.start();
  await child.join();
  console.log("exit code", child.exitcode);
  const pool = new Pool(1);
  await pool.apply(threadOf, [0]).catch((error) => console.log(error.name));
});

/** Has two "threads": one that the process is to wait for, and one that ends with it. */
export const haveThreads = task(
  import.meta,
  (begun: Event[], go: Event, never: Event, ended: Event) => {
    const first = (begun: Event, go: Event, ended: Event) => {
      begun.set();
      go.wait();
      ended.set();
    };
    const second = (begun: Event, go: Event, ended: Event) => {
      begun.set();
      go.wait();
      ended.clear();
    };
    new Process({ target: first, args: [begun[0]!, go, ended] }).start();
    new Process({ target: second, args: [begun[1]!, never, ended], daemon: true }).start();
    for (const event of begun) event.wait();
  },
);

/** A process of its own class that answers at a pipe, as CPython's `_UpperCaser`. */
export class UpperCaser extends Process {
  static {
    task(import.meta, this);
  }

  /** The ends of both sides. */
  childConn: Connection;
  parentConn: Connection;

  constructor() {
    super({ daemon: true });
    [this.childConn, this.parentConn] = Pipe();
  }

  override run(): void {
    this.parentConn.close();
    for (let s = this.childConn.recv(); s !== null; s = this.childConn.recv()) {
      this.childConn.send((s as string).toUpperCase());
    }
    this.childConn.close();
  }

  submit(s: string): unknown {
    this.parentConn.send(s);
    return this.parentConn.recv({ timeout: 10_000 });
  }

  stop(): void {
    this.parentConn.send(null);
    this.parentConn.close();
    this.childConn.close();
  }
}

/** Kills a child that computes for ever. */
export const killSpinner = task(import.meta, async (begun: Event) => {
  const child = new Process({ target: spin, args: [begun], name: "Spinner" });
  child.start();
  await begun.waitAsync();
  child.kill();
  await child.join();
  console.log("exit code", child.exitcode, exitCodeOf(child.pid!));
});
