/**
 * Programs as HTML: coloured when the page is written, so that the page needs no script for it.
 *
 * @module
 */
import hljs from "npm:highlight.js@11.11.1/lib/core";
import bash from "npm:highlight.js@11.11.1/lib/languages/bash";
import python from "npm:highlight.js@11.11.1/lib/languages/python";
import typescript from "npm:highlight.js@11.11.1/lib/languages/typescript";
import { Html, html } from "@polycore/reports/page";

hljs.registerLanguage("python", python);
hljs.registerLanguage("ts", typescript);
hljs.registerLanguage("sh", bash);

/** The languages that are coloured. */
export type Language = "python" | "ts" | "sh" | "";

const known: readonly string[] = ["python", "ts", "sh"];

/** The language of a fence, as far as it is coloured. */
export function languageOf(name: string): Language {
  const short = { typescript: "ts", py: "python", bash: "sh" }[name] ?? name;
  return known.includes(short) ? short as Language : "";
}

/**
 * The lines of a program, an element each, so that one that is too long goes on below its own
 * beginning. Those that matter, with the comment `<-`, stand out.
 */
export function code(source: string, language: Language): Html {
  const lines = source.split("\n");
  const coloured = language === ""
    ? lines.map((line) => html`${line}`.text)
    : linesOf(hljs.highlight(source, { language }).value);
  return new Html(
    coloured.map((line, i) => {
      const element = /(\/\/|#) <- /.test(lines[i]!) ? "mark" : "span";
      // The style sheet knows even indents; the line's end is inside, so that a copy of it has one.
      const indent = Math.min(16, lines[i]!.search(/\S|$/) & ~1);
      const hang = indent === 0 ? "" : ` class="i${indent}"`;
      return `<${element}${hang}>${line}\n</${element}>`;
    }).join(""),
  );
}

/** A program under its name, which the keyboard can scroll. */
export function listing(name: string, source: string, language: Language): Html {
  return html`
    <figure class="code">
      <figcaption>${name}</figcaption>
      <pre tabindex="0" role="region" aria-label="${name}"><code>${code(
        source,
        language,
      )}</code></pre>
    </figure>
  `;
}

/** Cut coloured HTML into lines; a colour that goes on over lines begins anew in each. */
function linesOf(coloured: string): string[] {
  const lines = [""];
  const open: string[] = [];
  for (const [piece] of coloured.matchAll(/<span[^>]*>|<\/span>|\n|[^<\n]+/g)) {
    if (piece === "\n") {
      lines[lines.length - 1] += "</span>".repeat(open.length);
      lines.push(open.join(""));
      continue;
    }
    if (piece.startsWith("<span")) open.push(piece);
    if (piece === "</span>") open.pop();
    lines[lines.length - 1] += piece;
  }
  return lines;
}
