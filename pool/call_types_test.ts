/**
 * What the types of calls promise: a result has the type that the function gives, and a wrong argument is
 * an error of `deno check`. Nothing of it runs.
 */
import { Pipe, Queue, type SimpleQueue } from "@polycore/shm";
import {
  asCompleted,
  type AsyncResult,
  EventLoopExecutor,
  type ExecutorMapIterator,
  type Future,
  type ImapIterator,
  partial,
  type PartialFunction,
  Pool,
  Process,
  runInExecutor,
  task,
  wait,
  WorkerPoolExecutor,
} from "./mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

function check<_ extends true>(): void {}

Deno.test("the types of calls are read by deno check", () => {});

const square = task(import.meta, (x: number) => x * x);
const later = async (x: number, s: string) => await Promise.resolve(s.repeat(x));
const lengths = (s: string, n?: number) => s.length + (n ?? 0);

export function poolCalls(pool: Pool): void {
  check<Equal<ReturnType<typeof apply>, Promise<string>>>();
  const apply = () => pool.apply(later, [1, "a"]);
  check<Equal<ReturnType<typeof applyAsync>, AsyncResult<string>>>();
  const applyAsync = () => pool.applyAsync(later, [1, "a"]);
  check<Equal<ReturnType<typeof map>, Promise<number[]>>>();
  const map = () => pool.map(square, new Float64Array(3));
  check<Equal<ReturnType<typeof mapAsync>, AsyncResult<number[]>>>();
  const mapAsync = () => pool.mapAsync(square, [1]);
  check<Equal<ReturnType<typeof starmap>, Promise<string[]>>>();
  const starmap = () => pool.starmap(later, [[1, "a"]]);
  check<Equal<ReturnType<typeof starmapAsync>, AsyncResult<string[]>>>();
  const starmapAsync = () => pool.starmapAsync(later, [[1, "a"]]);
  check<Equal<ReturnType<typeof imap>, ImapIterator<number>>>();
  const imap = () => pool.imap(square, [1].values());
  check<Equal<ReturnType<typeof imapUnordered>, ImapIterator<number>>>();
  const imapUnordered = () => pool.imapUnordered(square, [1]);
  pool.starmap(lengths, [["a"], ["a", 1]]);
  pool.map((row: { a: number }) => row.a, [{ a: 1 }]);
  pool.applyAsync(() => 1);

  // @ts-expect-error: the second argument is no string
  pool.apply(later, [1, 2]);
  // @ts-expect-error: one argument is missing
  pool.apply(later, [1]);
  // @ts-expect-error: one argument is too many
  pool.applyAsync(square, [1, 2]);
  // @ts-expect-error: the arguments are in no array
  pool.applyAsync(square, 1);
  // @ts-expect-error: the inputs are no numbers
  pool.map(square, ["1"]);
  // @ts-expect-error: a number cannot be iterated
  pool.map(square, 5);
  // @ts-expect-error: the inputs are no numbers
  pool.mapAsync(square, new Set(["1"]));
  // @ts-expect-error: the arguments are in the wrong order
  pool.starmap(later, [["a", 1]]);
  // @ts-expect-error: the inputs are no arrays of arguments
  pool.starmapAsync(square, [1]);
  // @ts-expect-error: the inputs are no numbers
  pool.imap(square, ["1"]);
  // @ts-expect-error: the inputs are no numbers
  pool.imapUnordered(square, ["1"]);
  // @ts-expect-error: Python's name of the option
  pool.map(square, [1], { chunksize: 2 });
  // @ts-expect-error: the callback takes the results of all inputs
  pool.mapAsync(square, [1], { callback: (value: number) => value });
  // @ts-expect-error: text is no function
  pool.map("square", [1]);
}

export function executorCalls(workers: WorkerPoolExecutor, loop: EventLoopExecutor): void {
  for (const executor of [workers, loop]) {
    check<Equal<ReturnType<typeof submit>, Future<string>>>();
    const submit = () => executor.submit(later, 1, "a");
    check<Equal<ReturnType<typeof map>, ExecutorMapIterator<number>>>();
    const map = () => executor.map(square, [1]);
    check<Equal<ReturnType<typeof map2>, ExecutorMapIterator<string>>>();
    const map2 = () => executor.map(later, [1, 2], ["a", "b"]);
    executor.map(later, [1], ["a"], { chunkSize: 2 });
    check<Equal<ReturnType<typeof run>, Promise<string>>>();
    const run = () => runInExecutor(executor, later, 1, "a");

    // @ts-expect-error: the second argument is missing
    executor.submit(later, 1);
    // @ts-expect-error: the argument is no number
    executor.submit(square, "1");
    // @ts-expect-error: the inputs are no numbers
    executor.map(square, ["1"]);
    // @ts-expect-error: the iterables are in the wrong order
    executor.map(later, ["a"], [1]);
    // @ts-expect-error: Python's name of the option
    executor.map(square, [1], { chunksize: 2 });
    // @ts-expect-error: the argument is no number
    runInExecutor(executor, square, "1");
    // @ts-expect-error: Python's name of the option
    executor.shutdown({ cancel_futures: true });
  }
  runInExecutor(null, square, 1);
  // @ts-expect-error: a pool is no executor
  runInExecutor(new Pool(1), square, 1);
  new WorkerPoolExecutor({ initializer: later, initargs: [1, "a"] });
  // @ts-expect-error: the arguments are in the wrong order
  new WorkerPoolExecutor({ initializer: later, initargs: ["a", 1] });
  // @ts-expect-error: one is missing
  new EventLoopExecutor({ initializer: later, initargs: [1] });
}

export async function futures(all: Future<number>[]): Promise<void> {
  for await (const future of asCompleted(all)) {
    const value = await future.result();
    check<Equal<typeof value, number>>();
  }
  const { done, notDone } = await wait(all, { returnWhen: "FIRST_COMPLETED", timeout: 10 });
  check<Equal<typeof done, Set<Future<number>>>>();
  check<Equal<typeof notDone, Set<Future<number>>>>();
  const value = await all[0]!;
  check<Equal<typeof value, number>>();

  // @ts-expect-error: promises are no futures
  asCompleted([Promise.resolve(1)]);
  // @ts-expect-error: a number is no future
  wait([1]);
  // @ts-expect-error: no such condition
  wait(all, { returnWhen: "FIRST" });
  // @ts-expect-error: the result is no string
  all[0]!.setResult("1");
}

export function partials(pool: Pool): void {
  const bound = partial(later, 2);
  check<Equal<typeof bound, PartialFunction<[s: string], Promise<string>>>>();
  const whole = partial(later, 2, "a");
  check<Equal<typeof whole, PartialFunction<[], Promise<string>>>>();
  check<Equal<ReturnType<typeof map>, Promise<string[]>>>();
  const map = () => pool.map(bound, ["a"]);
  check<Equal<ReturnType<typeof apply>, Promise<string>>>();
  const apply = () => pool.apply(partial(bound, "a"), []);
  new Process({ target: bound, args: ["a"] });

  // @ts-expect-error: the first argument is no number
  partial(later, "a");
  // @ts-expect-error: one argument is too many
  partial(square, 1, 2);
  // @ts-expect-error: what is left is a string
  pool.map(bound, [1]);
  // @ts-expect-error: it cannot be changed
  bound.args = [];
}

export function processes(): void {
  new Process({ target: square, args: [1] });
  new Process({ target: lengths, args: ["a"] });
  new Process({ target: () => {} });
  new Process({ name: "idle", daemon: true });

  // @ts-expect-error: the argument is no number
  new Process({ target: square, args: ["1"] });
  // @ts-expect-error: the second argument is missing
  new Process({ target: later, args: [1] });
  // @ts-expect-error: one argument is too many
  new Process({ target: square, args: [1, 2] });
  // @ts-expect-error: text is no function
  new Process({ target: "square" });
  // @ts-expect-error: there are no keyword arguments
  new Process({ target: square, kwargs: { x: 1 } });
}

export function queues(queue: Queue<{ id: number }>, simple: SimpleQueue<string>): void {
  const item = queue.get();
  check<Equal<typeof item, { id: number }>>();
  check<Equal<ReturnType<typeof getAsync>, Promise<{ id: number }>>>();
  const getAsync = () => queue.getAsync({ timeout: 10 });
  const text = simple.get();
  check<Equal<typeof text, string>>();
  const anything = new Queue().get();
  check<Equal<typeof anything, unknown>>();
  // A function that takes a queue takes one of the same values only.
  const take = (q: Queue<{ id: number }>) => q.get().id;
  new Process({ target: take, args: [queue] });

  // @ts-expect-error: the value lacks its id
  queue.put({ name: "a" });
  // @ts-expect-error: the value is no object
  queue.putNowait(1);
  // @ts-expect-error: the value is no string
  simple.put(1);
  // @ts-expect-error: times are milliseconds
  queue.get({ timeout: "1 s" });
  // @ts-expect-error: the values are others
  new Process({ target: take, args: [new Queue<string>()] });
  // @ts-expect-error: an end of a pipe is no queue
  new Process({ target: take, args: [Pipe()[0]] });
}
