import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { agrees, compare, type Deliberate } from "./compare.ts";
import { line } from "./programs/report.ts";

const raised = (name: string, says: string) => ({ raised: name, says });

Deno.test("what is the same agrees, and what is not does not", () => {
  assertEquals(compare("t", ["a: [1,2.50]", "b: null"], ["a: [1,2.5]", "b: null"], []), []);
  for (
    const [python, ours] of [
      ["[1,2]", "[2,1]"],
      ["[1]", "[1,1]"],
      ["[]", "{}"],
      ["null", "false"],
      ["0", "null"],
      ['"1"', "1"],
      ["18446744073709551615", "18446744073709551616"],
      ['{"a":1}', '{"b":1}'],
      ['{"a":[{"b":null}]}', '{"a":[{"b":0}]}'],
    ]
  ) {
    const [difference] = compare(
      "topic",
      ["same: 1", `x: ${python}`],
      ["same: 1", `x: ${ours}`],
      [],
    );
    assertStringIncludes(difference!, "topic, line 2:");
    assertStringIncludes(difference!, `Python: x: ${python}`);
    assertStringIncludes(difference!, `ours:   x: ${ours}`);
  }
});

Deno.test("an error agrees if its class stands for Python's and it has Python's words", () => {
  const python = raised("ValueError", "is closed");
  assertEquals(agrees(python, raised("ClosedError", "The queue is closed: make another.")), true);
  assertEquals(agrees(python, raised("ClosedError", "The queue was closed.")), false);
  assertEquals(agrees(python, raised("QueueFull", "The queue is closed.")), false);
  assertEquals(agrees([python], [raised("Error", "is closed")]), true);
  assertEquals(agrees(python, null), false);
  assertEquals(agrees(null, python), false);
  assertEquals(agrees(raised("KeyError", "x"), raised("KeyError", "x")), true);
});

Deno.test("other labels, or a program that ends early, are told", () => {
  assertStringIncludes(compare("t", ["a: 1"], ["b: 1"], [])[0]!, "labels differ");
  assertStringIncludes(compare("t", ["a: 1", "b: 1"], ["a: 1"], [])[0]!, "ended early");
  assertStringIncludes(compare("t", ["a: 1"], ["a: 1", "b: 1"], [])[0]!, "ended early");
  assertThrows(() => compare("t", ["nothing"], ["nothing"], []), Error, "no line");
});

Deno.test("a deliberate difference has to happen as it is written", () => {
  const entry: Deliberate = { label: "t: x", python: "1", ours: "2", why: "as an example" };
  assertEquals(compare("t", ["x: 1"], ["x: 2"], [entry]), []);
  assertEquals(compare("other", ["x: 1"], ["x: 1"], [entry]), []);
  for (const [python, ours] of [["1", "1"], ["1", "3"], ["2", "2"]]) {
    const [difference] = compare("t", [`x: ${python}`], [`x: ${ours}`], [entry]);
    assertStringIncludes(difference!, "is not what deliberate.ts says");
  }
  const [difference] = compare("t", ["y: 1"], ["y: 1"], [entry]);
  assertStringIncludes(difference!, "no program says that");
});

Deno.test("a line is JSON as Python writes it", () => {
  const lines: string[] = [];
  const { log } = console;
  console.log = (text: string) => void lines.push(text);
  try {
    line("a", [1, 2n ** 64n, 0.5, NaN, Infinity, -Infinity, -0, undefined, "é\n"]);
    line("b", new Uint8Array([1, 255]));
    line("c", { bytes: new BigInt64Array([1n]), nothing: null });
    line("d", undefined);
  } finally {
    console.log = log;
  }
  assertEquals(lines, [
    'a: [1,18446744073709551616,0.5,"nan","inf","-inf",0,null,"é\\n"]',
    "b: [1,255]",
    'c: {"bytes":[1],"nothing":null}',
    "d: null",
  ]);
});
