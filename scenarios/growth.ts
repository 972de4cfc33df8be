/**
 * How much memory something takes.
 *
 * @module
 */

/** Run it, and see how far the memory of the program grows meanwhile, in bytes. */
export async function growth<R>(action: () => Promise<R>): Promise<[R, grown: number]> {
  const before = Deno.memoryUsage().rss;
  let most = before;
  const look = () => most = Math.max(most, Deno.memoryUsage().rss);
  const timer = setInterval(look, 2);
  try {
    const result = await action();
    look();
    return [result, most - before];
  } finally {
    clearInterval(timer);
  }
}
