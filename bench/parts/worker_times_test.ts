import { assert, assertEquals } from "@std/assert";
import { Pool } from "@polycore/pool";
import { desksOf, readMeters } from "@polycore/pool/internal";
import { sampleInTurns, type Timed } from "../sampling.ts";
import { metered } from "./worker_times.ts";

const compute = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

Deno.test("metered() sums up what the workers did in the samples that were kept", async () => {
  await using pool = new Pool(2);
  const work: Timed = { samplesMs: [], run: () => pool.map(compute, [4, 4], { chunkSize: 1 }) };
  const { subject, workerTimes } = metered(work, pool);
  assertEquals(workerTimes(), null);
  await sampleInTurns([subject], { precision: 0, budgetMs: 1e5, most: 5, random: Math.random });
  const times = workerTimes()!;
  const sum = (key: keyof typeof times[0]) => times.reduce((sum, time) => sum + time[key], 0);
  const measured = subject.samplesMs.reduce((sum, ms) => sum + ms, 0);
  assertEquals(times.length, 2);
  assert(sum("busyMs") >= 40, `busy ${sum("busyMs")}`);
  assertEquals(sum("waitingMs"), 0);
  // Both workers together have twice the time that was measured; a count may fall to the next sample.
  const all = sum("busyMs") + sum("waitingMs") + sum("communicatingMs") + sum("idleMs");
  assert(all >= 2 * measured * 0.999 && all < 2 * measured * 1.5, `${all} of ${2 * measured}`);
});

Deno.test("a pool counts only while its subject is timed", async () => {
  await using pool = new Pool(1);
  const { subject } = metered({ samplesMs: [], run: () => pool.map(compute, [1]) }, pool);
  await sampleInTurns([subject], { precision: 0, budgetMs: 1e5, most: 2, random: Math.random });
  await pool.map(compute, [1]); // what the last claim still counted is there now
  const before = readMeters(desksOf(pool));
  await pool.map(compute, [5]);
  assertEquals(readMeters(desksOf(pool)), before);
});
