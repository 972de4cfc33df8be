/**
 * What the types promise. Nothing of it runs: `deno check` reads it.
 */
import type { Value } from "@polycore/shm";
import {
  asCompleted,
  type AsyncResult,
  type CompletedFuture,
  type Future,
  type ImapIterator,
  partial,
  type PartialFunction,
  Pool,
  Process,
  task,
} from "./mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

function check<_ extends true>(): void {}

Deno.test("types are read by deno check", () => {});

export function neverCalled(pool: Pool, sum: Value<"i">): void {
  const square = task(import.meta, (x: number) => x * x);
  const later = async (x: number, s: string) => await Promise.resolve(s.repeat(x));

  const squares = pool.map(square, [1, 2]);
  check<Equal<typeof squares, Promise<number[]>>>();
  const texts = pool.starmap(later, [[1, "a"], [2, "b"]]);
  check<Equal<typeof texts, Promise<string[]>>>();
  const one = pool.apply(later, [1, "a"]);
  check<Equal<typeof one, Promise<string>>>();
  const result = pool.applyAsync(later, [1, "a"]);
  check<Equal<typeof result, AsyncResult<string>>>();
  const items = pool.imap(square, new Set([1]));
  check<Equal<typeof items, ImapIterator<number>>>();
  const bound = partial(later, 2);
  check<Equal<typeof bound, PartialFunction<[s: string], Promise<string>>>>();
  pool.mapAsync(square, [1], { callback: (values) => check<Equal<typeof values, number[]>>() });

  // @ts-expect-error: the inputs are no numbers
  pool.map(square, ["1"]);
  // @ts-expect-error: the second argument is missing
  pool.starmap(later, [[1]]);
  // @ts-expect-error: the argument is no number
  pool.apply(square, ["1"]);
  // @ts-expect-error: times are milliseconds
  pool.apply(square, [1], { timeout: "1 s" });

  // Results of several kinds can stand in one list.
  const results: AsyncResult<unknown>[] = [
    pool.applyAsync(square, [1]),
    pool.mapAsync(square, [1]),
  ];
  results.pop();

  const initializer = (v: Value<"i">, name: string) => v.add(name.length);
  new Pool(2, { initializer, initargs: [sum, "x"] });
  new Pool(2, { initializer: () => {} });
  new Pool();
  // @ts-expect-error: the arguments are in the wrong order
  new Pool(2, { initializer, initargs: ["x", sum] });
  // @ts-expect-error: one is missing
  new Pool(2, { initializer, initargs: [sum] });
  // @ts-expect-error: no such option
  new Pool(2, { maxtasksperchild: 2 });

  new Process({ target: later, args: [1, "a"] });
  // @ts-expect-error: the arguments are in the wrong order
  new Process({ target: later, args: ["a", 1] });
  // @ts-expect-error: a task is a function or a class
  task(import.meta, 1);
}

/** TypeScript treats the second loop over one type otherwise than the first. */
export async function loopsOverFutures(futures: Future<number>[]): Promise<void> {
  for await (const future of asCompleted(futures)) {
    check<Equal<typeof future, CompletedFuture<number>>>();
    const value = await future.result();
    check<Equal<typeof value, number>>();
  }
  for await (const future of asCompleted(futures)) {
    check<Equal<typeof future, CompletedFuture<number>>>();
    const same: Future<number> = future;
    futures.indexOf(same);
  }
  const all = await Array.fromAsync(asCompleted(futures));
  check<Equal<typeof all, CompletedFuture<number>[]>>();
}
