import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { explain, functionNumber, functionOf, nameOf } from "./functions.ts";
import { partial, task } from "./mod.ts";
import { add, square } from "./testing/tasks.ts";

Deno.test("a function has one number, and the number gives the function", () => {
  assertEquals(functionNumber(square), functionNumber(square));
  assertStrictEquals(functionOf(functionNumber(square)), square);
});

Deno.test("plain functions with the same text are the same function", () => {
  const make = () => (x: number) => x + 1;
  assertEquals(functionNumber(make()), functionNumber(make()));
});

Deno.test("the table of functions grows beyond its first part", () => {
  const numbers = Array.from(
    { length: 600 },
    (_, i) => functionNumber(new Function(`return ${i}`) as () => number),
  );
  assertEquals(new Set(numbers).size, 600);
  assertEquals(numbers.map((n, i) => functionOf(n)() === i).every(Boolean), true);
});

Deno.test("functions without a text, classes and partials are refused", () => {
  assertThrows(() => functionNumber(Math.abs), TypeError, "abs has no source text");
  assertThrows(() => functionNumber(class A {} as never), TypeError, "A has no source text");
  assertThrows(() => functionNumber(partial(add, 1)), TypeError, "send its parts");
});

Deno.test("task wants import.meta and a function, and gives the function back", () => {
  const f = (x: number) => x;
  assertStrictEquals(task({ url: "file:///somewhere.ts" }, f), f);
  assertThrows(() => task(1 as never, f), TypeError, "give `import.meta`");
  assertThrows(() => task(import.meta, 1 as never), TypeError, "must be a function");
});

Deno.test("a function without a name is called by its place", () => {
  assertEquals([nameOf(add), nameOf(square), nameOf(() => 1)], [
    "add",
    "task 1 of tasks.ts",
    "a function",
  ]);
});

Deno.test("only the ReferenceError of a function that travelled as its text is told better", () => {
  const plain = (x: number) => x;
  const error = new ReferenceError("factor is not defined");
  const told = explain(error, plain) as Error;
  assertEquals([told.message.includes("names `factor`"), told.cause], [true, error]);
  assertStrictEquals(explain(error, square), error);
  assertStrictEquals(explain(error, undefined), error);
  const other = new TypeError("factor is not defined");
  assertStrictEquals(explain(other, plain), other);
});
