import { assertEquals } from "@std/assert";
import { task } from "@polycore/pool";
import { readSystemFile } from "@polycore/pool/internal";
import { numbersOf } from "./topology.ts";
import { pinnedPool } from "./pin.ts";
import { affinity } from "./machine.ts";

/** The cores that this very thread may run on: a program that it starts inherits them. */
const ownCores: (i: number) => string | null = task(
  import.meta,
  (_: number) => affinity(readSystemFile("/proc/self/status")),
);

const allowed = Deno.build.os === "linux"
  ? numbersOf(affinity(readSystemFile("/proc/self/status"))!)
  : [];

Deno.test({
  name: "pinnedPool() binds each worker to a core of its own, and the main thread to none",
  ignore: allowed.length === 0,
  async fn() {
    await using pool = pinnedPool(allowed.length, allowed);
    const seen = new Set<string | null>();
    // Which worker takes which task is chance: ask until each has answered.
    while (seen.size < allowed.length) {
      for (
        const cores of await pool.map(ownCores, Array(allowed.length).keys(), { chunkSize: 1 })
      ) {
        seen.add(cores);
      }
    }
    assertEquals([...seen].sort(), allowed.map(String).sort());
    assertEquals(numbersOf(affinity(readSystemFile("/proc/self/status"))!), allowed);
  },
});
