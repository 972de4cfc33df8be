/**
 * The life of a process: its name, its start, joining with a timeout, and its exit code.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const waitThenEnd = mp.task(import.meta, (go: mp.Event, names: mp.Queue<string>) => {
  names.put(mp.currentProcess().name);
  go.wait();
});

const fail = mp.task(import.meta, () => {
  throw new Error("this process fails on purpose"); // <- exit code 1
});

const leave = mp.task(import.meta, (code: number) => {
  mp.exit(code); // <- an exit code of its choice
});
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "process-lifecycle",
  deck: "Firenze",
  slide: "Starting/Joining a process",
  summary: "name, start, join with a timeout, kinds of exit code",
  question: "What can the parent know of a process: its name, whether it lives, whether it has " +
    "ended within a time, and how it ended?",
  takes: { size: { means: "ms of the join that times out", full: 200, quick: 50, max: 60_000 } },
  next: "queue-results",

  async run({ size }, print) {
    print("four processes, one after the other; the error of `failing` is printed as it happens");
    const go = new mp.Event();
    const names = new mp.Queue<string>();
    const parent = mp.currentProcess().name;

    // #region lesson
    const steady = new mp.Process({ target: waitThenEnd, args: [go, names], name: "steady" });
    const codes = { before: steady.exitcode, during: -99 as number | null };
    steady.start(); // returns at once
    const name = await names.getAsync(); // the process runs, and says its name
    const start = performance.now();
    await steady.join(size); // <- it waits for `go`, so this join runs out of time
    const waited = performance.now() - start;
    const aliveAfterTimeout = steady.isAlive();
    codes.during = steady.exitcode;
    go.set();
    await steady.join();

    const failing = new mp.Process({ target: fail, name: "failing" });
    const leaving = new mp.Process({ target: leave, args: [3], name: "leaving" });
    const stopped = new mp.Process({
      target: waitThenEnd,
      args: [new mp.Event(), names],
      name: "stopped",
    });
    for (const process of [failing, leaving, stopped]) process.start();
    await names.getAsync(); // `stopped` is up, and will wait for ever
    stopped.terminate(); // <- an exit code below 0
    for (const process of [failing, leaving, stopped]) await process.join();
    // #endregion

    print(`join(${size}) on steady came back after ${waited.toFixed(0)} ms, while it was alive`);
    const ended = [steady, failing, leaving, stopped];
    return {
      found: `exit codes ${ended.map((process) => process.exitcode).join(", ")}`,
      answer: [
        {
          columns: ["process", "what it did", "exitcode", "alive"],
          rows: [
            ["steady", "waited for an event, returned", steady.exitcode, steady.isAlive()],
            ["failing", "threw an error", failing.exitcode, failing.isAlive()],
            ["leaving", "called exit(3)", leaving.exitcode, leaving.isAlive()],
            ["stopped", "was terminated while it waited", stopped.exitcode, stopped.isAlive()],
          ],
        },
        `Before and during its run the exit code of steady was ${codes.before} and ` +
        `${codes.during}. It calls itself "${name}" and the parent calls itself "${parent}".`,
      ],
      why:
        "start() does not wait for the process, join() does, and join(timeout) waits at most that long and " +
        "says nothing: afterwards isAlive() or exitcode tells whether it has ended. A function's " +
        "return value is lost with its process. What stays is one number: 0 for an ordinary end, " +
        "1 for an error, the code given to exit(), and a negative one when it was killed.",
      beside: {
        columns: ["exit code", "slide", "here"],
        rows: [
          ["ordinary end", "0", steady.exitcode],
          ["error", "above 0", failing.exitcode],
          ["killed", "below 0", stopped.exitcode],
        ],
      },
      check: [
        {
          claim: "There is no exit code before the end.",
          holds: codes.before === null && codes.during === null,
        },
        {
          claim: "A join that times out leaves the process alive.",
          holds: aliveAfterTimeout && waited >= size - 2,
        },
        { claim: "The process knows the name that it was given.", holds: name === "steady" },
        { claim: "An ordinary end gives 0.", holds: steady.exitcode === 0 },
        {
          claim: "An error gives 1, and exit(3) gives 3.",
          holds: failing.exitcode === 1 && leaving.exitcode === 3,
        },
        { claim: "A terminated process has a negative code.", holds: (stopped.exitcode ?? 0) < 0 },
        {
          claim: "None is alive after its join.",
          holds: ended.every((process) => !process.isAlive()),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
