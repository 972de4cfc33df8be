import { assertEquals, assertThrows } from "@std/assert";
import { Barrier } from "@polycore/sync";
import { encode, UncloneableError } from "./mod.ts";
import { pathTo } from "./path.ts";

const s = Symbol("s");

Deno.test("the path is what one would write", () => {
  const cases: [unknown, string][] = [
    [s, "args"],
    [[1, s], "args[1]"],
    [[0, { rows: [1, 2, 3, { fn: s }] }], "args[1].rows[3].fn"],
    [{ "two words": { 3: s } }, 'args["two words"]["3"]'],
    [{ größe: s }, "args.größe"],
    [new Map<unknown, unknown>([["a", 1], ["k", [s]]]), 'args.get("k")[0]'],
    [new Map([[5, s]]), "args.get(5)"],
    [new Map([[{}, s]]), "args.values().drop(0).next().value"],
    [new Map<unknown, unknown>([[1, 1], [s, 1]]), "args.keys().drop(1).next().value"],
    [new Set([1, { x: s }]), "args.values().drop(1).next().value.x"],
    [[, , s], "args[2]"],
  ];
  for (const [value, path] of cases) {
    assertEquals(pathTo(s, value, "args"), path);
    assertThrows(() => encode(value, "args"), UncloneableError, `${path} is a symbol (Symbol(s))`);
  }
});

Deno.test("the path goes round cycles and into what shareables are made of", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle, { cycle }, s);
  assertEquals(pathTo(s, cycle, "args"), "args[2]");
  const barrier = new Barrier(1, { action: function act() {} });
  assertThrows(() => encode([barrier]), UncloneableError, "value[0].pack()[1] is a function");
});

Deno.test("the path of what a getter makes anew each time is not known", () => {
  const value = {
    get fresh() {
      return () => 1;
    },
  };
  assertThrows(() => encode(value), UncloneableError, "something inside value is a function");
});
