/**
 * The code of a scenario that a student should read, and the lines of it that matter.
 *
 * @module
 */
import { fileOf } from "./catalogue.ts";

const lessonStart = /^ *\/\/ #region lesson *$/;
const lessonEnd = /^ *\/\/ #endregion *$/;

/** The part of a module that matters: what stands between `#region lesson` and `#endregion`. */
export function lessonCode(source: string): string {
  const lines: string[] = [];
  let inside = false;
  for (const line of source.split("\n")) {
    if (lessonEnd.test(line)) inside = false;
    if (inside) lines.push(line);
    if (lessonStart.test(line)) {
      if (lines.length > 0) lines.push("");
      inside = true;
    }
  }
  return lines.join("\n").trim();
}

/** The lesson of a scenario's module, and under their names of the modules beside it that it imports. */
export async function codeOf(id: string): Promise<string> {
  const file = fileOf(id);
  const source = await Deno.readTextFile(file);
  const beside = [...source.matchAll(/(?: from |\bimport\()"\.\/([a-z_]+\.ts)"/g)];
  const others = beside.map(async ([, name]) => {
    const code = lessonCode(await Deno.readTextFile(new URL(name!, file)));
    return code === "" ? [] : [`// ${name}\n${code}`];
  });
  return [lessonCode(source), ...(await Promise.all(others)).flat()].join("\n\n");
}

const mark = / (?:\/\/|#) <- /; // "#" in a script inside of the code

/** The numbers of the lines that matter, from 1: those that end in a comment `// <- why` (or `# <- why`). */
export function markedLines(code: string): number[] {
  return code.split("\n").flatMap((line, i) => mark.test(line) ? [i + 1] : []);
}

/** The code with the lines that matter made heavy, or without `heavy` with ">" in the margin. */
export function marked(code: string, heavy?: (text: string) => string): string {
  const lines = code.split("\n").map((line) => {
    if (heavy !== undefined) return mark.test(line) ? heavy(line) : line;
    return `${mark.test(line) ? ">" : " "} ${line}`.trimEnd();
  });
  return lines.join("\n");
}
