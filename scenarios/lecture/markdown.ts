/**
 * The words of a lesson as HTML. HTML in them is shown as the text that it is.
 *
 * @module
 */
import { Marked } from "npm:marked@17.0.1";
import { Html, html } from "@polycore/reports/page";
import { code, languageOf } from "./code.ts";

/** Titles in the words stand below those of the page. */
const deepest = 6;

const marked = new Marked({
  async: false,
  renderer: {
    html: ({ text }) => html`${text}`.text,
    code: ({ text, lang = "" }) =>
      html`<pre tabindex="0"><code>${code(text, languageOf(lang.split(" ")[0]!))}</code></pre>\n`
        .text,
    heading({ tokens, depth }) {
      const level = Math.min(deepest, depth + 3);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    // The page is one file: a picture beside it would not be found.
    image: ({ text }) => html`${text}`.text,
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      return /^(https?:|#)/.test(href) ? `<a href="${html`${href}`.text}">${words}</a>` : words;
    },
  },
});

/** Render Markdown. */
export function markdown(text: string): Html {
  return new Html(marked.parse(text) as string);
}
