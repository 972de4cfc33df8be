/**
 * Which names are declared where, and which are used.
 *
 * @module
 */

import { Lexer } from "./free_names_lexer.ts";

/** Names that are declared together, and those that are used there. */
interface Scope {
  names: Set<string>;
  used: string[];
  outer: Scope | undefined;
  /** Whether `var` declares here. */
  ofFunction: boolean;
}

/** Keeps the scopes around the token. */
export abstract class Scopes extends Lexer {
  /** The innermost scope. */
  protected scope: Scope = { names: new Set(), used: [], outer: undefined, ofFunction: true };

  /** Note a use of a name. */
  protected use(name: string): void {
    this.scope.used.push(name);
  }

  /** Declare a name here. */
  protected declare = (name: string): void => void this.scope.names.add(name);

  /** Declare a name in the function around. */
  protected declareVar = (name: string): void => {
    let { scope } = this;
    while (!scope.ofFunction) scope = scope.outer!;
    scope.names.add(name);
  };

  /** Read something with a scope of its own; what is not declared in it is used in the one around. */
  protected inScope(names: Iterable<string>, ofFunction: boolean, read: () => void): void {
    const outer = this.scope;
    const inner = this.scope = { names: new Set(names), used: [], outer, ofFunction };
    read();
    for (const name of new Set<string>(inner.used)) {
      if (!inner.names.has(name)) outer.used.push(name);
    }
    this.scope = outer;
  }
}
