import { assert } from "@std/assert";
import { until } from "./helpers.ts";

/** Wait until the collector has taken all of them; it comes when there is enough garbage. */
export async function untilCollected(refs: WeakRef<object>[]): Promise<void> {
  let garbage: unknown[] = [];
  await until(() => {
    garbage = Array.from({ length: 300_000 }, (_, i) => [i]);
    return refs.every((ref) => ref.deref() === undefined);
  });
  assert(garbage.length > 0);
}
