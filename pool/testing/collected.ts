import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { until } from "./helpers.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Wait until the collector, which is asked to come, has taken all of them. */
export async function untilCollected(refs: WeakRef<object>[]): Promise<void> {
  await until(() => {
    collect();
    return refs.every((ref) => ref.deref() === undefined);
  });
}
