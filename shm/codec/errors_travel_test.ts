import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import { DeadlockError, Lock } from "@polycore/sync";
import { blocksInUse } from "@polycore/sync/internal";
import { discard, encode, registerErrorClass, RemoteError, scratchAddress } from "./mod.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";

Deno.test("built-in errors arrive as the same class, with message, stack and cause", () => {
  for (
    const cls of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  ) {
    assertAsCloned(new cls("what happened", { cause: { code: 7 } }));
    assertAsCloned(new cls());
    assert((Error as unknown as { isError(e: unknown): boolean }).isError(roundTrip(new cls("x"))));
  }
});

Deno.test("what structured clone loses comes through: AggregateError, SuppressedError, fields", () => {
  const all = roundTrip(new AggregateError([new TypeError("a"), 2], "both"));
  assertInstanceOf(all, AggregateError);
  assertInstanceOf(all.errors[0], TypeError);
  assertEquals(Object.keys(all), []);
  const two = roundTrip(new SuppressedError(new RangeError("r"), "s", "m"));
  assertInstanceOf(two, SuppressedError);
  assertInstanceOf(two.error, RangeError);
  assertEquals(two.suppressed, "s");
  const withFields = roundTrip(Object.assign(new Error("x"), { code: "E", at: { line: 3 } }));
  assertEquals({ ...withFields }, { code: "E", at: { line: 3 } });
});

Deno.test("a DOMException keeps its name and class", () => {
  const copy = roundTrip(new DOMException("stopped", "AbortError"));
  assertInstanceOf(copy, DOMException);
  assertEquals([copy.name, copy.message], ["AbortError", "stopped"]);
});

Deno.test("the errors of sync arrive as their class", () => {
  const cycle = [{ thread: "A", holds: "1", waitsFor: "2" }];
  const copy = roundTrip(new DeadlockError("Deadlock", cycle));
  assertInstanceOf(copy, DeadlockError);
  assertEquals(copy.cycle, cycle);
  assertEquals(copy.name, "DeadlockError");
});

Deno.test("an error of an unknown class keeps its names and all the rest", () => {
  class Unheard extends TypeError {
    override name = "NameOfIts own";
    detail = [1];
  }
  const original = new Unheard("of", { cause: new RangeError("why") });
  const copy = roundTrip(roundTrip(original)) as unknown as RemoteError & { detail: unknown };
  assertInstanceOf(copy, RemoteError);
  assertEquals([copy.name, copy.className, copy.message], [original.name, "Unheard", "of"]);
  assertEquals(copy.detail, [1]);
  assertEquals(copy.stack, original.stack);
  assertInstanceOf(copy.cause, RangeError);
});

Deno.test("a registered class arrives as itself, its constructor is not called", () => {
  class QuotaError extends Error {
    override name = "QuotaError";
    constructor(readonly quota: { used: number }) {
      super(`used ${quota.used}`);
    }
  }
  registerErrorClass(QuotaError);
  const copy = roundTrip(new QuotaError({ used: 9 }));
  assertInstanceOf(copy, QuotaError);
  assertEquals([copy.message, copy.quota.used], ["used 9", 9]);
});

Deno.test("a class that only has the name of a known one is not taken for it", () => {
  const Namesake = class extends Error {};
  Object.defineProperty(Namesake, "name", { value: "TypeError" });
  const copy = roundTrip(new Namesake("mine"));
  assertInstanceOf(copy, RemoteError);
  assertEquals((copy as RemoteError).className, "TypeError");
});

Deno.test("an error whose cause leads back to it comes through", () => {
  const cause: { error?: Error } = {};
  const error = cause.error = new Error("x", { cause });
  assertAsCloned(error);
  const copy = roundTrip(error);
  assertStrictEquals((copy.cause as typeof cause).error, copy);
});

Deno.test("a field that cannot pass stays behind with a note, and what it held is let go", () => {
  const lock = new Lock();
  const before = blocksInUse();
  const shared = { kept: true };
  const error = Object.assign(new Error("x"), {
    request: { lock, headers: new Headers(), shared },
    shared,
    after: 5,
  });
  const copy = roundTrip(error);
  assertStringIncludes(String(copy.request), "[stayed behind: request.headers is a Headers]");
  assertEquals([copy.shared, copy.after], [{ kept: true }, 5] as const);
  encode(error);
  discard(scratchAddress());
  lock.dispose();
  assertEquals(blocksInUse(), before - 1);
});
