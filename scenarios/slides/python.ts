/**
 * Python's builtins that the fragments of the slides use, so that a port reads line for line.
 *
 * @module
 */

/** `range(stop)` or `range(start, stop)`. */
export function* range(start: number, stop?: number): Generator<number> {
  const end = stop ?? start;
  for (let i = stop === undefined ? 0 : start; i < end; i++) yield i;
}

/** `zip(a, b)`: pairs, until the shorter one ends. */
export function* zip<A, B>(a: Iterable<A>, b: Iterable<B>): Generator<[A, B]> {
  const others = b[Symbol.iterator]();
  for (const one of a) {
    const { done, value } = others.next();
    if (done) return;
    yield [one, value];
  }
}

/** `sum(numbers)`. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** `sum(x * y for x, y in zip(a, b))`. */
export function dot(a: Iterable<number>, b: Iterable<number>): number {
  let total = 0;
  for (const [x, y] of zip(a, b)) total += x * y;
  return total;
}

/** numpy's `full(size, value)`. */
export function full(size: number, value: number): Float64Array {
  return new Float64Array(size).fill(value);
}

/** `time.sleep`, in milliseconds: what a slide uses as work, never what orders events. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Everything that was put on a queue, when all who put have ended. */
export function drain<T>(queue: { empty(): boolean; get(): T }): T[] {
  const all: T[] = [];
  while (!queue.empty()) all.push(queue.get());
  return all;
}
