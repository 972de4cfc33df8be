import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Lock, StoppedError } from "@polycore/sync";
import { allocateZeroed, blocksInUse, free, i32 } from "@polycore/sync/internal";
import { decode, discard, scratchAddress } from "@polycore/shm/internal";
import { MaybeEncodingError } from "./mod.ts";
import { ExitSignal } from "./exit.ts";
import { encodeFailure, encodeResult, throwIfEnding } from "./outcome.ts";
import type { Failure } from "./protocol.ts";

function failureOf(error: unknown): Failure {
  encodeFailure(error, "W", 3);
  return decode(scratchAddress()) as Failure;
}

Deno.test("what ends the worker is thrown on, also out of a value that is being encoded", () => {
  for (const ending of [new ExitSignal(3), new StoppedError("told to stop")]) {
    const throws = () => {
      throw ending;
    };
    assertThrows(() => throwIfEnding(ending));
    const value = Object.defineProperty({}, "field", { get: throws, enumerable: true });
    assertEquals(assertThrows(() => encodeResult(value, undefined)), ending);
    const unreadable = Object.defineProperty(new Error(), "message", { get: throws });
    assertEquals(assertThrows(() => encodeFailure(unreadable, "W", 0)), ending);
  }
  throwIfEnding(new Error("any other"));
});

Deno.test("of many results the one that cannot be copied is told, and nothing is held", () => {
  const item = allocateZeroed(1), lock = new Lock();
  const before = blocksInUse();
  const results = [[lock], [lock], { rows: [lock, Symbol("s")] }, [lock]];
  const error = assertThrows(() => encodeResult(results, item), MaybeEncodingError);
  assertStringIncludes(error.message, "result.rows[1]");
  assertEquals([i32[item], blocksInUse()], [2, before]);
  encodeResult([[lock]], item);
  discard(scratchAddress());
  free(item);
  lock.dispose();
});

Deno.test("an error travels with its stack, the worker and the input", () => {
  const { error, stack, worker, index } = failureOf(new RangeError("too far"));
  assert(error instanceof RangeError);
  assertEquals([error.message, worker, index], ["too far", "W", 3]);
  assertStringIncludes(stack, "outcome_test.ts");
});

Deno.test("what cannot be copied is told of instead: a symbol, an error that cannot be read", () => {
  const { error } = failureOf(Symbol("s"));
  assert(error instanceof MaybeEncodingError && error.message.includes("Symbol(s)"));
  const unreadable = Object.defineProperty(new Error(), "message", {
    get: () => {
      throw new RangeError("no message");
    },
  });
  assertStringIncludes((failureOf(unreadable).error as Error).message, "cannot be read");
  for (const falsy of [undefined, null, 0, ""]) assertEquals(failureOf(falsy).error, falsy);
});
