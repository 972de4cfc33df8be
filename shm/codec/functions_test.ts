import { assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import { encode, functionsInLastEncode, installFunctionCodec, UncloneableError } from "./mod.ts";
import { roundTrip } from "./testing.ts";

const square = (x: number) => x * x;
class Task {}

Deno.test("without a codec a function is refused, with the way out", () => {
  assertThrows(() => encode({ f: square }), UncloneableError, 'value.f is a function ("square")');
  assertThrows(() => encode(() => 1), UncloneableError, "task(import.meta, ...)");
});

Deno.test("functions travel by the number that the codec gives them", () => {
  // deno-lint-ignore ban-types
  const table: Function[] = [square, Task];
  installFunctionCodec({
    idOf: (fn) => {
      if (fn.name === "closure") throw new Error("it uses `hidden`, which it cannot see there.");
      const id = table.indexOf(fn);
      return id < 0 ? undefined : id + 100;
    },
    functionOf: (id) => table[id - 100]!,
  });
  const copy = roundTrip([square, { cls: Task }, square] as const);
  assertStrictEquals(copy[0], square);
  assertStrictEquals(copy[1].cls, Task);
  assertEquals([...functionsInLastEncode()], [100, 101]);
  encode(1);
  assertEquals([...functionsInLastEncode()], []);

  const unknown = function () {};
  assertThrows(() => encode([unknown]), UncloneableError, 'value[0] is a function ("unknown")');
  const closure = () => 1;
  const error = assertThrows(
    () => encode([1, closure], "args"),
    UncloneableError,
    'args[1] is a function ("closure"), which cannot pass to another thread (only data, ' +
      "shareable objects and tasks can): it uses `hidden`, which it cannot see there.",
  );
  assertInstanceOf(error.cause, Error);
});
