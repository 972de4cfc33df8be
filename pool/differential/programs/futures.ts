/**
 * Futures through all sequences of calls; wait and asCompleted for all mixtures of states.
 *
 * @module
 */

import {
  ALL_COMPLETED,
  asCompleted,
  CancelledError,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  Future,
  InvalidStateError,
  wait,
} from "../../mod.ts";
import { line, outcome, outcomeAsync, raised, tellAsync } from "./report.ts";

console.error = () => {}; // where errors in callbacks are told

const OPS: Record<string, (future: Future<number>) => unknown> = {
  c: (future) => future.cancel(),
  b: (future) => future.setRunningOrNotifyCancel(),
  r: (future) => future.setResult(7),
  e: (future) => future.setException(new RangeError("no")),
};

function state(future: Future<number>): boolean[] {
  return [future.running(), future.done(), future.cancelled()];
}

async function end(future: Future<number>): Promise<unknown[]> {
  return [
    await outcomeAsync(() => future.result({ timeout: 0 })),
    await outcomeAsync(() => exception(future)),
  ];
}

async function exception(future: Future<number>): Promise<unknown> {
  const error = await future.exception({ timeout: 0 }) as Error | null;
  return error === null ? null : [error instanceof RangeError, error.message];
}

function made(ops: string): Future<number> {
  const future = new Future<number>();
  for (const op of ops) OPS[op]!(future);
  return future;
}

const STATES: Record<string, string> = {
  pending: "",
  running: "b",
  cancelled: "c",
  notified: "cb",
  finished: "br",
  failed: "be",
};

function note(calls: unknown[], name: number): (future: Future<number>) => void {
  return (future) => calls.push([name, ...state(future)]);
}

function refuse(): never {
  throw new RangeError("on purpose");
}

const sequences = (n: number): string[] =>
  n === 0 ? [""] : sequences(n - 1).flatMap((ops) => [..."cbre"].map((op) => ops + op));

async function lives(): Promise<void> {
  for (const ops of [0, 1, 2, 3].flatMap(sequences)) {
    const future = new Future<number>();
    const calls: unknown[] = [];
    future.addDoneCallback(note(calls, 1));
    future.addDoneCallback(note(calls, 2));
    const seen = [...ops].map((op) => [outcome(() => OPS[op]!(future)), ...state(future)]);
    future.addDoneCallback(note(calls, 3));
    line(`Future ${ops}`, seen);
    line(`Future ${ops}, outcome`, await end(future));
    line(`Future ${ops}, callbacks`, calls);
  }
  for (const [name, ops] of Object.entries(STATES)) {
    const calls: unknown[] = [];
    const future = new Future<number>();
    for (const callback of [note(calls, 1), refuse, note(calls, 2), refuse, note(calls, 1)]) {
      future.addDoneCallback(callback);
    }
    for (const op of ops) OPS[op]!(future);
    future.addDoneCallback(refuse);
    line(`${name}, callbacks that raise`, calls);
  }
}

async function waits(): Promise<void> {
  const names = Object.keys(STATES);
  for (const returnWhen of [FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED] as const) {
    line("return_when", returnWhen);
    const options = { timeout: 0, returnWhen } as const;
    for (const [a, b] of names.flatMap((a) => names.map((b) => [a, b]))) {
      const futures = [made(STATES[a!]!), made(STATES[b!]!)];
      const { done, notDone } = await wait(futures, options);
      const where = futures.map((future) => [done.has(future), notDone.has(future)]);
      line(`wait for ${a} and ${b}, ${returnWhen}`, where);
    }
    const same = made("br");
    const { done, notDone } = await wait([same, same, same], options);
    line(`wait for one three times, ${returnWhen}`, [done.size, notDone.size]);
    const none = await wait([], options);
    line(`wait for none, ${returnWhen}`, [none.done.size, none.notDone.size]);
  }
  const something = { timeout: 0, returnWhen: "SOMETIME" as never };
  await tellAsync("wait for something else", () => wait([made("")], something));
}

async function completions(): Promise<void> {
  const names = Object.keys(STATES);
  const triples = names.flatMap((a) => names.flatMap((b) => names.map((c) => [a, b, c] as const)));
  for (const [a, b, c] of triples) {
    if (a > b || b > c) continue;
    const futures = [a, b, c].map((name) => made(STATES[name]!));
    const seen: number[] = [];
    let error;
    try {
      for await (const future of asCompleted(futures, { timeout: 0 })) {
        seen.push(futures.indexOf(future));
      }
    } catch (thrown) {
      error = thrown;
    }
    seen.sort();
    line(`as_completed of ${a}, ${b}, ${c}`, error ? [seen, raised(error)] : seen);
  }
  const same = made("br");
  line("as_completed of one twice", (await Array.fromAsync(asCompleted([same, same]))).length);
  line("as_completed of none", (await Array.fromAsync(asCompleted([]))).length);
  const classes = [new CancelledError(""), new InvalidStateError("")];
  line("classes", classes.map((error) => error instanceof Error));
}

if (import.meta.main) {
  await lives();
  await waits();
  await completions();
}
