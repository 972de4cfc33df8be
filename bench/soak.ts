/**
 * Does the memory stay flat? Starts and joins a pool of four workers many times, and sends many messages
 * through one queue. Run it with `deno task soak`; it fails when the memory grows.
 *
 * @module
 */
import { Pool, Process, task } from "@polycore/pool";
import { Queue } from "@polycore/shm";
import { blocksInUse } from "@polycore/sync/internal";
import { formatCount } from "@polycore/reports";
import { parseArgs } from "@std/cli";
import { columns, print, progress } from "./terminal.ts";

/** How much the program may grow after the warm-up, in bytes. */
const MOST_GROWTH = 30e6;
/** Rounds, and messages, after which the memory counts as warm. */
const WARM_ROUNDS = 50, WARM_MESSAGES = 500_000;
/** Messages under way at the most, so that what is measured is no backlog. */
const QUEUE_SIZE = 1000;

const square: (x: number) => number = task(import.meta, (x: number) => x * x);

const send: (queue: Queue<Message>, count: number) => void = task(
  import.meta,
  (queue: Queue<Message>, count: number) => {
    for (let i = 0; i < count; i++) queue.put({ i, s: "hello" });
  },
);

interface Message {
  i: number;
  s: string;
}

/** The memory when it was warm, at its most afterwards, and at the end. */
interface Growth {
  warm: number;
  most: number;
  end: number;
}

/** Watches the memory of the program. */
function watch(): { look(warm: boolean): void; growth: Growth } {
  const growth: Growth = { warm: 0, most: 0, end: 0 };
  return {
    growth,
    look(warm) {
      const { rss } = Deno.memoryUsage();
      growth.end = rss;
      if (!warm) growth.warm = Math.max(growth.warm, rss);
      growth.most = Math.max(growth.most, rss);
    },
  };
}

async function pools(rounds: number): Promise<Growth> {
  const { look, growth } = watch();
  for (let round = 1; round <= rounds; round++) {
    const pool = new Pool(4);
    await pool.map(square, Array(8).keys());
    pool.close();
    await pool.join();
    look(round > WARM_ROUNDS);
    if (round % 10 === 0) progress(`pools: round ${round} of ${rounds}`);
  }
  return growth;
}

async function messages(count: number): Promise<Growth> {
  const { look, growth } = watch();
  using queue = new Queue<Message>(QUEUE_SIZE);
  const process = new Process({ target: send, args: [queue, count] });
  process.start();
  for (let i = 0; i < count; i++) {
    if (queue.get().i !== i) throw new Error(`Message ${i} did not come in its place.`);
    if (i % 10_000 === 0) look(i > WARM_MESSAGES);
    if (i % 100_000 === 0) progress(`queue: message ${formatCount(i)} of ${formatCount(count)}`);
  }
  await process.join();
  return growth;
}

function row(what: string, { warm, most, end }: Growth): string[] {
  return [what, ...[warm, most, end].map((bytes) => `${(bytes / 1e6).toFixed(0)} MB`)];
}

if (import.meta.main) {
  const { rounds, messages: count } = parseArgs(Deno.args, { string: ["rounds", "messages"] });
  await pools(1); // each function gets its place in the shared memory, which it keeps
  await messages(1);
  const before = blocksInUse();
  const started = await pools(Number(rounds ?? 500));
  const sent = await messages(Number(count ?? 10_000_000));
  progress();
  print(columns([
    ["memory of the program", "warm", "most", "end"],
    row("start and join of a pool of 4", started),
    row("messages through a queue", sent),
  ]));
  const left = blocksInUse() - before;
  const grown = [started, sent].some(({ warm, most }) => most - warm > MOST_GROWTH);
  print(left > 0 ? `${left} blocks of the shared memory were left behind.` : "No block was left.");
  if (grown) print(`It grew by more than ${MOST_GROWTH / 1e6} MB.`);
  if (grown || left > 0) Deno.exit(1);
}
