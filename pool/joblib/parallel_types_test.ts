/**
 * What the types of `Parallel` promise; `deno check` reads them, nothing of it runs.
 */
import {
  delayed,
  type DelayedCall,
  Parallel,
  type ParallelCall,
  parallelConfig,
  type ParallelGenerator,
  type ParallelOptions,
  type ParallelResults,
} from "../mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

function check<_ extends true>(): void {}

Deno.test("the types of Parallel are read by deno check", () => {});

const square = (x: number) => x * x;
const later = async (x: number, s: string) => await Promise.resolve(s.repeat(x));

export function calls(parallel: ParallelCall, generator: ParallelGenerator): void {
  check<Equal<ReturnType<typeof one>, DelayedCall<number>>>();
  const one = () => delayed(square)(2);
  check<Equal<ReturnType<typeof all>, Promise<number[]>>>();
  const all = () => parallel([1, 2].map((x) => delayed(square)(x)));
  check<Equal<ReturnType<typeof awaited>, Promise<string[]>>>();
  const awaited = () => parallel([delayed(later)(1, "a")]);
  check<Equal<ReturnType<typeof mixed>, Promise<(number | string)[]>>>();
  const mixed = () => parallel([delayed(later)(1, "a"), delayed(square)(2)]);
  check<Equal<ReturnType<typeof stream>, ParallelResults<string>>>();
  const stream = () => generator([delayed(later)(1, "a")].values());
}

export function made(options: ParallelOptions): void {
  check<Equal<ReturnType<typeof either>, ParallelGenerator | ParallelCall>>();
  const either = () => Parallel(options);
  check<Equal<ReturnType<typeof list>, ParallelCall>>();
  const list = () => Parallel({ nJobs: -1, maxNbytes: "10M", preDispatch: "all" });
  check<Equal<ReturnType<typeof generator>, ParallelGenerator>>();
  const generator = () => Parallel({ returnAs: "generator_unordered" });
}

export function wrong(): void {
  // @ts-expect-error: a text where a number is wanted
  delayed(square)("2");
  // @ts-expect-error: an argument is missing
  delayed(later)(2);
  // @ts-expect-error: joblib's name of an option
  Parallel({ n_jobs: 2 });
  // @ts-expect-error: no way to give results
  Parallel({ returnAs: "set" });
  // @ts-expect-error: no hint
  parallelConfig({ prefer: "fibers" });
  // @ts-expect-error: what was called already
  Parallel()([square(2)]);
}
