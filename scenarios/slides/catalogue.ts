/**
 * Every fragment of code on the four slide decks: where it stands, what it is, and which test is its port
 * or why there is none. The decks of PNNL and Firenze and the page of UVA are quoted by the title of the
 * slide or section, the notebook of Duke by its cells.
 *
 * @module
 */

/** Who wrote the slides. */
export type Deck = "PNNL" | "Firenze" | "UVA" | "Duke";

/** A fragment of code on a slide. */
export interface Fragment {
  /** The deck. */
  readonly deck: Deck;
  /** The title of the slide or section, or the cells. */
  readonly place: string;
  /** What it does. */
  readonly what: string;
  /** The file in this folder with its port, or else why it has none. */
  readonly port: { readonly file: string } | { readonly none: string };
}

/** What the test of a fragment is called. */
export function testName({ deck, place, what }: Fragment): string {
  return `${deck}, ${place}: ${what}`;
}

type Row = [place: string, what: string, port: { file: string } | { none: string }];

const threads = { file: "threads_test.ts" };
const processes = { file: "processes_test.ts" };
const queues = { file: "queues_test.ts" };
const pool = { file: "pool_test.ts" };
const shared = { file: "shared_test.ts" };
const locks = { file: "locks_test.ts" };
const executors = { file: "executors_test.ts" };
const counting = { file: "counting_test.ts" };
const monteCarlo = { file: "monte_carlo_test.ts" };
const manager = { file: "manager_test.ts" };
const joblib = { file: "joblib_test.ts" };
const noInstall = { none: "nothing is to be installed" };
const noWork = { none: "it sets up the notebook" };
const imports = { none: "each test file has it" };
const shell = { none: "shell, not Python" };
const scenario = { none: "`deno task scenario monte-carlo-pi` measures it" };

const rows: Record<Deck, Row[]> = {
  PNNL: [
    ["Using threads to hide I/O", "ten threads that nobody joins", threads],
    ["Joining threads", "ten threads that are joined", threads],
    [
      "Spawning concurrent processes",
      "ten that are joined, with variables of their own",
      processes,
    ],
    ["Multiprocessing queues", "put, get, empty; first in, first out; any type", queues],
    ["Using queues to pass data", "ten processes put, the parent joins, then gets", queues],
    ["Multiprocessor dot product", "slices to processes, partial results from a queue", queues],
    ["Multiprocessor pool", "map, close, join", pool],
    ["Map example", "map of the square over a vector", pool],
    ["Map, passing more than one argument", "zip of two vectors", pool],
    ["Map, passing more than one argument", "partial of a function of two vectors", pool],
    ["Map, a few functions with lots of work", "one call per core", pool],
    ["Multiprocessor value and array", "a type and a value", shared],
    ["Value and array example", "eight processes add to one value without a lock", shared],
    ["Value and array example", "why the answer is wrong", shared],
    ["Value and array and locks", "with a lock the answer is right", shared],
    ["Multiprocessor manager", "every kind of object that a manager shares", manager],
    [
      "Bag_of_Words",
      "a dict, a lock and a list of a manager count the words of each line",
      manager,
    ],
  ],
  Firenze: [
    ["Spawning a process", "build, start, join, behind the main guard", processes],
    ["Creating a process", "target, args, a name, an imported function", processes],
    ["Starting/Joining a process", "join with a timeout; exit codes 0, above and below", processes],
    ["Daemon processes", "a daemon ends with the main program", processes],
    ["Subclassing Process", "own constructor, own run", processes],
    ["Queues", "a producer and a consumer, both subclasses of Process", queues],
    ["Queues", "JoinableQueue, task_done and join", queues],
    ["Pipes", "two connections, each sends and receives", queues],
    ["Shared memory", "Value of doubles, Array of signed integers, a lock against races", shared],
    ["Shared memory", "objects of a manager, handled by other processes", manager],
    ["Synchronization", "Lock by acquire and release, and by with", locks],
    ["Synchronization", "Semaphore limits how many are inside at once", locks],
    ["Synchronization", "Barrier, nobody begins step 2 before all have done step 1", locks],
    ["Synchronization", "Condition, a stage of a workflow waits for the one before", locks],
    ["Synchronization", "with a lock is acquire, try, finally, release", locks],
    ["Pool", "a number of workers, a function that each runs first, results as a list", pool],
    ["Pool methods", "apply waits", pool],
    ["Pool methods", "apply_async goes on, with a callback", pool],
    ["Pool methods", "map waits, and cuts into chunks", pool],
    ["Pool methods", "map_async goes on, with one callback for the list", pool],
    ["Pool methods", "close or terminate, then join", pool],
    ["Pools and sharing data", "a Value in a global, set by the initializer", shared],
    ["Pools and sharing data", "here a Value may also be an argument", shared],
    ["Futures", "submit gives a future; map with a timeout and a chunk size", executors],
    ["Futures", "both kinds of executor have the same interface", executors],
    ["Pool executors", "submit is Pool.apply_async", executors],
    ["Pool executors", "map gives its results in the order of the arguments", executors],
    ["Pool executors", "as_completed gives them as they are done", executors],
    ["Pool executors and asyncio", "run_in_executor, and gather", executors],
    ["run_in_executor", "functools.partial freezes arguments", executors],
    ["Using executors with asyncio", "the five steps, with gather and as_completed", executors],
    ["Joblib basics", "install by pip or conda", noInstall],
    ["Backend", "loky and multiprocessing", joblib],
    ["Memoization", "Memory, as a decorator and by its method", joblib],
    ["Memory tricks", "clear, and functions of one name", joblib],
    [
      "Parallelization",
      "Parallel, delayed, n_jobs, verbose, require, memmap, parallel_backend",
      joblib,
    ],
    ["Serialization", "dump and load, compressed", joblib],
  ],
  UVA: [
    ["The Process Class", "hello from four processes, in any order", processes],
    ["The Process Class", "from multiprocessing import Process", imports],
    ["The Pool Class", "map of x * x over 1 to 10", pool],
    ["The Pool Class", "map_async of x * x, get later", pool],
    ["The Pool Class", "starmap of pairs made by zip (file not shown)", pool],
    ["The Pool Class", "apply_async of x ** 3, results collected", pool],
    ["The Pool Class", "Monte-Carlo pi, the throws cut evenly (file not shown)", monteCarlo],
    ["The Pool Class", "NUM_PROCS says how many cores (file not shown)", monteCarlo],
    ["Running on a Local Computer", "MonteCarloPiMC.py with three numbers of throws", scenario],
    ["Running the Program on a Cluster", "the job script, sbatch, squeue, sacct", shell],
  ],
  Duke: [
    ["In [1] [48]", "magics of the notebook, and imports for plots", noWork],
    ["In [3]", "imports", imports],
    ["In [4] [5]", "pi ten times in one loop", monteCarlo],
    ["In [6] to [8]", "the loop compiled by numba, which V8 does by itself", monteCarlo],
    ["In [9] to [11]", "the loop compiled by Cython, which V8 does by itself", monteCarlo],
    ["In [12] [13]", "ProcessPoolExecutor.map of ten large jobs", executors],
    ["In [14]", "map of ten thousand small jobs one by one", executors],
    ["In [15]", "map of ten thousand small jobs in chunks", executors],
    ["In [18] [19]", "the status of futures: running, done, result", executors],
    ["In [21]", "cancelling jobs and adding callbacks", executors],
    ["In [22] to [26]", "map of an adapted function over an array cut into pairs", executors],
    ["In [27] [28]", "ThreadPoolExecutor.map of pi, no faster under a GIL", threads],
    ["In [33] to [37]", "threads without a GIL are workers", threads],
    ["In [41] [42]", "Pool.map of ten large jobs", monteCarlo],
    ["In [43] [45]", "Pool.map of ten thousand small jobs", monteCarlo],
    ["In [46] [49]", "ten processes, each joined before the next one starts", processes],
    ["In [50] [51]", "starmap of a + b over pairs", pool],
    ["In [52] to [54]", "map of a partial that doubles", pool],
    ["In [55] [56]", "the return values of processes, through a queue", queues],
    ["In [57] [58]", "a global counter, counted in the same process", counting],
    ["In [59] [60]", "a global counter stays 0, each process has its own", counting],
    ["In [61] [62]", "Value and Array count a hundred processes, one after the other", counting],
    ["In [63] [64]", "the same count by map and reduce", counting],
    ["In [65]", "a thousand increments without a lock, three runs: at most 1000", counting],
    ["In [65]", "why increments get lost", counting],
    ["In [65]", "with the lock of the Value, or by add, exactly 1000", counting],
    ["In [66]", "a slot per process needs no lock, three runs: exactly 1000", counting],
  ],
};

/** All fragments. */
export const fragments: readonly Fragment[] = Object.entries(rows).flatMap(([deck, list]) =>
  list.map(([place, what, port]) => ({ deck: deck as Deck, place, what, port }))
);
