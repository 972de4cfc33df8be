import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../arguments.ts";
import { commandOf, readWords } from "./arguments.ts";

const ids = ["a", "b", "c"];

Deno.test("without words all scenarios run in quick size", () => {
  assertEquals(readWords([], ids), {
    help: false,
    full: false,
    trace: true,
    only: ids,
    seed: undefined,
    out: "reports/out",
    data: undefined,
    from: undefined,
  });
});

Deno.test("--only keeps the order of the tour", () => {
  assertEquals(readWords(["--only", "c, a"], ids).only, ["a", "c"]);
});

Deno.test("the command that repeats a run has all that changes it, and no folder", () => {
  const words = ["--out", "x", "--seed", "3", "--only=b", "--full", "--no-trace", "--data", "y"];
  const command = commandOf(readWords(words, ids), ids);
  assertEquals(command, "deno task lecture --full --no-trace --seed 3 --only b");
  assertEquals(commandOf(readWords([], ids), ids), "deno task lecture");
});

for (
  const [words, text] of [
    [["--onyl", "a"], '"--onyl" is no flag of the lecture'],
    [["a"], '"a" is no flag of the lecture'],
    [["--only", "d"], 'There is no scenario "d"'],
    [["--only"], "--only needs a value after it"],
    [["--seed", "4294967296"], "--seed takes a whole number from 0 to 4294967295"],
    [["--seed", "x"], 'but was given "x"'],
    [["--from", "x", "--seed", "1"], "--from makes a page of what ran before"],
  ] as const
) {
  Deno.test(`${words.join(" ")} is refused`, () => {
    assertThrows(() => readWords(words, ids), UsageError, text);
  });
}
