import { assertEquals, assertThrows } from "@std/assert";
import { bindArguments, checkIgnore } from "./bound_arguments.ts";
import { hash } from "./hash.ts";
import { readSignature } from "./parameters.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

const bind = (fn: AnyFunction, args: unknown[], ignore: string[] = []) =>
  bindArguments(readSignature(String(fn)), args, ignore);

const nothing = () => 0;

Deno.test("parameters: names, defaults that are literals, rest, properties, in every form of function", () => {
  const of = (fn: AnyFunction) => readSignature(String(fn))!.parameters;
  const plain = (name: string) => ({ name, rest: false });
  assertEquals(of(nothing), []);
  assertEquals(of((x) => x), [plain("x")]);
  assertEquals(of(async (x) => await x), [plain("x")]);
  assertEquals(of(async (x) => await x), [plain("x")]);
  assertEquals(
    of(function* f(a, b) {
      yield [a, b];
    }),
    [plain("a"), plain("b")],
  );
  const { method, ["comp" + "uted"]: computed } = {
    async method(a: number) {
      return await a;
    },
    ["comp" + "uted"](b: number) {
      return b;
    },
  };
  assertEquals(of(method), [plain("a")]);
  assertEquals(of(computed!), [plain("b")]);
  assertEquals(of((a, ...rest) => [a, rest]), [plain("a"), { name: "rest", rest: true }]);
  assertEquals(
    of((
      a = -1.5e3,
      b = "x,(",
      c = [1, { k: null }],
      d = nothing(),
      e = a + 1,
      f = /[,)]/,
      g = `${a}`,
    ) => [a, b, c, d, e, f, g]),
    [
      { ...plain("a"), value: -1500 },
      { ...plain("b"), value: "x,(" },
      { ...plain("c"), value: [1, { k: null }] },
      plain("d"),
      plain("e"),
      plain("f"),
      plain("g"),
    ],
  );
  assertEquals(of(({ a, "b c": b = 2, d: { e }, ...rest } = {}, [f] = [1]) => [a, b, e, rest, f]), [
    {
      name: '{ a, "b c": b = 2, d: { e }, ...rest }',
      rest: false,
      value: {},
      properties: [
        plain("a"),
        { ...plain("b c"), value: 2 },
        plain("d"),
        { name: "rest", rest: true },
      ],
    },
    { ...plain("[f]"), value: [1] },
  ]);
  assertEquals(readSignature("function abs() { [native code] }"), undefined);
});

/** Each line: calls of a function that are one entry; calls of different lines are not. */
const table: [AnyFunction, unknown[][][]][] = [
  [(x, y = 2) => [x, y], [[[1], [1, undefined], [1, 2]], [[1, 3]], [[2]], [["1"]], [[1, null]]]],
  [(x, y) => [x, y], [[[1], [1, undefined], [1, undefined, "unseen"]], [[1, null]], [[]]]],
  [(x, y = nothing()) => [x, y], [[[1], [1, undefined]], [[1, 0]]]],
  [(x, ...rest) => [x, rest], [[[1]], [[1, undefined]], [[1, 2]], [[1, 2, 3]]]],
  [(x, options = {}) => [x, options], [
    [[1], [1, {}], [1, undefined]],
    [[1, { a: 1, b: 2 }], [1, { b: 2, a: 1 }]],
    [[1, { a: undefined }]],
  ]],
  [(x, { a, b = 2 } = {} as { a?: number; b?: number }) => [x, a, b], [
    [[1], [1, {}], [1, { b: 2 }], [1, { unseen: 3 }], [1, { a: undefined }]],
    [[1, { a: 1 }], [1, { b: 2, a: 1 }]],
    [[1, { b: 3 }]],
    [[1, null]],
  ]],
  [({ a, ...rest }) => [a, rest], [[[{ a: 1 }]], [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]], [[{
    b: 2,
  }]]]],
  [({ a: x }, { a: y }) => [x, y], [[[{ a: 1 }, { a: 2 }]], [[{ a: 2 }, { a: 2 }]], [[{ a: 2 }, {
    a: 1,
  }]]]],
  [function (x = 1) {
    return [x, arguments.length]; // deno-lint-ignore-line prefer-rest-params
  }, [[[]], [[undefined]], [[1]], [[1, 2]]]],
];

Deno.test("test_memory_args_as_kwargs: what a function cannot tell apart is one call, and nothing else is", () => {
  for (const [fn, groups] of table) {
    const hashes = groups.map((calls) => calls.map((args) => hash(bind(fn, args))));
    for (const group of hashes) {
      assertEquals(new Set(group).size, 1, `${fn}: ${Deno.inspect(groups)}`);
    }
    assertEquals(new Set(hashes.flat()).size, groups.length, `${fn}`);
  }
});

Deno.test("test_memory_ignore: names are left out: parameters, properties taken, properties of a parameter", () => {
  const fn = (
    x: number,
    debug = 0,
    { log = false, deep = 1 } = {},
    options = {},
  ) => [x, debug, log, deep, options];
  const same = (a: unknown[], b: unknown[], ignore: string[]) =>
    hash(bind(fn, a, ignore)) === hash(bind(fn, b, ignore));
  assertEquals(same([1, 0], [1, 5], ["debug"]), true);
  assertEquals(same([1, 0], [2, 0], ["debug"]), false);
  assertEquals(same([1, 0], [1, 0, { log: true }], ["log"]), true);
  assertEquals(same([1, 0], [1, 0, { log: true, deep: 2 }], ["log"]), false);
  assertEquals(same([1], [1, 0, {}, { verbose: 3 }], ["options.verbose"]), true);
  assertEquals(same([1], [1, 0, {}, { verbose: 3, k: 1 }], ["options.verbose"]), false);
});

Deno.test("test_memory_ignore: a text, an unknown name, and a function without a text are errors", () => {
  const of = (fn: AnyFunction, ignore: unknown) =>
    checkIgnore(ignore, "f", readSignature(String(fn)));
  const fn = (y: number, { z = 1 } = {}) => y + z;
  assertEquals(of(fn, ["y", "z"]), ["y", "z"]);
  assertEquals(of(fn, undefined), []);
  assertThrows(
    () => of(fn, "y"),
    TypeError,
    'must be a list of parameters to ignore, "y" (type string)',
  );
  assertThrows(() => of(fn, ["x"]), RangeError, 'argument "x" is not defined for function f(y, z)');
  assertThrows(() => of(Math.abs, ["x"]), TypeError, "Cannot inspect");
});
