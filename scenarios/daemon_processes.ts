/**
 * A daemon ends with the program that started it; other processes are waited for.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
type News = mp.Queue<string>;

/** Both kinds of process do the same: they wait for `go`, and tell how they end. */
const work = mp.task(import.meta, (who: string, begun: mp.Barrier, go: mp.Event, news: News) => {
  let end = "was cut off";
  try {
    begun.wait();
    go.wait();
    end = "finished its work";
  } finally {
    news.put(`${who} ${end}`);
  }
});

/** A program within the program: it starts both and reaches its last line, joining neither. */
const program = mp.task(import.meta, (go: mp.Event, news: News) => {
  const begun = new mp.Barrier(3);
  const args = (who: string): [string, mp.Barrier, mp.Event, News] => [who, begun, go, news];
  const daemon = new mp.Process({ target: work, args: args("the daemon"), daemon: true }); // <- cut off
  const child = new mp.Process({ target: work, args: args("the other") }); // <- waited for
  daemon.start();
  child.start();
  begun.wait(); // both are at work
  news.put("the program reached its last line");
});
// #endregion

/** What must hold of the news, in the order of their arrival. */
export function checkNews(before: string[], waited: boolean, after: string[], code: number | null) {
  return [
    {
      claim: "At the last line of the program the daemon is cut off.",
      holds: before.join() === "the program reached its last line,the daemon was cut off",
    },
    { claim: "The program does not end while the other one works.", holds: waited },
    {
      claim: "The other one finishes its work.",
      holds: after.join() === "the other finished its work",
    },
    { claim: "Then the program ends with exit code 0.", holds: code === 0 },
  ] satisfies Check[];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "daemon-processes",
  deck: "Firenze",
  slide: "Daemon processes",
  summary: "a daemon ends with its program; others are waited for",
  question:
    "A program starts two processes, one of them a daemon, and reaches its last line while " +
    "both are at work. What becomes of them?",
  takes: {
    size: { means: "ms to wait for a program that cannot end", full: 500, quick: 50, max: 60_000 },
  },
  next: "process-subclass",

  async run({ size }, print) {
    const [go, news] = [new mp.Event(), new mp.Queue<string>()];
    const running = new mp.Process({ target: program, args: [go, news], name: "program" });
    running.start();
    const before = [await news.getAsync(), await news.getAsync()];
    for (const line of before) print(line);
    await running.join(size);
    const waited = running.isAlive();
    print(`${size} ms later the program ${waited ? "still waits for the other" : "has ended"}`);
    go.set();
    await running.join();
    const after: string[] = [];
    while (!news.empty()) after.push(await news.getAsync());
    for (const line of after) print(line);
    return {
      found: "daemon cut off, the other waited for",
      answer: [
        {
          columns: ["order", "what happened"],
          rows: [
            ...before,
            "the other was told to go on",
            ...after,
            `the program ended with exit code ${running.exitcode}`,
          ].map((line, i) => [i + 1, line]),
        },
      ],
      why: "A daemon does something in the background that matters only while the program runs. " +
        "So at the end of the program it is ended too, wherever it is, and no orphan stays. Every " +
        "other process has work that somebody wants done: the program waits for it, although " +
        "nobody joined it. Do not let a daemon write what must be whole. Here the program is a " +
        "process itself, so that this lesson can look at its end.",
      check: checkNews(before, waited, after, running.exitcode),
    };
  },
};

if (import.meta.main) await alone(scenario);
