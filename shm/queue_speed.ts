/**
 * How many messages per second go from one thread to another: a `Queue`, a `Pipe`, and the platform's
 * MessageChannel, in turns, so that a busy machine is equally busy for each.
 *
 * ```sh
 * deno run -A shm/queue_speed.ts [rounds]
 * ```
 *
 * @module
 */

import { type Connection, Pipe, Queue } from "./mod.ts";
import { start } from "./testing/threads.ts";

const MESSAGES = 100_000;
const rounds = Number(Deno.args[0] ?? 9);

interface Message {
  i: number;
  s: string;
}

/** Runs one round and gives milliseconds from the first message that came to the last one. */
type Round = () => Promise<number>;

/** Takes all messages; fails if one is missing. */
async function receive(take: () => Message | Promise<Message>): Promise<number> {
  await take();
  const begun = performance.now();
  for (let i = 1; i < MESSAGES; i++) {
    const message = take();
    if ((message instanceof Promise ? await message : message).i !== i) {
      throw new Error(`lost ${i}`);
    }
  }
  return performance.now() - begun;
}

const queued = (maxsize: number, mode: "get" | "getAsync"): Round => async () => {
  using queue = new Queue<Message>(maxsize);
  const crew = start(
    1,
    (_s, _i, queue, n) => {
      for (let i = 0; i < n; i++) queue.put({ i, s: "hello" });
    },
    queue,
    MESSAGES,
  );
  const took = await receive(() => queue[mode]());
  await crew.join();
  return took;
};

const piped: Round = async () => {
  const [reader, writer] = Pipe(false);
  const crew = start(
    1,
    (_s, _i, writer: Connection, n) => {
      for (let i = 0; i < n; i++) writer.send({ i, s: "hello" });
    },
    writer,
    MESSAGES,
  );
  const took = await receive(() => reader.recv() as Message);
  await crew.join();
  return took;
};

const SENDER = `self.onmessage = ({ data: [port, n] }) => {
  for (let i = 0; i < n; i++) port.postMessage({ i, s: "hello" });
};`;

const posted: Round = async () => {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(`data:application/javascript,${encodeURIComponent(SENDER)}`, {
    type: "module",
  });
  const done = Promise.withResolvers<number>();
  let begun = 0, seen = 0;
  port1.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.i !== seen++) done.reject(new Error(`lost ${data.i}`));
    if (seen === 1) begun = performance.now();
    if (seen === MESSAGES) done.resolve(performance.now() - begun);
  };
  worker.postMessage([port2, MESSAGES], [port2]);
  const took = await done.promise;
  port1.close();
  worker.terminate();
  return took;
};

const contenders: Record<string, Round> = {
  "Queue, get": queued(0, "get"),
  "Queue, getAsync": queued(0, "getAsync"),
  "Queue(100), get": queued(100, "get"),
  "Pipe, recv": piped,
  "MessageChannel": posted,
};

if (import.meta.main) {
  const times = Object.keys(contenders).map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, run] of Object.values(contenders).entries()) times[k]!.push(await run());
  }
  console.log(`${MESSAGES} messages { i, s: "hello" }, one thread to another; median of ${rounds}`);
  Object.keys(contenders).forEach((name, k) => {
    const sorted = times[k]!.toSorted((a, b) => a - b);
    const rate = (ms: number) => `${Math.round(MESSAGES / ms)}`.padStart(5);
    const [median, slowest, fastest] = [sorted[rounds >> 1]!, sorted.at(-1)!, sorted[0]!];
    console.log(
      `${name.padEnd(16)} ${rate(median)} thousand per second (${rate(slowest)} to ${
        rate(fastest)
      })`,
    );
  });
}
