import { assert, assertEquals, assertMatch } from "@std/assert";
import { delayed, Parallel } from "../mod.ts";
import { square } from "../testing/tasks.ts";
import { isSkipped, Progress, shortTime } from "./progress.ts";
import { ProgressBar } from "./progress_bar.ts";

/** What is printed while something runs: each line with where it goes. */
async function printed(run: () => unknown): Promise<string[]> {
  const lines: string[] = [];
  const { error, log } = console;
  console.error = (line: string) => lines.push(`stderr ${line}`);
  console.log = (line: string) => lines.push(`stdout ${line}`);
  try {
    await run();
  } finally {
    Object.assign(console, { error, log });
  }
  return lines;
}

Deno.test("times in joblib's width", () => {
  assertEquals([0, 1234, 59_960, 60_001, 3_600_000].map(shortTime), [
    "   0.0s",
    "   1.2s",
    "  60.0s",
    " 1.0min",
    "60.0min",
  ]);
});

Deno.test("_verbosity_filter: after which batches there is a line", () => {
  // Computed with joblib 1.2.
  const lines = (verbose: number) =>
    Array.from({ length: 200 }, (_, i) => i).filter((i) => !isSkipped(i, verbose));
  assertEquals(lines(11).length, 200);
  assertEquals(lines(1), [0, 49, 199]);
  assertEquals(lines(5).slice(0, 5), [0, 17, 71, 161]);
});

Deno.test("test_verbosity: the lines of a call, exactly", async () => {
  const progress = () => {
    const made = new Progress({ verbose: 11, nJobs: 2, preDispatch: 4 });
    made.begin("workers", 2);
    for (let i = 0; i < 6; i++) made.sent(1);
    made.done(1);
    made.allDispatched = true;
    for (let i = 1; i < 6; i++) made.done(1);
    made.batchSize({ was: "fast", duration: 12.345, size: 4 });
    made.finish();
  };
  const lines = await printed(progress);
  assertEquals(lines.map((line) => line.replaceAll(/ \d\.\ds/g, " 0.0s")), [
    "stderr [Parallel(n_jobs=2)]: Using backend workers with 2 concurrent workers.",
    "stderr [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.0s",
    "stderr [Parallel(n_jobs=2)]: Done   2 out of   6 | elapsed:    0.0s remaining:    0.0s",
    "stderr [Parallel(n_jobs=2)]: Done   3 out of   6 | elapsed:    0.0s remaining:    0.0s",
    "stderr [Parallel(n_jobs=2)]: Done   4 out of   6 | elapsed:    0.0s remaining:    0.0s",
    "stderr [Parallel(n_jobs=2)]: Done   6 out of   6 | elapsed:    0.0s remaining:    0.0s",
    "stderr [Parallel(n_jobs=2)]: Batch computation too fast (0.0123s.) Setting batch_size=4.",
    "stderr [Parallel(n_jobs=2)]: Done   6 out of   6 | elapsed:    0.0s finished",
  ]);
});

for (const [nJobs, name] of [[1, "sequential"], [2, "workers"]] as const) {
  Deno.test(`verbose of a real call, nJobs ${nJobs}`, async () => {
    const calls = [1, 2, 3].map((x) => delayed(square)(x));
    const run = async (verbose: number) => {
      await using parallel = Parallel({ nJobs, verbose });
      await parallel(calls);
    };
    assertEquals(await printed(() => run(0)), []);
    const lines = await printed(() => run(60));
    assert(lines.every((line) => line.startsWith(`stdout [Parallel(n_jobs=${nJobs})]: `)));
    assert(lines[0]!.endsWith(`Using backend ${name} with ${nJobs} concurrent workers.`));
    assertMatch(lines.at(-1)!, /Done {3}3 out of {3}3 \| elapsed: +\d+\.\ds finished$/);
  });
}

Deno.test("the bar stands below the lines, and is gone at the end", async () => {
  const terminal: string[] = [];
  const bar = new ProgressBar((text) => terminal.push(text), 0);
  const lines = await printed(() => {
    const progress = new Progress({ verbose: 1, nJobs: 2, preDispatch: 4, total: 12, bar });
    for (let i = 0; i < 6; i++) progress.sent(1);
    progress.done(1);
    progress.allDispatched = true;
    progress.done(2);
    terminal.push("before the last line");
    progress.finish();
    progress.stop();
  });
  assertEquals(terminal, [
    `\r|${"#".repeat(3)}${"-".repeat(27)}| 1 of 12\x1b[K`,
    "\r\x1b[K", // a line comes in its place
    `\r|${"#".repeat(15)}${"-".repeat(15)}| 3 of 6\x1b[K`,
    "before the last line",
    "\r\x1b[K",
  ]);
  assertEquals(lines.length, 2);
});

Deno.test("the bar is drawn only so often, and at once after a line", () => {
  const terminal: string[] = [];
  const bar = new ProgressBar((text) => terminal.push(text), Infinity);
  bar.clear(); // nothing to take away
  for (let done = 1; done <= 5; done++) bar.draw(done, 5);
  assertEquals(terminal.length, 1);
  bar.clear();
  bar.draw(3, undefined);
  bar.clear();
  bar.draw(5, 5);
  assertEquals(terminal.slice(1), [
    "\r\x1b[K",
    "\r3 calls done\x1b[K",
    "\r\x1b[K",
    `\r|${"#".repeat(30)}| 5 of 5\x1b[K`,
  ]);
});

Deno.test("with verbose 0 there is no bar", async () => {
  const terminal: string[] = [];
  const bar = new ProgressBar((text) => terminal.push(text), 0);
  await printed(() => new Progress({ verbose: 0, nJobs: 2, preDispatch: 4, bar }).done(1));
  assertEquals(terminal, []);
});
