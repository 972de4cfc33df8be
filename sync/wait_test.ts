import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { Event, Semaphore } from "./mod.ts";
import {
  add,
  addTo,
  addToDouble,
  addToSingle,
  allocateZeroed,
  cas,
  deadlineOf,
  exchange,
  i32,
  load,
  notify,
  runAsync,
  runBlocking,
  spinWhile,
  store,
  WaitKind,
} from "./internal.ts";
import type { Sleep, Steps } from "./wait.ts";
import { buffer } from "./memory.ts";
import { sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** Sleep until a word is no longer 0, noting what each sleep gave. */
function* untilChanged(word: number, log: unknown[], more?: Partial<Sleep>): Steps<number> {
  try {
    while (load(word) === 0) {
      const inTime = yield { word, expected: 0, kind: WaitKind.data, ...more };
      log.push(inTime);
      if (!inTime) return -1;
    }
    return load(word);
  } finally {
    log.push("end");
  }
}

Deno.test("deadlineOf", () => {
  assertEquals(deadlineOf(undefined), Infinity);
  assertEquals(deadlineOf({}), Infinity);
  assertEquals(deadlineOf({ timeout: undefined }), Infinity);
  assertEquals(deadlineOf({ timeout: Infinity }), Infinity);
  assertEquals(deadlineOf({ timeout: 0 }), 0);
  assertEquals(deadlineOf({ timeout: -5 }), 0);
  const before = performance.now();
  const deadline = deadlineOf({ timeout: 1000 });
  assert(deadline >= before + 1000 && deadline <= performance.now() + 1000);
});

Deno.test("both drivers give an algorithm's result without sleeping when it need not", async () => {
  const word = allocateZeroed(1), log: unknown[] = [];
  store(word, 7);
  assertEquals(runBlocking(untilChanged(word, log), 0), 7);
  assertEquals(await runAsync(untilChanged(word, log), 0), 7);
  assertEquals(log, ["end", "end"]);
});

Deno.test("both drivers say when the time is over, and not before", async () => {
  for (const drive of [runBlocking, runAsync]) {
    const word = allocateZeroed(1), log: unknown[] = [];
    assertEquals(await drive(untilChanged(word, log), 0), -1); // tried once
    assertEquals(log, [false, "end"]);
    const before = performance.now();
    assertEquals(await drive(untilChanged(word, []), before + 150), -1); // longer than a slice
    assert(performance.now() >= before + 150);
  }
});

Deno.test("both drivers run an algorithm's finally when the sleep throws, and throw what that throws", async () => {
  const word = allocateZeroed(1);
  for (const mode of ["blocking", "async"]) {
    const crew = start(
      1,
      async (s, _i, word, mode) => {
        const log: unknown[] = [];
        function* steps(): Generator<
          { word: number; expected: number; kind: number },
          string,
          boolean
        > {
          try {
            log.push(yield { word, expected: 0, kind: s.WaitKind.data });
          } catch (error) {
            log.push((error as Error).name);
            // as a Condition does: what has to be had is waited for even now
            log.push(yield { word, expected: 0, kind: s.WaitKind.data, patient: true } as never);
            return "recovered";
          }
          return "not stopped";
        }
        s.until(s.stopRequested);
        const result =
          await (mode === "async" ? s.runAsync(steps(), 1) : s.runBlocking(steps(), 1));
        return [result, ...log];
      },
      word,
      mode,
    );
    s.requestStop(crew.ids[0]!);
    assertEquals(await crew.join(), [["recovered", "StoppedError", true]]);
  }
});

Deno.test("an algorithm that throws throws out of both drivers", async () => {
  // deno-lint-ignore require-yield
  function* fails(): Steps<void> {
    throw new TypeError("at once");
  }
  for (const drive of [runBlocking, runAsync]) {
    await assertRejects(async () => await drive(fails(), Infinity), TypeError, "at once");
  }
});

Deno.test("an abort ends a sleep with the reason, but no patient one", async () => {
  const word = allocateZeroed(1), controller = new AbortController(), log: unknown[] = [];
  const plain = runAsync(untilChanged(word, []), Infinity, controller.signal);
  const patient = runAsync(untilChanged(word, log, { patient: true }), 0, controller.signal);
  controller.abort(new TypeError("enough"));
  await assertRejects(() => plain, TypeError, "enough");
  store(word, 3);
  notify(word);
  assertEquals(await patient, 3);
  assertEquals(log, [true, "end"]);
});

Deno.test("an abort that finds nobody waiting any more is ignored", async () => {
  const event = new Event(), controller = new AbortController();
  const waiting = event.waitAsync({ signal: controller.signal });
  event.set();
  assertEquals(await waiting, true);
  controller.abort();
  assertEquals(await event.waitAsync(), true);
});

Deno.test("an otherwise idle event loop wakes at once, not after a slice", async () => {
  const ping = new Semaphore(0), pong = new Semaphore(0), rounds = 20;
  const crew = start(
    1,
    async (_s, _i, ping, pong, rounds) => {
      for (let n = 0; n < rounds; n++) {
        await ping.acquireAsync(); // the worker's event loop has nothing else to do, either
        pong.release();
      }
    },
    ping,
    pong,
    rounds,
  );
  let fastest = Infinity;
  for (let n = 0; n < rounds; n++) {
    const before = performance.now();
    ping.release();
    await pong.acquireAsync();
    fastest = Math.min(fastest, performance.now() - before);
  }
  await crew.join();
  assertLess(fastest, 20);
});

Deno.test("a pending wait keeps the program alive, a settled one does not", async () => {
  const script = (code: string) =>
    new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        `import { Event, Lock } from "${new URL("./mod.ts", import.meta.url)}";${code}`,
      ],
    }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  const pending = await script(`
    const event = new Event();
    console.log(await event.waitAsync({ timeout: 150 }));`);
  assertEquals([pending.code, decode(pending.stdout)], [0, "false"], decode(pending.stderr));
  const before = performance.now();
  const aborted = await script(`
    const lock = new Lock(), controller = new AbortController();
    lock.acquire();
    lock.acquireAsync({ signal: controller.signal }).catch(() => console.log("aborted"));
    controller.abort();`);
  assertEquals([aborted.code, decode(aborted.stdout)], [0, "aborted"], decode(aborted.stderr));
  assertLess(performance.now() - before, 5000);
});

Deno.test("timers and other promises go on while a thread awaits", async () => {
  const event = new Event();
  let ticks = 0;
  const timer = setInterval(() => ++ticks === 5 && event.set(), 1);
  assertEquals(await event.waitAsync(), true);
  clearInterval(timer);
  assert(ticks >= 5);
});

Deno.test("spinWhile sees a change, and gives up", () => {
  const word = allocateZeroed(1);
  assertEquals(spinWhile(word, 0), false);
  if (navigator.hardwareConcurrency > 1) assertEquals(spinWhile(word, 1), true);
});

Deno.test("the words' operations give what was there before", () => {
  const word = allocateZeroed(1);
  assertEquals([add(word, 5), exchange(word, 9), cas(word, 9, 1), cas(word, 9, 2)], [0, 5, 9, 1]);
  assertEquals([load(word), notify(word)], [1, 0]);
});

Deno.test("adding from 3 threads is exact for whole numbers, doubles and singles", async () => {
  const at = allocateZeroed(8);
  await run(3, (s, _i, at) => {
    const longs = new BigInt64Array(s.buffer);
    const doubles = new BigInt64Array(s.buffer);
    for (let n = 0; n < 20_000; n++) {
      s.addTo(s.i32, at, 1);
      s.addTo(longs, (at + 2) / 2, 3n);
      s.addToDouble(doubles, (at + 4) / 2, 0.5);
      s.addToSingle(s.i32, at + 6, 0.25);
    }
  }, at);
  assertEquals(i32[at], 60_000);
  assertEquals(new BigInt64Array(buffer, (at + 2) * 4, 1)[0], 180_000n);
  assertEquals(new Float64Array(buffer, (at + 4) * 4, 1)[0], 30_000);
  assertEquals(new Float32Array(buffer, (at + 6) * 4, 1)[0], 15_000);
  assertEquals(addTo(new Uint8Array(buffer), at * 4 + 28, 255), 0);
  assertEquals(addTo(new Uint8Array(buffer), at * 4 + 28, 2), 255); // wraps round, as Atomics does
  assertEquals(addToDouble(new BigInt64Array(buffer), (at + 4) / 2, 1), 30_000);
  assertEquals(addToSingle(i32, at + 6, 1), 15_000);
});

Deno.test("no thread is left", assertNobodyLeft);
