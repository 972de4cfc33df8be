import type { AsyncWaitOptions, Steps, WaitOptions } from "@polycore/sync";
import { deadlineOf, LAYOUT, load, runAsync, runBlocking, WaitKind } from "@polycore/sync/internal";
import { isClosed, pending, watch } from "./channel.ts";
import { holdChannel } from "./channel_waits.ts";
import { errors } from "./errors.ts";
import { channelInto, Connection } from "./pipe.ts";

/** A connection, and the channel that it receives from. */
interface Watched {
  connection: Connection;
  channel: number;
}

function watchedIn(objects: Iterable<Connection>): Watched[] {
  if (typeof objects?.[Symbol.iterator] !== "function") throw errors.notConnections(objects);
  return Array.from(objects, (connection: unknown) => {
    if (!(connection instanceof Connection)) throw errors.notConnection(connection);
    return { connection, channel: channelInto(connection) };
  });
}

function readyOf(watched: Watched[]): Connection[] {
  return watched
    .filter(({ channel }) => isClosed(channel) || pending(channel) > 0)
    .map(({ connection }) => connection);
}

function* readySteps(watched: Watched[]): Steps<Connection[]> {
  for (const { channel } of watched) watch(channel, 1); // before the look, so that nothing is missed
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
    for (const { channel } of watched) watch(channel, -1);
  }
}

/**
 * Block this thread until at least one of several connections has something to receive, or its other end
 * is closed. Python's `multiprocessing.connection.wait`; here `wait` is the one for futures.
 *
 * It takes connections only: Python's also takes the sentinels of processes.
 *
 * **Which one do I use?** `connectionWait` when it matters which end spoke, or that one of them has gone;
 * one {@linkcode Queue} that all of them put into when only the messages matter; `poll` for one connection.
 *
 * @param objects The connections. With none there is nothing to wait for, and the answer is empty.
 * @param options `timeout` in milliseconds; 0 or less only looks.
 * @returns Exactly those that are ready, in the order given; none when the time was over.
 * @throws {ClosedError} If this thread closed one of them.
 * @throws {TypeError} If one of them can only send, or is no connection.
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
export function connectionWait(
  objects: Iterable<Connection>,
  options?: WaitOptions,
): Connection[] {
  const deadline = deadlineOf(options);
  const watched = watchedIn(objects);
  const ready = readyOf(watched);
  if (ready.length > 0 || watched.length === 0) return ready;
  return runBlocking(readySteps(watched), deadline);
}

/**
 * As {@linkcode connectionWait}, while other work of this thread goes on.
 *
 * @param objects The connections.
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
export async function connectionWaitAsync(
  objects: Iterable<Connection>,
  options?: AsyncWaitOptions,
): Promise<Connection[]> {
  const deadline = deadlineOf(options);
  options?.signal?.throwIfAborted();
  const watched = watchedIn(objects);
  if (watched.length === 0) return [];
  using holds = new DisposableStack(); // whoever closes the connection meanwhile
  for (const { channel } of watched) holds.use(holdChannel(channel));
  return await runAsync(readySteps(watched), deadline, options?.signal);
}
