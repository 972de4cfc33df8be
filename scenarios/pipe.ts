/**
 * Ping-pong over a pipe, and what the other side sees when one end is closed.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
/** Answer each ping with a pong, one more, until the other end is closed. */
const answer = mp.task(import.meta, (there: mp.Connection, told: mp.Queue<string>) => {
  let pings = 0;
  try {
    for (;;) {
      const ping = there.recv() as number; // waits for the next
      pings++;
      there.send(ping + 1);
    }
  } catch (error) {
    if (!(error instanceof mp.EOFError)) throw error;
    told.put(`EOFError after ${pings} pings`);
  }
});

async function pingPong(rounds: number) {
  const [here, there] = mp.Pipe();
  const told = new mp.Queue<string>();
  const process = new mp.Process({ target: answer, args: [there, told] });
  process.start();
  there.close();
  const pongs: number[] = [];
  here.send(0);
  pongs.push(await here.recvAsync() as number); // the child is up: start the clock
  const start = performance.now();
  for (let ping = 1; ping < rounds; ping++) {
    here.send(ping);
    pongs.push(await here.recvAsync() as number);
  }
  const ms = performance.now() - start;
  here.close();
  const end = await told.getAsync();
  await process.join();
  return { pongs, ms, end, code: process.exitcode };
}

const sayBye = mp.task(import.meta, (there: mp.Connection) => there.send("bye"));

/** The other way round: what the parent's end gives when the child has ended. */
async function afterTheChild() {
  const [here, there] = mp.Pipe();
  const process = new mp.Process({ target: sayBye, args: [there] });
  process.start();
  there.close(); // <- the child has this end now; our copy would keep it open
  await process.join();
  const said = [here.recv()];
  if (here.poll()) said.push(nameOfError(() => here.recv())); // something has come, or the end
  return { said, send: nameOfError(() => here.send("is anybody there?")) };
}
// #endregion

function nameOfError(action: () => unknown): string {
  try {
    action();
    return "no error";
  } catch (error) {
    return (error as Error).name;
  }
}

/** The scenario. */
export const scenario: Scenario = {
  id: "pipe",
  deck: "Firenze",
  slide: "Pipes",
  summary: "ping-pong over a pipe; EOFError when it is closed",
  question: "Two processes hold an end of a pipe each. Parent sends a ping, child a pong, and so " +
    "on. How does the child learn that no more will come?",
  takes: { size: { means: "rounds", full: 10_000, quick: 1000, min: 2, max: 1_000_000 } },
  next: "dot-product-queue",

  async run({ size }, print) {
    const { pongs, ms, end, code } = await pingPong(size);
    const us = 1000 * ms / (size - 1);
    print(`${size.toLocaleString("en-US")} rounds of ping and pong; the parent closed its end`);
    const after = await afterTheChild();
    print("over another pipe a child said goodbye and ended; the parent went on listening");
    return {
      found: `${us.toFixed(0)} us per round; then ${end}`,
      answer: [
        {
          columns: ["what", "answer"],
          rows: [
            ["first pongs", `${pongs.slice(0, 5).join(", ")} ...`],
            ["one round", `${us.toFixed(1)} microseconds`],
            ["the child, when the parent closed its end", end],
            ["the parent, when the child had ended", after.said.join(", then ")],
            ["a send to nobody", after.send],
            ["exit code of the child", code],
          ],
        },
      ],
      why:
        "What goes in at one end of a pipe comes out at the other, in order. When everybody who " +
        "had one end has closed it or ended, recv() at the other throws EOFError, after the last " +
        "message: an ordinary end needs no special message. The parent must close its own copy " +
        "of the child's end, or it would never hear that the child is gone.",
      check: [
        {
          claim: "Every ping gets its own pong, in order.",
          holds: pongs.length === size && pongs.every((pong, ping) => pong === ping + 1),
        },
        {
          claim: "Closing gives the child an EOFError after the last ping.",
          holds: end === `EOFError after ${size} pings`,
        },
        {
          claim: "The end of the child is an EOFError for the parent, after its last word.",
          holds: after.said.join() === "bye,EOFError",
        },
        {
          claim: "A send to a closed end is a BrokenPipeError.",
          holds: after.send === "BrokenPipeError",
        },
        { claim: "The child ends with exit code 0.", holds: code === 0 },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
