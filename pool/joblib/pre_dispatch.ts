/**
 * How far ahead of the results the calls are taken: `'all'`, a number, or arithmetic in `n_jobs`, which
 * is parsed and never evaluated as code.
 *
 * @module
 */

import { parallelErrors } from "./parallel_errors.ts";

/** How many calls are dispatched at first; `Infinity` for all. */
export function preDispatchAmount(value: unknown, nJobs: number): number {
  if (value === "all") return Infinity;
  const amount = typeof value === "string" ? new Arithmetic(value, nJobs).result() : value;
  if (typeof amount !== "number" || Number.isNaN(amount)) {
    throw parallelErrors.preDispatch(value, "that is no number");
  }
  const whole = Math.trunc(amount);
  if (whole < 1) {
    throw parallelErrors.preDispatch(value, `that is ${amount}, so nothing would begin`);
  }
  return whole;
}

const TOKEN = /\s*(?:(\d+(?:\.\d*)?|\.\d+)|(n_jobs|nJobs)|(\*\*|\/\/|[-+*/%()]))/y;

/** Python's operators on numbers, with Python's precedence. */
class Arithmetic {
  readonly #text: string;
  readonly #tokens: (string | number)[] = [];
  #at = 0;

  constructor(text: string, nJobs: number) {
    this.#text = text;
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    for (let at = 0; at < end; at = TOKEN.lastIndex) {
      const match = TOKEN.exec(text);
      if (!match) this.#refuse(`'${text.slice(at).trim()}' cannot be read`);
      const [, number, name, operator] = match!;
      this.#tokens.push(operator ?? (name ? nJobs : Number(number)));
    }
  }

  result(): number {
    const value = this.#sum();
    if (this.#at < this.#tokens.length) this.#refuse(`'${this.#tokens[this.#at]}' is one too many`);
    return value;
  }

  #refuse(why: string): never {
    throw parallelErrors.preDispatch(this.#text, why);
  }

  #take(...operators: string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (typeof token !== "string" || !operators.includes(token)) return undefined;
    this.#at++;
    return token;
  }

  #sum(): number {
    let left = this.#product();
    for (let op = this.#take("+", "-"); op; op = this.#take("+", "-")) {
      const right = this.#product();
      left = op === "+" ? left + right : left - right;
    }
    return left;
  }

  #product(): number {
    let left = this.#signed();
    for (;;) {
      const op = this.#take("*", "/", "//", "%");
      if (!op) return left;
      const right = this.#signed();
      if (op === "*") left *= right;
      else if (right === 0) this.#refuse("it divides by zero");
      else if (op === "/") left /= right;
      else if (op === "//") left = Math.floor(left / right);
      else left -= right * Math.floor(left / right);
    }
  }

  #signed(): number {
    if (this.#take("-")) return -this.#signed();
    if (this.#take("+")) return this.#signed();
    const base = this.#atom();
    return this.#take("**") ? base ** this.#signed() : base;
  }

  #atom(): number {
    const token = this.#tokens[this.#at++];
    if (typeof token === "number") return token;
    if (token !== "(") {
      this.#refuse(token === undefined ? "it ends too early" : `'${token}' is misplaced`);
    }
    const value = this.#sum();
    if (!this.#take(")")) this.#refuse("a ')' is missing");
    return value;
  }
}
