/**
 * Conditions, events and barriers, alone and with other threads.
 *
 * @module
 */

import { Barrier, Condition, Event, Lock, RLock } from "@polycore/sync";
import { Queue, RawValue } from "@polycore/shm";
import { Process, task } from "../../mod.ts";
import { line, outcome, range, tell, until } from "./report.ts";

const sleeper = task(import.meta, (
  condition: Condition,
  asleep: RawValue<"i">,
  woken: RawValue<"i">,
  results: Queue,
  timeout?: number,
) => {
  using _ = condition.hold();
  asleep.value += 1;
  const result = condition.wait({ timeout });
  woken.value += 1;
  results.put(result);
});

const waitsFor = task(
  import.meta,
  (condition: Condition, value: RawValue<"i">, least: number, results: Queue) => {
    using _ = condition.hold();
    results.put(condition.waitFor(() => value.value >= least));
  },
);

const party = task(import.meta, (barrier: Barrier, results: Queue, rounds: number) => {
  for (let i = 0; i < rounds; i++) {
    try {
      results.put(barrier.wait());
    } catch (error) {
      results.put((error as Error).name);
    }
  }
});

const answer = task(import.meta, (first: Event, second: Event, third: Event) => {
  second.wait();
  first.clear();
  third.set();
});

function refuse(): never {
  throw new RangeError("the action fails");
}

function tellCondition(name: string, condition: Condition): void {
  tell(`${name}, wait without the lock`, () => condition.wait({ timeout: 0 }));
  tell(`${name}, notify without the lock`, () => condition.notify());
  tell(`${name}, notify_all without the lock`, () => condition.notifyAll());
  const waitFor = (predicate: () => unknown, timeout?: number) => () =>
    condition.waitFor(predicate, { timeout });
  tell(`${name}, wait_for without the lock`, waitFor(() => false));
  tell(`${name}, wait_for what holds without the lock`, waitFor(() => true));
  tell(`${name}, release without the lock`, () => condition.release());
  line(`${name}, acquire`, condition.acquire());
  for (const [shown, timeout] of [["0", 0], ["0.005", 5]] as const) {
    tell(`${name}, wait ${shown}`, () => condition.wait({ timeout }));
    tell(`${name}, wait_for what does not hold ${shown}`, waitFor(() => false, timeout));
  }
  tell(`${name}, wait_for gives what it was given`, waitFor(() => 7));
  tell(`${name}, wait_for gives nothing`, waitFor(() => 0, 0));
  let asked = 0;
  condition.waitFor(() => ++asked);
  line(`${name}, wait_for asks first`, asked);
  tell(`${name}, wait_for raises`, waitFor(refuse));
  const nobody = () => [condition.notify(), condition.notify(3), condition.notifyAll()];
  tell(`${name}, notify nobody`, nobody);
  tell(`${name}, release`, () => condition.release());
  tell(`${name}, release again`, () => condition.release());
}

function conditions(): void {
  tellCondition("Condition()", new Condition());
  tellCondition("Condition(Lock)", new Condition(new Lock()));
  tellCondition("Condition(RLock)", new Condition(new RLock()));
  for (const depth of [1, 2, 3, 4]) {
    const condition = new Condition();
    for (const _ of range(depth)) condition.acquire();
    const waited = condition.wait({ timeout: 5 });
    const releases = range(depth + 1).map(() => outcome(() => condition.release()));
    line(`depth ${depth} after a wait`, [waited, ...releases]);
  }
}

const shown = (plan: (number | "all")[]) =>
  `[${plan.map((n) => n === "all" ? "'all'" : n).join(", ")}]`;

async function sleepers(): Promise<void> {
  const condition = new Condition(), results = new Queue();
  const plans: (number | "all")[][] = [[1, 1, 1], [2, 1], [3], [5], ["all"], [1, "all"]];
  for (const plan of plans) {
    const asleep = new RawValue("i"), woken = new RawValue("i");
    const processes = range(3).map(() =>
      new Process({ target: sleeper, args: [condition, asleep, woken, results] })
    );
    for (const process of processes) process.start();
    until(() => asleep.value === 3);
    let seen = 0;
    for (const n of plan) {
      {
        using _ = condition.hold();
        if (n === "all") condition.notifyAll();
        else condition.notify(n);
      }
      const expected = n === "all" ? 3 : Math.min(3, seen + n);
      const got = range(expected - seen).map(() => results.get());
      seen = expected;
      using _ = condition.hold();
      line(`notify ${shown(plan)}, after ${n}`, [got, woken.value]);
    }
    for (const process of processes) await process.join();
  }
  const args: Parameters<typeof sleeper> = [
    condition,
    new RawValue("i"),
    new RawValue("i"),
    results,
    5,
  ];
  let process: Process = new Process({ target: sleeper, args });
  process.start();
  line("a wait that nobody ends", [results.get(), await process.join(), process.exitcode]);
  const value = new RawValue("i");
  process = new Process({ target: waitsFor, args: [condition, value, 3, results] });
  process.start();
  for (const i of [1, 2, 3]) {
    using _ = condition.hold();
    value.value = i;
    condition.notifyAll();
  }
  line("wait_for the third change", [results.get(), await process.join(), process.exitcode]);
}

async function events(): Promise<void> {
  const event = new Event();
  const all = ["set", "clear", "wait"] as const;
  for (const ops of all.flatMap((a) => all.flatMap((b) => all.map((c) => [a, b, c])))) {
    event.clear();
    const seen = ops.flatMap((op) => {
      const result = op === "wait" ? event.wait({ timeout: 0 }) : event[op]();
      return [result, event.isSet()];
    });
    line(`Event ${ops.join(" ")}`, [seen, event.wait({ timeout: 2 })]);
  }
  const first = new Event(), second = new Event(), third = new Event();
  const process = new Process({ target: answer, args: [first, second, third] });
  process.start();
  first.set();
  second.set();
  line("another process answers", [third.wait(), first.isSet(), second.isSet(), third.isSet()]);
  await process.join();
}

function state(barrier: Barrier): unknown[] {
  return [barrier.parties, barrier.nWaiting, barrier.broken];
}

function barriersAlone(): void {
  for (const parties of [1, 2, 5]) {
    const barrier = new Barrier(parties);
    const name = `Barrier(${parties})`;
    line(name, state(barrier));
    tell(`${name}, wait 0`, () => barrier.wait({ timeout: 0 }));
    line(`${name}, then`, state(barrier));
    tell(`${name}, wait`, () => barrier.wait({ timeout: 0 }));
    line(`${name}, reset`, [barrier.reset(), ...state(barrier)]);
    line(`${name}, abort`, [barrier.abort(), ...state(barrier)]);
    tell(`${name}, wait after abort`, () => barrier.wait());
    line(`${name}, abort again`, [barrier.abort(), ...state(barrier)]);
    line(`${name}, reset again`, [barrier.reset(), ...state(barrier)]);
  }
  let barrier = new Barrier(2, { timeout: 5 });
  tell("a timeout of its own", () => barrier.wait());
  line("a timeout of its own, then", state(barrier));
  barrier = new Barrier(1, { action: refuse });
  tell("an action that fails", () => barrier.wait());
  line("an action that fails, then", state(barrier));
  tell("wait after an action that failed", () => barrier.wait());
}

async function barriers(): Promise<void> {
  barriersAlone();
  const results = new Queue<number | string>();
  for (const parties of [2, 3]) {
    const ran: unknown[] = [];
    const barrier = new Barrier(parties);
    const processes = range(parties - 1).map(() =>
      new Process({ target: party, args: [barrier, results, 3] })
    );
    for (const process of processes) process.start();
    for (const _ of range(3)) {
      until(() => barrier.nWaiting === parties - 1);
      ran.push(state(barrier));
      const mine = barrier.wait();
      const indices = [mine, ...processes.map(() => results.get())].sort();
      line(`${parties} parties meet`, [mine, indices, barrier.broken]);
    }
    line(`${parties} parties, before they met`, ran);
    for (const process of processes) await process.join();
  }
  for (const name of ["abort", "reset"] as const) {
    const barrier = new Barrier(3);
    const processes = range(2).map(() =>
      new Process({ target: party, args: [barrier, results, 1] })
    );
    for (const process of processes) process.start();
    until(() => barrier.nWaiting === 2);
    barrier[name]();
    line(`${name} while two wait`, [results.get(), results.get()]);
    line(`${name} while two wait, then`, state(barrier));
    for (const process of processes) await process.join();
  }
}

if (import.meta.main) {
  conditions();
  await sleepers();
  await events();
  await barriers();
}
