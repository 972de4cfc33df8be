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

Deno.test("a function with bound arguments travels with them, also when it contains itself", () => {
  const times = (a: number, b: number) => a * b;
  const parts = new WeakMap<object, [typeof times, unknown[]]>();
  const bind = (fn: typeof times, args: unknown[]) => {
    const bound = (...rest: unknown[]) => Reflect.apply(fn, undefined, [...args, ...rest]);
    parts.set(bound, [fn, args]);
    return bound;
  };
  installFunctionCodec({
    idOf: (fn) => fn === times ? 7 : undefined,
    functionOf: () => times,
    partsOf: (fn) => parts.get(fn),
    bind: (fn, args) => bind(fn as typeof times, args),
  });
  const twice = bind(times, [2]);
  const [first, { again }] = roundTrip([twice, { again: twice }] as const);
  assertEquals([first(4), [...functionsInLastEncode()]], [8, [7]]);
  assertStrictEquals(again, first);

  const box: { f?: unknown } = {};
  box.f = bind(times, [box]);
  const copy = roundTrip(box);
  assertStrictEquals(parts.get(copy.f as typeof twice)![1][0], copy);

  const deep = (levels: number): unknown => {
    let value = bind(times, []);
    for (let i = 1; i < levels; i++) value = bind(times, [value]);
    return value;
  };
  assertEquals(typeof roundTrip(deep(1000)), "function");
  assertThrows(() => encode(deep(1001)), UncloneableError, "nested too deeply");

  const bad = { f: bind(times, [1, [Symbol("s")]]) };
  assertThrows(() => encode(bad), UncloneableError, "value.f.args[1][0] is a symbol");
  const inner = { f: bind(square, [1]) };
  assertThrows(() => encode(inner), UncloneableError, 'value.f.func is a function ("square")');
});
