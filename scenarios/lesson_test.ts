import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { parseLesson, readLesson } from "./lesson.ts";

const python = "```python\n## no title\nprint(1)\n```";
const good = `## Predict

How many?

## What the slide does not say

One.

Two.

## Exercise

Change it:

\`\`\`ts ignore
## no title either
\`\`\`

## Answer

Three.

## Python

${python}
`;

const refusal = (text: string): string => assertThrows(() => parseLesson(text), Error).message;

Deno.test("parseLesson() gives the five sections, without their titles", () => {
  assertEquals(parseLesson(good), {
    predict: "How many?",
    beyond: "One.\n\nTwo.",
    exercise: "Change it:\n\n```ts ignore\n## no title either\n```",
    answer: "Three.",
    python: "## no title\nprint(1)",
  });
});

Deno.test("parseLesson() reads the line ends of Windows", () => {
  assertEquals(parseLesson(good.replaceAll("\n", "\r\n")), parseLesson(good));
});

Deno.test("parseLesson() refuses a section that is missing, extra or in another place", () => {
  assertStringIncludes(refusal(good.replace("## Answer\n\nThree.", "")), '"Exercise", "Python"');
  assertStringIncludes(refusal(`${good}## More\n\nx`), '"Python", "More"');
  assertStringIncludes(refusal(""), "but this one has none");
  assertStringIncludes(refusal(`# Title\n\n${good}`), 'this one with "# Title"');
});

Deno.test("parseLesson() refuses an empty section, and Python that is not one fence", () => {
  assertStringIncludes(refusal(good.replace("Three.", "")), 'The section "Answer" is empty');
  assertStringIncludes(refusal(good.replace(python, "print(1)")), "one fence");
  assertStringIncludes(refusal(`${good}\n${python}`), "one fence");
  assertStringIncludes(refusal(good.replace(python, `Run this:\n\n${python}`)), "one fence");
});

Deno.test("readLesson() reads the file of an id", async () => {
  const { predict, python } = await readLesson("race-condition");
  assertStringIncludes(predict, "?");
  assertStringIncludes(python, "multiprocessing");
  await assertRejects(() => readLesson("no-such-lesson"), Deno.errors.NotFound);
});
