import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { explain, fromText, functionNumber, functionOf, nameOf } from "./functions.ts";
import { task } from "./mod.ts";
import { untilCollected } from "./testing/collected.ts";
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

Deno.test("functions without a text and classes are refused", () => {
  assertThrows(() => functionNumber(Math.abs), TypeError, "abs has no source text");
  assertThrows(() => functionNumber(class A {} as never), TypeError, "A has no source text");
  const classes = (classes: string[]) => classes.length + " [native code]";
  assertEquals(functionOf(functionNumber(classes)), classes);
});

Deno.test("a function whose text uses what is outside of it is refused, with all the names", () => {
  const rate = 2, base = 1;
  const refused = (fn: () => unknown, text: string) =>
    void assertThrows(() => functionNumber(fn), TypeError, text);
  const tax = () => rate + base;
  refused(tax, 'The function "tax" uses "rate" and "base", which are outside of it; ');
  refused(tax, "Pass them as arguments, or mark the function in its module");
  refused(() => [rate, base, assertEquals, rate], '"rate", "base" and "assertEquals"');
  refused(() => import.meta.url, 'The function uses "import.meta", which is outside of it');
  class Shop {
    #rate = 2;
    price = (x: number) => x * this.#rate;
    total(x: number) {
      return x * this.#rate;
    }
  }
  refused(new Shop().price as () => number, "Pass what it needs as arguments.");
  refused(new Shop().total as () => number, 'uses "#rate", which is outside of it; ');
  const long = () =>
    "x".repeat(rate) + "this function is too long to be shown as a whole in an error";
  refused(long, "const long = task(import.meta, ()=> ...);");
  function named() {
    return "x".repeat(rate) + "this function is too long to be shown as a whole in an error";
  }
  refused(named, "const named = task(import.meta, function named() { ... });");
  refused(
    {
      method: () => 0,
      run() {
        return rate;
      },
    }.run,
    "const run = task(import.meta, ...);",
  );
});

Deno.test("what is in doubt passes: names that a function may put on globalThis, and eval", () => {
  const uses = new Function("return () => globalOfPolycoresTest.length")() as () => void;
  assertThrows(() => functionNumber(uses), TypeError, '"globalOfPolycoresTest"');
  functionNumber(() => Object.assign(globalThis, { globalOfPolycoresTest: [] }));
  functionNumber(uses);
  functionNumber(new Function("return () => eval('x') + y")());
  functionNumber(new Function("return () => typeof z1 === 'undefined' ? 0 : z1")());
});

Deno.test("methods, getters and setters become functions there", () => {
  const iterable = { *[Symbol.iterator]() {} };
  const object = {
    double(x: number) {
      return 2 * x;
    },
    get seven() {
      return 7;
    },
    async "two words"() {},
  };
  const getter = Object.getOwnPropertyDescriptor(object, "seven")!.get!;
  const all = [object.double, getter, object["two words"], iterable[Symbol.iterator]];
  const made = all.map((fn) => fromText(String(fn)));
  assertEquals([made[0]!(4), made[1]!()], [8, 7]);
  assertEquals(made.map((fn) => typeof fn), all.map(() => "function"));
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

Deno.test("a closure that travelled as its text is not kept, and what it can see neither", async () => {
  const travel = () => {
    const closure = (a: number, b: number) => a * b + 0.125;
    const number = functionNumber(closure);
    assertStrictEquals(functionOf(number), closure); // while it is there it is the same
    return { number, ref: new WeakRef(closure) };
  };
  const { number, ref } = travel();
  await untilCollected([ref]);
  assertEquals(functionOf(number)(3, 5), 15.125);
});
