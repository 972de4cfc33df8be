/**
 * The grammar of expressions, as far as names depend on it. It accepts more than JavaScript does: the
 * engine has parsed the text before.
 *
 * @module
 */

import { Doubt } from "./free_names_lexer.ts";
import { Scopes } from "./free_names_scopes.ts";
import {
  ASSIGNMENTS,
  BEHIND_KEY,
  BEHIND_USE,
  BINARY,
  ENDS_YIELD,
  LITERALS,
  MODIFIERS,
  PREFIXES,
  RESERVED,
} from "./free_names_words.ts";

/** What a function has by itself. */
const OF_FUNCTION = ["this", "arguments", "new.target"];
const OF_METHOD = [...OF_FUNCTION, "super"];
const OF_FIELD = ["this", "new.target", "super"];

/** What a function is, beside its parameters and body. */
interface FunctionKind {
  async: boolean;
  generator: boolean;
  /** Names that it has by itself. */
  own: readonly string[];
}

const ARROW: FunctionKind = { async: false, generator: false, own: [] };

/** Reads expressions and notes which names they use. */
export abstract class Expressions extends Scopes {
  /** Names of which `typeof` asks whether they are there. */
  readonly asked = new Set<string>();
  /** Where the body of the outermost function begins. */
  bodyStart = 0;
  #inAsync = false;
  #inGenerator = false;

  /** A block of statements, from its `{` on, without a scope of its own. */
  protected abstract block(): void;

  /** Whether `await` waits here. */
  protected get awaits(): boolean {
    return this.#inAsync;
  }

  /** A name or pattern that is declared. */
  protected binding(declare: (name: string) => void): void {
    if (this.eat("[")) {
      while (!this.eat("]")) {
        if (this.eat(",")) continue;
        this.eat("...");
        this.#bindingOrDefault(declare);
        if (this.text !== "]") this.expect(",");
      }
    } else if (this.eat("{")) {
      while (!this.eat("}")) {
        if (this.eat("...")) this.binding(declare);
        else {
          const key = this.#key();
          if (this.eat(":")) this.binding(declare);
          else if (key) declare(key);
          if (this.eat("=")) this.assignment();
        }
        if (this.text !== "}") this.expect(",");
      }
    } else {
      if (this.kind !== "name" || RESERVED.has(this.text)) throw this.doubt();
      declare(this.text);
      this.next();
    }
  }

  #bindingOrDefault(declare: (name: string) => void): void {
    this.binding(declare);
    if (this.eat("=")) this.assignment();
  }

  /** The name of a property, method or field; the text if it is a name. */
  #key(): string | undefined {
    if (this.eat("[")) {
      this.assignment();
      this.expect("]");
      return undefined;
    }
    const { kind, text } = this;
    if (kind === "sign" || kind === "end") throw this.doubt();
    this.next();
    return kind === "name" ? text : undefined;
  }

  /** Expressions with commas between them. */
  protected expression(noIn = false): void {
    do this.assignment(noIn); while (this.eat(","));
  }

  /** One expression; with `noIn` it ends before an `in`, as at the beginning of a `for`. */
  protected assignment(noIn = false): void {
    if (this.#inGenerator && this.eat("yield")) {
      if (this.newline || this.kind === "end" || ENDS_YIELD.has(this.text)) return;
      this.eat("*");
      return this.assignment(noIn);
    }
    for (;;) {
      if (this.#operand(noIn)) return;
      if (BINARY.has(this.text) || (this.text === "in" && !noIn)) this.next();
      else if (ASSIGNMENTS.has(this.text)) {
        this.next();
        return this.assignment(noIn);
      } else if (this.eat("?")) {
        this.assignment();
        this.expect(":");
        return this.assignment(noIn);
      } else return;
    }
  }

  /** An operand with what stands before and behind it; whether it is an arrow function, which ends all. */
  #operand(noIn: boolean): boolean {
    for (;;) {
      if (this.eat("typeof")) this.#typeof();
      else if (this.eat("new")) {
        if (!this.eat(".")) continue;
        this.expect("target");
        this.use("new.target");
        break;
      } else if (PREFIXES.has(this.text) || (this.#inAsync && this.text === "await")) this.next();
      else if (this.#primary(noIn)) return true;
      else break;
    }
    this.#behindOperand();
    return false;
  }

  /** Note the name behind `typeof`, which may be in parentheses, if nothing else is done with it. */
  #typeof(): void {
    const name = this.ahead(() => {
      let open = 0;
      while (this.eat("(")) open++;
      const { kind, text } = this;
      if (kind !== "name" || RESERVED.has(text)) return undefined;
      this.next();
      while (open > 0 && this.eat(")")) open--;
      return open > 0 || BEHIND_USE.has(this.text) ? undefined : text;
    });
    if (name !== undefined) this.asked.add(name);
  }

  /** Members, calls and templates behind an operand. */
  #behindOperand(): void {
    for (;;) {
      if (this.text === "." || this.text === "?.") {
        this.next();
        if (this.kind === "name") this.#member();
      } else if (this.eat("[")) {
        this.expression();
        this.expect("]");
      } else if (this.text === "(") this.#list("(", ")");
      else if (this.text === "`") this.#template();
      else if (!this.newline && (this.text === "++" || this.text === "--")) this.next();
      else return;
    }
  }

  #member(): void {
    if (this.text.startsWith("#")) this.use(this.text);
    this.next();
  }

  /** Arguments, elements, or what is in parentheses. */
  #list(open: string, close: string): void {
    this.expect(open);
    while (!this.eat(close)) {
      if (this.eat(",")) continue;
      this.eat("...");
      this.assignment();
      if (this.text !== close) this.expect(",");
    }
  }

  #template(): void {
    while (this.templatePiece()) {
      this.expression();
      if (this.text !== "}") throw this.doubt();
    }
  }

  /** Whether it is an arrow function. */
  #primary(noIn: boolean): boolean {
    const { kind, text } = this;
    if (kind === "name") return this.#word(noIn);
    if (kind === "number" || kind === "string") this.next();
    else if (text === "(") return this.#parentheses(ARROW, noIn);
    else if (text === "[") this.#list("[", "]");
    else if (text === "{") this.#object();
    else if (text === "`") this.#template();
    else if (text === "/" || text === "/=") this.skipRegExp();
    else throw this.doubt();
    return false;
  }

  /** An operand that begins with a word. */
  #word(noIn: boolean): boolean {
    const { text } = this;
    if (text === "function") this.functionFrom(false, true);
    else if (text === "class") this.classFrom();
    else if (text === "async") return this.#asyncOrName(noIn);
    else if (text === "import") this.#import();
    else if (text === "super") this.#useHere();
    else if (RESERVED.has(text)) throw this.doubt();
    else if (LITERALS.has(text)) this.next();
    else {
      const { before } = this;
      const used = this.scope.used.length;
      this.#useHere();
      if (this.text === "=>" && !this.newline) return this.#arrow(before, used, ARROW, noIn);
      if (text === "eval" && this.text === "(") throw new Doubt("eval may see and make any name");
    }
    return false;
  }

  #useHere(): void {
    this.use(this.text);
    this.next();
  }

  /** `import.meta`, and a path that starts from the module, belong to the module. */
  #import(): void {
    this.next();
    if (this.eat(".")) {
      if (this.text === "meta") this.use("import.meta");
      this.next();
    }
    const path = this.ahead(() => (this.next(), this.text));
    if (this.text === "(" && /^["']\.\.?\//.test(path)) this.use(`import(${path})`);
  }

  /** `async` begins a function, or is a name. */
  #asyncOrName(noIn: boolean): boolean {
    const kind = { ...ARROW, async: true };
    this.next();
    if (!this.newline && this.text === "function") this.functionFrom(true, true);
    else if (!this.newline && this.text === "(") {
      if (this.#parentheses(kind, noIn)) return true;
      this.use("async"); // it was a call
    } else if (
      !this.newline && this.kind === "name" && this.ahead(() => (this.next(), this.text === "=>"))
    ) return this.#arrow(this.before, this.scope.used.length, kind, noIn);
    else this.use("async");
    return false;
  }

  /** What is in parentheses; only what follows tells whether it is the parameters of an arrow function. */
  #parentheses(kind: FunctionKind, noIn: boolean): boolean {
    const { before } = this;
    const used = this.scope.used.length;
    this.#list("(", ")");
    if (this.text !== "=>" || this.newline) return false;
    return this.#arrow(before, used, kind, noIn);
  }

  /** An arrow function: go back to its parameters, which were taken for `used` and more names. */
  #arrow(before: number, used: number, kind: FunctionKind, noIn: boolean): true {
    this.goBack(before);
    this.scope.used.length = used;
    this.#asFunction(kind, () => {
      if (this.text === "(") this.#parameters();
      else this.binding(this.declare);
      this.expect("=>");
      const { start } = this;
      if (this.text === "{") this.#body();
      else this.assignment(noIn);
      this.bodyStart = start;
    });
    return true;
  }

  #asFunction({ async, generator, own }: FunctionKind, read: () => void): void {
    const outer = [this.#inAsync, this.#inGenerator] as const;
    [this.#inAsync, this.#inGenerator] = [async, generator];
    this.inScope(own, true, read);
    [this.#inAsync, this.#inGenerator] = outer;
  }

  #parameters(): void {
    this.expect("(");
    while (!this.eat(")")) {
      this.eat("...");
      this.#bindingOrDefault(this.declare);
      if (this.text !== ")") this.expect(",");
    }
  }

  #body(): void {
    this.inScope([], true, () => this.block());
  }

  /** Parameters and body of any function that is no arrow. */
  #function(kind: FunctionKind): void {
    this.#asFunction(kind, () => {
      this.#parameters();
      const { start } = this;
      this.#body();
      this.bodyStart = start;
    });
  }

  /** A function from the word `function` on. An expression's name is known inside, a declaration's around. */
  protected functionFrom(async: boolean, isExpression: boolean): void {
    this.expect("function");
    const generator = this.eat("*");
    const named = this.text !== "(";
    const name = this.text;
    if (named) this.next();
    if (named && !isExpression) this.scope.names.add(name);
    this.inScope(named ? [name] : [], false, () => {
      this.#function({ async, generator, own: OF_FUNCTION });
    });
  }

  #object(): void {
    this.expect("{");
    while (!this.eat("}")) {
      if (this.eat("...")) this.assignment();
      else this.#property(OF_METHOD);
      if (this.text !== "}") this.expect(",");
    }
  }

  /** The one member of an object literal of which this is the inside, and nothing else. */
  protected onlyMethod(): void {
    this.#property(OF_FUNCTION);
    if (this.bodyStart === 0) throw this.doubt();
  }

  #property(own: readonly string[]): void {
    const { async, generator } = this.#modifiers();
    const isName = this.kind === "name";
    const key = this.#key();
    if (key?.startsWith("#")) this.use(key);
    if (this.text === "(") this.#function({ async, generator, own });
    else if (this.eat(":")) this.assignment();
    else {
      if (!isName) throw this.doubt();
      this.use(key!);
      if (this.eat("=")) this.assignment(); // a pattern that is assigned to
    }
  }

  /** What stands before the key of a method or field. */
  #modifiers(): { async: boolean; generator: boolean } {
    let async = false;
    while (MODIFIERS.has(this.text) && !this.ahead(() => (this.next(), this.#behindKey()))) {
      async ||= this.text === "async";
      this.next();
    }
    return { async, generator: this.eat("*") };
  }

  #behindKey(): boolean {
    return this.kind === "end" || BEHIND_KEY.has(this.text);
  }

  /** A class from the word `class` on; gives its name. */
  protected classFrom(): string | undefined {
    this.expect("class");
    const name = this.text === "{" || this.text === "extends" ? undefined : this.text;
    if (name) this.next();
    this.inScope(name ? [name] : [], false, () => {
      if (this.eat("extends")) this.#operand(false);
      this.expect("{");
      while (!this.eat("}")) if (!this.eat(";")) this.#classMember();
    });
    return name;
  }

  #classMember(): void {
    if (this.text === "static" && this.ahead(() => (this.next(), this.text === "{"))) {
      this.next();
      return this.#asFunction({ ...ARROW, own: OF_FIELD }, () => this.block());
    }
    const { async, generator } = this.#modifiers();
    const key = this.#key();
    if (key?.startsWith("#")) this.scope.names.add(key);
    if (this.text === "(") return this.#function({ async, generator, own: OF_METHOD });
    if (this.eat("=")) this.#asFunction({ ...ARROW, own: OF_FIELD }, () => this.assignment());
    if (!this.newline && this.text !== "}") this.expect(";");
  }
}
