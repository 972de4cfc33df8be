/**
 * The workers of the whole program, as the main thread has them. It creates the worker of every thread,
 * also when another thread starts it: in Deno 2.9.6 a worker's own worker takes half a second to start, and
 * ends with its parent. The thread that starts one does all the rest: it enrols it, encodes what it gets,
 * and watches its life word.
 *
 * @module
 */

import {
  askMain,
  attend,
  bury,
  holdAlive,
  isAlive,
  isMainThread,
  letGo,
  liveThreads,
  me,
  serve,
  starterOf,
  startThread,
} from "@polycore/sync/internal";
import { isHeld, lifeLockName, program, unref, untilDead } from "./life.ts";
import { leaveCode, leaveTrouble } from "./will.ts";
import type { Job } from "./worker_main.ts";

/** A thread that is to be started. */
export interface StartOrder {
  /** Its number in the thread table, where it is enrolled already. */
  id: number;
  /** Its name. */
  name: string;
  /** Whether it ends with its parent and with the program. */
  daemon: boolean;
  /** See `will.ts`. */
  will: number;
  /** What it does. */
  job: Job;
}

/** What a thread asks of the main one: to start a thread, to cut one off, to take over its children. */
type Request = { start: StartOrder } | { cutOff: number; code: number } | { adopt: StartOrder[] };

const SERVICE = "threads";

/** Milliseconds after which a thread that was cut off counts as ended, although it still computes. */
const LOST = 700;

/** Milliseconds between two looks at a thread that was cut off. */
const LOOK_AGAIN = 5;

/** Start a thread; in the main thread this throws when there is no permission to. */
export function startHosted(order: StartOrder): void {
  if (isMainThread) host(order);
  else askMain(SERVICE, { start: order } satisfies Request);
}

/** Cut a thread off that did not end by itself, and see to it that it counts as ended soon, with a code. */
export function cutOff(id: number, code: number): void {
  if (isMainThread) void cut(id, code);
  else askMain(SERVICE, { cutOff: id, code } satisfies Request);
}

/** Give the children of this thread, which ends, to the main thread. */
export function giveAway(children: StartOrder[]): void {
  if (children.length > 0) askMain(SERVICE, { adopt: children } satisfies Request);
}

// The main thread.

interface Hosted {
  worker: Worker;
  order: StartOrder;
  /** Whether its parent has ended. */
  adopted: boolean;
}

const hosted = new Map<number, Hosted>();
let adopt: (order: StartOrder, withWill: boolean) => void;

/** Say what becomes of the child of a thread that has ended; `withWill` if nobody executes its will. */
export function onOrphan(act: (order: StartOrder, withWill: boolean) => void): void {
  adopt = act;
}

function host(order: StartOrder): void {
  const { id, name, job, will } = order;
  const url = new URL("./worker_main.ts", import.meta.url);
  const { worker } = startThread(name, url, { program, job, will }, id);
  hosted.set(id, { worker, order, adopted: false });
  unref(worker);
  worker.onerror = (event) => {
    event.preventDefault();
    failed(order, event.message);
  };
  void follow(order);
}

/** A thread could not begin, or went wrong before it could tell. */
function failed({ id, will }: StartOrder, why: string): void {
  if (!isAlive(id)) return;
  leaveTrouble(will, why);
  leaveCode(will, 1);
  bury(id, 1);
}

async function follow({ id, daemon }: StartOrder): Promise<void> {
  const keeps = !daemon && starterOf(id) !== me; // a child of this thread does so while it is joined
  if (keeps) holdAlive();
  await untilDead(id);
  lookAfterThreads();
  if (keeps) letGo();
}

/** In the main thread: let go of the workers that have ended, and see to their children. */
export function lookAfterThreads(): void {
  if (!isMainThread) return;
  attend(); // what a thread asked for before it ended
  for (const [id, { worker }] of hosted) {
    if (isAlive(id)) continue;
    worker.terminate();
    hosted.delete(id);
    for (const child of liveThreads()) if (starterOf(child) === id) cutLoose(child);
  }
}

/** The parent of a thread has ended; if it was cut off, it did not give its children away. */
function cutLoose(id: number): void {
  const child = hosted.get(id);
  if (!child) bury(id); // its parent ended before it could ask for it
  else if (!child.adopted) {
    child.adopted = true;
    adopt(child.order, false);
  }
}

async function cut(id: number, code: number): Promise<void> {
  const child = hosted.get(id);
  if (!child) return; // it has ended meanwhile
  child.worker.terminate();
  const { name } = child.order;
  for (const end = performance.now() + LOST; isAlive(id);) {
    if (!await isHeld(lifeLockName(program, id))) break;
    if (performance.now() > end) {
      // Nothing ends JavaScript that computes: say so, and go on without the thread.
      console.warn(
        `polycore: ${name} computes without end and cannot be stopped; it keeps a core until the ` +
          "program ends. Let such a loop ask stopRequested().",
      );
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
  bury(id, code);
}

serve<Request>(SERVICE, (requests) => {
  for (const { body } of requests) {
    if ("start" in body) hostFor(body.start);
    else if ("cutOff" in body) void cut(body.cutOff, body.code);
    else for (const order of body.adopt) takeOver(order);
  }
});

function hostFor(order: StartOrder): void {
  try {
    host(order);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    console.error(`Process ${order.name}:\n${why}`); // of what fails later the platform tells
    failed(order, why);
  }
}

function takeOver(order: StartOrder): void {
  const child = hosted.get(order.id);
  if (child) child.adopted = true;
  adopt(order, true);
}
