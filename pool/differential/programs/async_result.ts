/**
 * The states of a result under way, and who is called when it is there.
 *
 * @module
 */

import { Event } from "@polycore/sync";
import { type AsyncResult, type Callbacks, Pool, task } from "../../mod.ts";
import { line, outcome, outcomeAsync, raised, range, tellAsync } from "./report.ts";

let gate: Event;

const begin = task(import.meta, (event: Event) => {
  gate = event;
});

const through = task(import.meta, (x: number, fail = false) => {
  gate.wait();
  if (fail) throw new RangeError(`no ${x}`);
  return x;
});

function states<T>(result: AsyncResult<T>): unknown[] {
  return [result.ready(), outcome(() => result.successful())];
}

function note(calls: unknown[], name: string | number): (value: unknown) => void {
  return (value) => calls.push([name, value instanceof Error ? raised(value) : value]);
}

type Call = (on?: Callbacks<unknown>) => AsyncResult<unknown>;

async function follow(label: string, fail: boolean, event: Event, call: Call): Promise<void> {
  event.clear();
  const calls: unknown[] = [];
  const result = call({ callback: note(calls, "callback"), errorCallback: note(calls, "error") });
  line(`${label}, at first`, states(result));
  line(`${label}, wait 0`, [await result.wait({ timeout: 0 }), ...states(result)]);
  line(`${label}, wait 10 ms`, [await result.wait({ timeout: 10 }), ...states(result)]);
  await tellAsync(`${label}, get 0`, () => result.get({ timeout: 0 }));
  await tellAsync(`${label}, get 10 ms`, () => result.get({ timeout: 10 }));
  line(`${label}, nobody is called yet`, calls);
  event.set();
  line(`${label}, wait`, await result.wait());
  line(`${label}, then`, states(result));
  for (let i = 0; i < 2; i++) {
    await tellAsync(`${label}, get`, () => result.get());
    await tellAsync(`${label}, get with a timeout`, () => result.get({ timeout: 10_000 }));
  }
  line(`${label}, who was called`, calls);
  const only: unknown[] = [];
  const unheard = call({ [fail ? "callback" : "errorCallback"]: note(only, "no") });
  await unheard.wait();
  line(`${label}, the other callback alone`, [await outcomeAsync(() => unheard.get()), only]);
}

async function main(): Promise<void> {
  const event = new Event();
  await using pool = new Pool(2, { initializer: begin, initargs: [event] });
  const three = [7, 8, 9];
  for (const fail of [false, true]) {
    const calls: Record<string, Call> = {
      "apply_async": (on) => pool.applyAsync(through, [7, fail], on),
      "map_async": (on) => pool.mapAsync(through, three, on),
      "map_async by 1": (on) => pool.mapAsync(through, three, { ...on, chunkSize: 1 }),
      "starmap_async": (on) => pool.starmapAsync(through, [[7, fail], [8]], on),
      "starmap_async by 2": (on) =>
        pool.starmapAsync(through, [[7], [8, fail]], { ...on, chunkSize: 2 }),
    };
    for (const [name, call] of Object.entries(calls)) {
      await follow(`${name}, ${fail ? "fails" : "succeeds"}`, fail, event, call);
    }
  }
  const order: [number, number][] = [];
  const results = range(3).map((i) => pool.applyAsync(through, [i], { callback: note(order, i) }));
  for (const [i, result] of results.entries()) {
    await result.wait();
    line("a callback comes before wait ends", order.some(([a, b]) => a === i && b === i));
  }
  line("each callback once", order.sort(([a], [b]) => a - b));
  const calls: unknown[] = [];
  const empty = pool.mapAsync(through, [], { callback: note(calls, "callback") });
  line("an empty map_async is ready at once", states(empty));
  line("and gives", await empty.get());
  line("and calls", calls);
  line("an empty starmap_async", states(pool.starmapAsync(through, [])));
  event.clear();
  const iterator = pool.imap(through, [1, 2, 3]);
  const next = async (timeout?: number) => (await iterator.next({ timeout })).value;
  await tellAsync("imap, next with a timeout of 0", () => next(0));
  await tellAsync("imap, next with a timeout", () => next(10));
  event.set();
  await tellAsync("imap, then", async () => [await next(), await next(10_000), await next()]);
  const unordered = pool.imapUnordered(through, [1]);
  await tellAsync(
    "imap_unordered, next with a timeout",
    async () => (await unordered.next({ timeout: 10_000 })).value,
  );
}

if (import.meta.main) await main();
