/**
 * The Markdown of the lessons for a terminal: paragraphs and lists wrapped, fences as they are. Pure.
 *
 * @module
 */
import { wrap } from "./layout.ts";

/** The lines of a Markdown text, each behind `indent`. Marks of emphasis and code stay. */
export function markdown(text: string, indent = "  "): string[] {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  const flush = () => {
    if (paragraph.length > 0) lines.push(...wrapItem(paragraph.join(" "), indent));
    paragraph = [];
  };
  for (const line of text.split("\n")) {
    if (/^\s*```/.test(line)) {
      flush();
      fenced = !fenced;
    } else if (fenced) {
      lines.push(`${indent}  ${line}`.trimEnd());
    } else if (line.trim() === "") {
      flush();
      lines.push("");
    } else {
      if (item.test(line)) flush();
      paragraph.push(line.trim());
    }
  }
  flush();
  return lines;
}

const item = /^\s*(?:[-*]|\d+\.) /;

/** A paragraph, or an item of a list, whose further lines stand under its text. */
function wrapItem(text: string, indent: string): string[] {
  const mark = item.exec(text)?.[0] ?? "";
  const [first, ...more] = wrap(text.slice(mark.length), indent + " ".repeat(mark.length));
  return [indent + mark + first!.trimStart(), ...more];
}
