import { assert } from "@std/assert";
import { until } from "./helpers.ts";

/** Wait until the collector has taken all of them; it comes when there is enough garbage. */
export async function untilCollected(refs: WeakRef<object>[]): Promise<void> {
  let garbage: unknown[] = [], turns = 0;
  await until(() => {
    garbage = Array.from({ length: 300_000 }, (_, i) => [i]);
    // A look keeps an object for a turn, and so from a collection that goes on over several of them.
    return ++turns % 16 === 0 && refs.every((ref) => ref.deref() === undefined);
  });
  assert(garbage.length > 0);
}
