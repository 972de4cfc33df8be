/**
 * The parameters of a function, read from its text.
 *
 * @module
 */

import { Statements } from "../free_names_statements.ts";
import { isNative } from "./function_key.ts";

/** A parameter, or a property that one takes out of an object. */
export interface Parameter {
  /** Its name; a property's is its key, as the caller writes it. */
  name: string;
  /** What is taken when `undefined` is given, if it is a literal. */
  value?: unknown;
  /** Whether it takes all that is left. */
  rest: boolean;
  /** What is taken out of an object that is not needed itself, as in `({ a, b = 2 })`. */
  properties?: Parameter[];
}

/** What the text of a function says about its arguments. */
export interface Signature {
  /** In their order. */
  parameters: Parameter[];
  /** Whether it may see how many arguments there are, and those that have no parameter. */
  seesAll: boolean;
}

/** Words that a literal may contain beside numbers and strings. */
const LITERAL = /^(?:true|false|null|undefined|[-+[\]{},:])$/;

/** Reads the parameters in front of a function's body; throws a `Doubt` at what it does not know. */
class Reader extends Statements {
  parameters(): Parameter[] {
    while (!this.eat("(")) {
      if (this.kind === "end") throw this.doubt();
      const { kind, text } = this;
      if (this.eat("[")) { // the computed name of a method
        this.expression();
        this.expect("]");
        continue;
      }
      this.next();
      if (kind === "name" && this.text === "=>") return [{ name: text, rest: false }];
    }
    const parameters: Parameter[] = [];
    while (!this.eat(")")) {
      parameters.push(this.#parameter());
      if (this.text !== ")") this.expect(",");
    }
    return parameters;
  }

  #parameter(): Parameter {
    const rest = this.eat("...");
    const { start } = this;
    const properties = !rest && this.text === "{" ? this.#properties() : undefined;
    if (!properties) this.binding(() => {});
    const name = this.source.slice(start, this.before);
    return { name, rest, ...this.#default(), ...(properties && { properties }) };
  }

  /** What an object pattern takes; nothing if a key is computed. */
  #properties(): Parameter[] | undefined {
    const { before } = this;
    const properties: Parameter[] = [];
    this.expect("{");
    while (!this.eat("}")) {
      const rest = this.eat("...");
      const { kind, text } = this;
      if (kind !== "name" && kind !== "string") {
        this.goBack(before);
        return undefined;
      }
      this.next();
      const name = kind === "string" ? String(literal([text])) : text;
      if (this.eat(":")) this.binding(() => {});
      properties.push({ name, rest, ...this.#default() });
      if (this.text !== "}") this.expect(",");
    }
    return properties;
  }

  #default(): { value?: unknown } {
    if (!this.eat("=")) return {};
    const { before } = this;
    this.assignment();
    const end = this.before;
    this.goBack(before);
    const tokens: string[] = [];
    while (this.before < end && this.#isLiteral()) {
      tokens.push(this.text);
      this.next();
    }
    if (this.before >= end) return { value: literal(tokens) };
    this.goBack(end);
    return {};
  }

  /** Whether the token may stand in a literal; a name only as a key. */
  #isLiteral(): boolean {
    return this.kind === "number" || this.kind === "string" || LITERAL.test(this.text) ||
      (this.kind === "name" && this.ahead(() => (this.next(), this.text === ":")));
  }
}

/** The value of a literal; its tokens name and call nothing. */
function literal(tokens: readonly string[]): unknown {
  return (0, eval)(`(${tokens.join(" ")})`);
}

/** Read the parameters of a function; nothing if its text is not understood. */
export function readSignature(source: string): Signature | undefined {
  if (isNative(source)) return undefined;
  try {
    const parameters = new Reader(source).parameters();
    return { parameters, seesAll: /\b(?:arguments|eval)\b/.test(source) };
  } catch {
    return undefined;
  }
}
