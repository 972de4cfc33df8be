/**
 * The grammar of statements, as far as names depend on it.
 *
 * @module
 */

import { Expressions } from "./free_names_expressions.ts";

/** Reads statements. */
export class Statements extends Expressions {
  protected override block(): void {
    this.expect("{");
    while (!this.eat("}")) this.#statement();
  }

  #statement(): void {
    const { text } = this;
    const read = this.#byWord.get(text);
    if (read) return read();
    if (this.#declaration(false)) return this.#end();
    if (text === "async" && this.ahead(() => (this.next(), this.#onLine("function")))) {
      this.next();
      return this.functionFrom(true, false);
    }
    if (this.kind === "name" && this.ahead(() => (this.next(), this.text === ":"))) {
      this.next();
      this.next();
      return this.#statement();
    }
    this.expression();
    this.#end();
  }

  #onLine(text: string): boolean {
    return !this.newline && this.text === text;
  }

  /** The end of a statement; the semicolon may be left out at the end of a line or block. */
  #end(): void {
    if (!this.eat(";") && !this.newline && this.text !== "}") throw this.doubt();
  }

  #inParentheses(): void {
    this.expect("(");
    this.expression();
    this.expect(")");
  }

  #scoped(read: () => void): void {
    this.inScope([], false, read);
  }

  #byWord = new Map<string, () => void>(Object.entries({
    "{": () => this.#scoped(() => this.block()),
    ";": () => this.next(),
    function: () => this.functionFrom(false, false),
    class: () => {
      const name = this.classFrom();
      if (name) this.declare(name);
    },
    if: () => {
      this.next();
      this.#inParentheses();
      this.#statement();
      if (this.eat("else")) this.#statement();
    },
    while: () => {
      this.next();
      this.#inParentheses();
      this.#statement();
    },
    do: () => {
      this.next();
      this.#statement();
      this.expect("while");
      this.#inParentheses();
      this.eat(";");
    },
    for: () => this.#scoped(() => this.#for()),
    return: () => this.#jump(() => this.expression()),
    throw: () => this.#jump(() => this.expression()),
    break: () => this.#jump(() => this.next()),
    continue: () => this.#jump(() => this.next()),
    debugger: () => this.#jump(() => {}),
    switch: () => this.#switch(),
    try: () => this.#try(),
  }));

  #jump(readRest: () => void): void {
    this.next();
    if (!this.newline && this.text !== ";" && this.text !== "}") readRest();
    this.#end();
  }

  #switch(): void {
    this.next();
    this.#inParentheses();
    this.expect("{");
    this.#scoped(() => {
      while (!this.eat("}")) {
        if (this.eat("case")) this.expression();
        else if (!this.eat("default")) {
          this.#statement();
          continue;
        }
        this.expect(":");
      }
    });
  }

  #try(): void {
    this.next();
    this.#scoped(() => this.block());
    if (this.eat("catch")) {
      this.#scoped(() => {
        if (this.eat("(")) {
          this.binding(this.declare);
          this.expect(")");
        }
        this.#scoped(() => this.block());
      });
    }
    if (this.eat("finally")) this.#scoped(() => this.block());
  }

  /** A declaration of variables, if it is one. */
  #declaration(inFor: boolean): boolean {
    const words = this.ahead(() => this.#declaring());
    if (words === 0) return false;
    const declare = this.text === "var" ? this.declareVar : this.declare;
    for (let i = 0; i < words; i++) this.next();
    do {
      this.binding(declare);
      if (this.eat("=")) this.assignment(inFor);
    } while (this.eat(","));
    return true;
  }

  /** How many words there are that begin a declaration of variables. */
  #declaring(): number {
    if (this.eat("var") || this.eat("const")) return 1;
    if (this.eat("let")) return this.text === "[" || this.text === "{" || this.#isName() ? 1 : 0;
    const words = this.awaits && this.eat("await") ? 2 : 1;
    return this.eat("using") && !this.newline && this.#isName() && this.text !== "of" ? words : 0;
  }

  #isName(): boolean {
    return this.kind === "name" && this.text !== "in" && this.text !== "instanceof";
  }

  #for(): void {
    this.next();
    this.eat("await");
    this.expect("(");
    if (!this.#declaration(true) && this.text !== ";") this.expression(true);
    if (this.eat("of") || this.eat("in")) this.expression();
    else {
      this.expect(";");
      if (this.text !== ";") this.expression();
      this.expect(";");
      if (this.text !== ")") this.expression();
    }
    this.expect(")");
    this.#statement();
  }

  /** The whole source as an expression, or as the one method of an object; gives the free names. */
  read(asMethod: boolean): string[] {
    if (asMethod) this.onlyMethod();
    else this.assignment();
    if (this.kind !== "end") throw this.doubt();
    return [...new Set(this.scope.used)].filter((name) => !this.asked.has(name));
  }
}
