/**
 * The lines in which we differ from Python on purpose. The check fails if one of them is not printed word
 * for word on both sides, so none of them can become untrue in silence.
 *
 * @module
 */

import type { Deliberate } from "./compare.ts";

const raised = (name: string, says: string) => JSON.stringify({ raised: name, says });

const ATOMIC_CALL = "The call itself throws: nothing was started, and the error names the path.";
const WHOLE_CHUNKS =
  "Zero or less is refused where it is given, in one sentence for all such numbers.";
const MAX_TASKS = "The option has our name, and the sentence says what was given.";
const NOT_STARTED = "The sentence says what is missing; Python stumbles over its own None.";
const CLOSED_QUEUE =
  "A thread that closed its queue can do nothing more with it: one rule for all calls.";
const NEGATIVE_INDEX = "As in any typed array, there is no index below 0: `a[a.length - 1]`.";
const LONG =
  "`l` and `L` have 32 bits everywhere, as Python has them on Windows; `q` and `Q` have 64.";
const CLOSED = raised(
  "ClosedError",
  "The queue is closed: this thread called close(), so it can use it no more.",
);

const chunkSize = (name: string, n: number, python: string): Deliberate => ({
  label: `pool_errors: ${name} by ${n}`,
  python,
  ours: raised("RangeError", `chunkSize is ${n}: it must be a whole number of at least 1.`),
  why: WHOLE_CHUNKS,
});

const maxTasks = (shown: string, ours: string): Deliberate => ({
  label: `pool_errors: maxtasksperchild ${shown}`,
  python: raised("ValueError", "maxtasksperchild must be a positive int or None"),
  ours,
  why: MAX_TASKS,
});

const negativeIndex = (index: number, python: string): Deliberate => ({
  label: `values: get ${index}`,
  python,
  ours: raised(
    "RangeError",
    `Index ${index} is out of range: the array has the indices 0 to 5.`,
  ),
  why: NEGATIVE_INDEX,
});

const brokenExecutor = (label: string, python: string): Deliberate => ({
  label: `executors: ${label}`,
  python: raised("BrokenProcessPool", python),
  ours: raised(
    "BrokenExecutorError",
    "The executor is broken and runs nothing more; make a new one. The reason: PoolWorker-2 ended with " +
      "exit code 9 while it ran die.",
  ),
  why: "It says which worker ended, how, and what it ran.",
});

/** All of them. */
export const deliberate: readonly Deliberate[] = [
  {
    label: "async_result: and calls",
    python: "[]",
    ours: '[["callback",[]]]',
    why:
      "Of callback and errorCallback one is always called; Python forgets it when there are no inputs.",
  },
  {
    label: "executors: chunks of 0",
    python: raised("ValueError", "chunksize must be >= 1."),
    ours: raised("RangeError", "chunkSize is 0: it must be a whole number of at least 1."),
    why: WHOLE_CHUNKS,
  },
  brokenExecutor(
    "what it says",
    "A process in the process pool was terminated abruptly while the future was running or pending.",
  ),
  brokenExecutor(
    "submit after that",
    "A child process terminated abruptly, the process pool is not usable anymore",
  ),
  ...["false", "true"].map((cancelFutures) => ({
    label: `executors: cancel_futures ${cancelFutures}, wait 0`,
    python: "[0,5]",
    ours: "[1,4]",
    why: "The executor takes note of a cancelled call at once; Python's when its turn would come.",
  })),
  {
    label: "locks: BoundedSemaphore(0)",
    python: "false",
    ours: raised("RangeError", "The value is 0: it must be a whole number of at least 1."),
    why: "Nobody could ever acquire or release it.",
  },
  ...[0, -1, 0.5].map((n) =>
    maxTasks(
      `${n}`,
      raised("RangeError", `maxTasksPerChild is ${n}: it must be a whole number of at least 1.`),
    )
  ),
  maxTasks("'1'", raised("TypeError", 'maxTasksPerChild is "1": it must be a whole number.')),
  ...[0, -1].flatMap((n) => [
    chunkSize("map", n, "[null,null]"),
    chunkSize("imap", n, raised("ValueError", `Chunksize must be 1+, not ${n}`)),
    chunkSize("imap_unordered", n, raised("ValueError", `Chunksize must be 1+, not ${n}`)),
  ]),
  {
    label: "pool_results: imap by 2, one fails",
    python: '[0,1,{"raised":"ValueError","says":"no 2"},"end","end"]',
    ours: '[0,1,{"raised":"RangeError","says":"no 2"},4,5,"end","end"]',
    why: "After an error the next chunk follows, as it does by 1; Python's generator is used up.",
  },
  {
    label: "pool_results: an argument that cannot be sent is an error of",
    python: '"get"',
    ours: '"the call"',
    why: ATOMIC_CALL,
  },
  {
    label: "pool_results: the pool as an argument",
    python: raised(
      "NotImplementedError",
      "pool objects cannot be passed between processes or pickled",
    ),
    ours: raised(
      "DataCloneError",
      "args[0] is a Pool, which cannot pass to another thread (only data, shareable objects and tasks " +
        "can): pool objects stay in the thread that made them, so send data to tasks.",
    ),
    why: ATOMIC_CALL,
  },
  ...["terminate", "kill"].map((name) => ({
    label: `processes: ${name} before start`,
    python: raised("AttributeError", ""),
    ours: raised("Error", "process not started: call start() first."),
    why: NOT_STARTED,
  })),
  {
    label: "processes: killed",
    python: "\"<Process name='k' stopped exitcode=-SIGKILL>\"",
    ours: "\"<Process name='k' stopped exitcode=-9>\"",
    why: "A worker gets no signals; -9 is what `exitcode` gives.",
  },
  {
    label: "processes: a target that is none",
    python: "null",
    ours: raised("TypeError", "target is 5: it must be a function."),
    why: "Bad arguments throw at the call; in Python the child fails later.",
  },
  {
    label: "processes: no target",
    python: "null",
    ours: raised("TypeError", "The process has nothing to run: give a target, or override run()."),
    why: "It would start a worker for nothing: a target was forgotten.",
  },
  { label: "queues: qsize after close", python: "0", ours: CLOSED, why: CLOSED_QUEUE },
  { label: "queues: full after close", python: "false", ours: CLOSED, why: CLOSED_QUEUE },
  {
    label: "queues: an unused queue, empty after close",
    python: "true",
    ours: CLOSED,
    why: CLOSED_QUEUE,
  },
  {
    label: "queues: put what cannot be sent",
    python: "null",
    ours: raised(
      "DataCloneError",
      "value is a symbol (Symbol()), which cannot pass to another thread (only data, shareable objects " +
        "and tasks can): send a string and look the symbol up there, for instance with `Symbol.for`.",
    ),
    why: "There is no feeder thread that could fail later: `put` throws.",
  },
  {
    label: "values: Value(l) beyond 32 bits",
    python:
      "[2147483648,4294967295,4294967296,4294967297,8589934592,-2147483649,-4294967296,1099511627781," +
      "9007199254740991,-9007199254740991,9007199254740992]",
    ours: "[-2147483648,-1,0,1,0,2147483647,0,5,-1,1,0]",
    why: LONG,
  },
  {
    label: "values: Value(L) beyond 32 bits",
    python:
      "[2147483648,4294967295,4294967296,4294967297,8589934592,18446744071562067967,18446744069414584320," +
      "1099511627781,9007199254740991,18437736874454810625,9007199254740992,18446744073709551615," +
      "18446744071562067968]",
    ours: "[2147483648,4294967295,0,1,0,2147483647,0,5,4294967295,1,0,4294967295,2147483648]",
    why: LONG,
  },
  {
    label: "values: Value(i) set to True",
    python: "1",
    ours: raised(
      "TypeError",
      'Cannot store true (boolean) under typecode "i": it takes a whole number, so round it first.',
    ),
    why: "In JavaScript `true` is no number.",
  },
  negativeIndex(-1, "5"),
  negativeIndex(-6, "0"),
  {
    label: "values: Array of 1.5",
    python: raised("TypeError", ""),
    ours: raised(
      "RangeError",
      "The length of an array is 1.5: it must be a whole number from 0 on.",
    ),
    why: "A number of the wrong size, not an argument of the wrong kind: JavaScript has one kind.",
  },
];
