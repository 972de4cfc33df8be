/**
 * JavaScript cut into tokens, one at a time: whether a `/` divides or begins a regular expression, and
 * whether a `}` ends a block or goes on with a template, only the grammar knows, so it asks for those.
 *
 * @module
 */

/** What a token is. */
export type Kind = "name" | "number" | "string" | "sign" | "end";

/** White space and comments. */
const GAP = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
const LINE_END = /[\n\r\u2028\u2029]/;

const NAME = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?[\d_]+)?n?/iy;
const STRING = /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"/y;
const SIGN =
  /\?\.(?!\d)|\.\.\.|=>|(?:\*\*|<<|>>>?|&&|\|\||\?\?)=?|[=!]==?|\+\+|--|[-+*/%&|^<>]=?|[{}()[\];,!~?:=.`]/y;

/** What comes behind the back quote of a template, or behind the `}` in it, up to the next of these. */
const TEMPLATE = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;
const REGEXP = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/[\p{ID_Continue}$]*/uy;

const KINDS: [Kind, RegExp][] = [
  ["name", NAME],
  ["number", NUMBER],
  ["string", STRING],
  ["sign", SIGN],
];

/** The source is none that is understood here. */
export class Doubt extends Error {
  /** The class. */
  override name = "Doubt";
}

/** Reads a source; always stands at one token. */
export class Lexer {
  /** The whole text. */
  readonly source: string;
  /** What the token is. */
  kind: Kind = "end";
  /** Its text; a name that is private begins with `#`. */
  text = "";
  /** Where it begins. */
  start = 0;
  /** Whether a line ends before it. */
  newline = false;
  /** Where the token before it ends. */
  before = 0;
  #end = 0;

  /** Stands at the first token. */
  constructor(source: string) {
    this.source = source;
    this.next();
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.source)?.[0];
  }

  /** Go to the next token. */
  next(): void {
    this.before = this.#end;
    const gap = this.#match(GAP, this.before)!;
    this.newline = LINE_END.test(gap);
    this.start = this.before + gap.length;
    for (const [kind, pattern] of KINDS) {
      const text = this.#match(pattern, this.start);
      if (text !== undefined) return this.#take(kind, text);
    }
    if (this.start < this.source.length) throw this.doubt();
    this.#take("end", "");
  }

  #take(kind: Kind, text: string): void {
    this.kind = kind;
    this.text = text;
    this.#end = this.start + text.length;
  }

  /** Stand again where `before` had this value. */
  goBack(before: number): void {
    this.#end = before;
    this.next();
  }

  /** Do something and stand here again. */
  ahead<T>(look: () => T): T {
    const { before } = this;
    const seen = look();
    this.goBack(before);
    return seen;
  }

  /** Whether the token has this text; if so, go to the next one. */
  eat(text: string): boolean {
    if (this.text !== text) return false;
    this.next();
    return true;
  }

  /** The token must have this text; go to the next one. */
  expect(text: string): void {
    if (!this.eat(text)) throw this.doubt();
  }

  /** The `/` at which this stands begins a regular expression: go behind it. */
  skipRegExp(): void {
    const text = this.#match(REGEXP, this.start);
    if (text === undefined) throw this.doubt();
    this.#end = this.start + text.length;
    this.next();
  }

  /** A back quote or `}` of a template: go behind its next piece. Whether an expression follows there. */
  templatePiece(): boolean {
    const text = this.#match(TEMPLATE, this.start + 1);
    if (text === undefined) throw this.doubt();
    this.#end = this.start + 1 + text.length;
    this.next();
    return text.endsWith("{");
  }

  /** An error that says where it is not understood. */
  doubt(): Doubt {
    return new Doubt(`not understood: ${this.source.slice(this.start, this.start + 40)}`);
  }
}
