/**
 * HTML text in which every value is escaped unless it is HTML already.
 *
 * @module
 */

/** A piece of finished HTML. */
export class Html {
  /**
   * Take text that is HTML already.
   *
   * @param text The HTML itself.
   */
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, HTML is not, `null` leaves no trace. */
export type HtmlValue = Html | string | number | null | HtmlValue[];

/**
 * The tag of a template that escapes what is put into it.
 *
 * @param parts The template's own text.
 * @param values What stands between.
 * @returns The HTML.
 *
 * @example Usage
 * ```ts
 * import { html } from "@polycore/reports/page";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(html`<b>${"1 < 2"}</b>`.text, "<b>1 &lt; 2</b>");
 * ```
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let text = parts[0];
  values.forEach((value, i) => text += escaped(value) + parts[i + 1]);
  return new Html(text);
}

function escaped(value: HtmlValue): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(escaped).join("");
  if (value instanceof Html) return value.text;
  return String(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/**
 * A value as JSON that can stand inside a `script` element.
 *
 * @param value The value.
 * @returns JSON in which no text can end the element.
 *
 * @example Usage
 * ```ts
 * import { jsonForScript } from "@polycore/reports/page";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(jsonForScript("</script>").text, '"\\u003c/script>"');
 * ```
 */
export function jsonForScript(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll("<", "\\u003c"));
}
