import type { AsyncWaitOptions, Steps, WaitOptions } from "@polycore/sync";
import { deadlineOf, LAYOUT, load, runAsync, runBlocking, WaitKind } from "@polycore/sync/internal";
import { isClosed, pending, watch } from "./channel.ts";
import { holdChannel } from "./channel_waits.ts";
import { errors } from "./errors.ts";
import { channelInto, Connection } from "./pipe.ts";
import { isWaitable, READY, type Waitable } from "./waitable.ts";

/** Something to wait for; a connection with the channel that it receives from, 0 for what is none. */
interface Watched<T> {
  object: T;
  channel: number;
}

function watchedIn<T extends Connection | Waitable>(objects: Iterable<T>): Watched<T>[] {
  if (typeof objects?.[Symbol.iterator] !== "function") throw errors.notConnections(objects);
  return Array.from(objects, (object) => {
    if (object instanceof Connection) return { object, channel: channelInto(object) };
    if (!isWaitable(object)) throw errors.notConnection(object);
    object[READY](); // throws at once if it cannot be asked
    return { object, channel: 0 };
  });
}

function isReady<T extends Connection | Waitable>({ object, channel }: Watched<T>): boolean {
  if (channel === 0) return (object as Waitable)[READY]();
  return isClosed(channel) || pending(channel) > 0;
}

function readyOf<T extends Connection | Waitable>(watched: Watched<T>[]): T[] {
  return watched.filter(isReady).map(({ object }) => object);
}

function* readySteps<T extends Connection | Waitable>(watched: Watched<T>[]): Steps<T[]> {
  const channels = channelsOf(watched);
  for (const channel of channels) watch(channel, 1); // before the look, so that nothing is missed
  try {
    for (;;) {
      const expected = load(LAYOUT.channelBell);
      const ready = readyOf(watched);
      if (ready.length > 0) return ready;
      if (!(yield { word: LAYOUT.channelBell, expected, kind: WaitKind.data })) {
        return readyOf(watched);
      }
    }
  } finally {
    for (const channel of channels) watch(channel, -1);
  }
}

function channelsOf(watched: Watched<unknown>[]): number[] {
  return watched.map(({ channel }) => channel).filter((channel) => channel !== 0);
}

/**
 * Block this thread until at least one of several connections has something to receive, or its other end
 * is closed. Python's `multiprocessing.connection.wait`; here `wait` is the one for futures.
 *
 * Among the connections may be processes and their sentinels (`@polycore/pool`), which are ready when the
 * process has ended.
 *
 * **Which one do I use?** `connectionWait` when it matters which end spoke, or that one of them has gone;
 * one {@linkcode Queue} that all of them put into when only the messages matter; `poll` for one connection.
 *
 * @param objects The connections, sentinels and processes. With none the answer is empty at once.
 * @param options `timeout` in milliseconds; 0 or less only looks.
 * @returns Exactly those that are ready, in the order given; none when the time was over.
 * @throws {ClosedError} If this thread closed one of them.
 * @throws {TypeError} If one of them can only send, or is nothing to wait for.
 * @throws {DeadlockError} If every other thread waits too, so that nothing can come.
 * @example
 * ```ts
 * import { connectionWait, Pipe } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, toA] = Pipe(false), [b, toB] = Pipe(false), [c, toC] = Pipe(false);
 * toA.send("hello");
 * toC.close();
 * assertEquals(connectionWait([a, b, c]), [a, c]); // c has its end to receive
 * toB.close();
 * ```
 */
export function connectionWait<T extends Connection | Waitable>(
  objects: Iterable<T>,
  options?: WaitOptions,
): T[] {
  const deadline = deadlineOf(options);
  const watched = watchedIn(objects);
  const ready = readyOf(watched);
  if (ready.length > 0 || watched.length === 0) return ready;
  return runBlocking(readySteps(watched), deadline);
}

/**
 * As {@linkcode connectionWait}, while other work of this thread goes on.
 *
 * @param objects The connections, sentinels and processes.
 * @param options `timeout` in milliseconds, and a `signal` that ends the wait.
 * @returns Exactly those that are ready, in the order given; none when the time was over.
 * @example
 * ```ts
 * import { connectionWaitAsync, Pipe } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, toA] = Pipe(false), [b, toB] = Pipe(false);
 * setTimeout(() => toB.send("later"));
 * assertEquals(await connectionWaitAsync([a, b]), [b]);
 * toA.close();
 * ```
 */
export async function connectionWaitAsync<T extends Connection | Waitable>(
  objects: Iterable<T>,
  options?: AsyncWaitOptions,
): Promise<T[]> {
  const deadline = deadlineOf(options);
  options?.signal?.throwIfAborted();
  const watched = watchedIn(objects);
  if (watched.length === 0) return [];
  using holds = new DisposableStack(); // whoever closes the connection meanwhile
  for (const channel of channelsOf(watched)) holds.use(holdChannel(channel));
  return await runAsync(readySteps(watched), deadline, options?.signal);
}
