import { letGoOfValues } from "./held_values.ts";

/** A namespace in the server. */
export class HostedNamespace {
  readonly #values: Map<string, unknown>;

  constructor(values: Record<string, unknown> = {}) {
    this.#values = new Map(Object.entries(values));
  }

  get(name: string): unknown {
    return this.#values.get(name);
  }

  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  delete(name: string): boolean {
    return this.#values.delete(name);
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  toString(): string {
    const shown = [...this.#values].map(([name, value]) => `${name}=${Deno.inspect(value)}`);
    return `Namespace(${shown.sort().join(", ")})`;
  }

  [Symbol.dispose](): void {
    letGoOfValues(this.#values.values());
  }
}
