import { assertEquals, assertThrows } from "@std/assert";
import { indexed } from "./indexed.ts";

class Log {
  inherited = "field";
  readonly calls: unknown[] = [];
  get(index: number): unknown {
    this.calls.push(["get", index]);
    return index * 10;
  }
  set(index: number, value: unknown): void {
    this.calls.push(["set", index, value]);
    if (value === "bad") throw new RangeError("no");
  }
}
Object.setPrototypeOf(Log.prototype, indexed(Object.prototype));

type Any = Log & Record<string | number | symbol, unknown>;
const make = () => new Log() as Any;

Deno.test("object[index] reads by get and writes by set", () => {
  const log = make();
  assertEquals(log[3], 30);
  log[4] = "x";
  assertEquals(log[-1], -10);
  assertEquals(log[1.5], 15);
  assertEquals(log.calls, [["get", 3], ["set", 4, "x"], ["get", -1], ["get", 1.5]]);
  assertEquals(Object.keys(log), ["inherited", "calls"]); // nothing became an own property
});

Deno.test("everything that writes no number is a property as usual", () => {
  const log = make();
  for (const key of ["03", "x", "NaN", "1e0", "0x1", " 1", "", "-0", "1.0"]) {
    assertEquals(log[key], undefined, key);
    log[key] = key;
    assertEquals([log[key], Object.hasOwn(log, key)], [key, true]);
  }
  const symbol = Symbol("s");
  assertEquals(log[symbol], undefined);
  log[symbol] = 1;
  assertEquals(log[symbol], 1);
  assertEquals([log.inherited, typeof log.toString, log.calls.length], ["field", "function", 0]);
});

Deno.test("an error of set reaches the writer", () => {
  const log = make();
  assertThrows(() => log[0] = "bad", RangeError, "no");
});
