import { assert, assertEquals, assertRejects } from "@std/assert";
import { Event } from "@polycore/sync";
import { liveThreads } from "@polycore/sync/internal";
import { delayed, Parallel, PoolTerminatedError, TimeoutError } from "../mod.ts";
import { leavesNothing, runProgram, until } from "../testing/helpers.ts";
import { square } from "../testing/tasks.ts";
import { after, dropInside, never, squareBut2, squareInside } from "./testing/parallel_tasks.ts";

const squares = () => [1, 2, 3, 4].map((x) => delayed(square)(x));

Deno.test("a call leaves nothing behind", async () => {
  await leavesNothing(async () => {
    await using parallel = Parallel({ nJobs: 2 });
    assertEquals(await parallel(squares()), [1, 4, 9, 16]);
    assertEquals(await Parallel({ nJobs: 3 })(squares()), [1, 4, 9, 16]);
  });
});

Deno.test("a call that fails, that is dropped or takes too long leaves nothing behind", async () => {
  await leavesNothing(async (own) => {
    const [begun, go] = [own(new Event()), own(new Event())];
    const waiting = delayed(never)(begun, go);
    const options = { nJobs: 2, batchSize: 1 };
    await using parallel = Parallel(options);
    const failing = [waiting, delayed(squareBut2)(2), waiting, waiting];
    await assertRejects(() => parallel<typeof failing[number]>(failing), RangeError, "no square");
    await using results = Parallel({ ...options, returnAs: "generator" })([waiting, waiting]);
    await results.return();
    const late = Parallel({ ...options, timeout: 5 });
    await assertRejects(() => late([waiting, waiting, waiting]), TimeoutError);
  });
});

for (const nJobs of [1, 2]) {
  Deno.test(`the end of the block ends a call whose results nobody awaited, nJobs ${nJobs}`, async () => {
    await leavesNothing(async (own) => {
      const [begun, go] = [own(new Event()), own(new Event())];
      let list: Promise<unknown>, left: { next(): Promise<IteratorResult<unknown>> };
      {
        await using parallel = Parallel({ nJobs });
        await using generator = Parallel({ nJobs, returnAs: "generator" });
        const calls = [delayed(after)(go, 1), delayed(after)(go, 2)];
        list = assertRejects(
          () => parallel(calls),
          PoolTerminatedError,
          "await them inside the block",
        );
        left = generator([delayed(square)(1), delayed(never)(begun, go)]);
        await left.next();
        if (nJobs > 1) await begun.waitAsync();
        else go.set(); // a plain loop is stopped between two calls
      }
      assertEquals((await left.next()).done, true);
      await list;
    });
  });
}

Deno.test("idle workers that have idle workers leave nothing behind", async () => {
  await leavesNothing(async () => {
    await using parallel = Parallel({ nJobs: 2 });
    assertEquals(await parallel([delayed(squareInside)(3), delayed(squareInside)(4)]), [9, 16]);
  });
});

Deno.test("workers of a call that is dropped take their own workers along", async () => {
  const [begun, go] = [new Event(), new Event()];
  await using parallel = Parallel({ nJobs: 2, returnAs: "generator" });
  const results = parallel([delayed(dropInside)(begun, go)]);
  await begun.waitAsync();
  await results.return();
  await until(() => liveThreads().length === 1); // the main thread ends them when it has buried their parent
});

Deno.test("a program ends though nobody ends the idle workers", async () => {
  const { code, out, err } = await runProgram("../joblib/testing/parallel_program.ts", [
    "forgotten",
  ]);
  assertEquals([code, out, err], [0, "[ 1, 4, 9 ]\n", ""]);
});

Deno.test("a program does not end before its calls are done", async () => {
  const { code, out, err } = await runProgram("../joblib/testing/parallel_program.ts", [
    "notAwaited",
  ]);
  assertEquals([code, out, err], [0, "[ 1, 4, 9 ]\n", ""]);
});

Deno.test("a process ends though it has idle workers", async () => {
  const { code, out, err } = await runProgram("../joblib/testing/parallel_program.ts", ["process"]);
  assertEquals([code, out, err], [0, "[ 1, 4, 9 ]\nexit code 0\n", ""]);
});

Deno.test("calls without the guard are an error that shows it", async () => {
  const { code, err } = await runProgram("../joblib/testing/parallel_no_guard.ts");
  assertEquals(code, 1);
  assert(err.includes("parallel_no_guard.ts starts workers while a worker imports it"), err);
  assert(err.includes("if (import.meta.main)"), err);
});
