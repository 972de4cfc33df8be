/**
 * The words that go with a scenario, from `lessons/<id>.md`.
 *
 * @module
 */

/** The words that go with a scenario: what a teacher would say around it. All are Markdown. */
export interface Lesson {
  /** What the student is asked to predict, one or two sentences. */
  readonly predict: string;
  /** What the slide does not say: paragraphs. */
  readonly beyond: string;
  /** An exercise on the module: paragraphs, may hold fences. */
  readonly exercise: string;
  /** Its answer. */
  readonly answer: string;
  /** A short Python program, ours, doing what the slide's does. */
  readonly python: string;
}

/** The sections of a lesson, in their order. */
const titles = ["Predict", "What the slide does not say", "Exercise", "Answer", "Python"];

/** The file that holds the words of a scenario. */
export function lessonFile(id: string): URL {
  return new URL(`./lessons/${id}.md`, import.meta.url);
}

/** Read the words of a scenario. Throws an `Error` that names the file when it is not as it must be. */
export async function readLesson(id: string): Promise<Lesson> {
  const text = await Deno.readTextFile(lessonFile(id));
  try {
    return parseLesson(text);
  } catch (error) {
    throw new Error(`lessons/${id}.md: ${(error as Error).message}`);
  }
}

/** Take the text of a lesson apart. Throws an `Error` when a section is missing, empty or extra. */
export function parseLesson(text: string): Lesson {
  const sections = sectionsOf(text);
  const found = sections.map(({ title }) => title);
  if (found.join("\n") !== titles.join("\n")) {
    throw new Error(
      `A lesson has the sections ${quoted(titles)}, but this one has ${quoted(found)}: ` +
        "write each as a line that begins with ##, in that order.",
    );
  }
  const [predict, beyond, exercise, answer, last] = sections.map(({ title, lines }) => {
    const words = lines.join("\n").trim();
    if (words === "") throw new Error(`The section "${title}" is empty: write it.`);
    return words;
  }) as [string, string, string, string, string];
  const python = /^```python\n([^]*?)\n```$/.exec(last)?.[1];
  if (python === undefined || python.includes("\n```")) {
    throw new Error('The section "Python" is one fence that begins with ```python: write no more.');
  }
  return { predict, beyond, exercise, answer, python };
}

const quoted = (names: readonly string[]): string =>
  names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");

/** The parts of a text under their titles; a line in a fence is no title. */
function sectionsOf(text: string): { title: string; lines: string[] }[] {
  const sections: { title: string; lines: string[] }[] = [];
  let fenced = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("```")) fenced = !fenced;
    const title = fenced ? undefined : /^## (.*)$/.exec(line)?.[1]?.trim();
    if (title !== undefined) sections.push({ title, lines: [] });
    else if (sections.length > 0) sections.at(-1)!.lines.push(line);
    else if (line.trim() !== "") {
      throw new Error(`A lesson begins with "## Predict", but this one with "${line}": begin so.`);
    }
  }
  return sections;
}
