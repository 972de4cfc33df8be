import { errors } from "./errors.ts";
import { letGoOfValues } from "./held_values.ts";
import type { ListMethods } from "./list_methods.ts";

/** A list in the server. */
export class HostedList<T> implements ListMethods<T> {
  readonly #items: T[];

  constructor(items: Iterable<T> = []) {
    this.#items = [...items];
  }

  #check(index: number): number {
    const { length } = this.#items;
    if (Number.isInteger(index) && index >= 0 && index < length) return index;
    throw errors.index(index, length);
  }

  at(index: number): T | undefined {
    return this.#items.at(index);
  }

  get(index: number): T {
    return this.#items[this.#check(index)]!;
  }

  set(index: number, value: T): void {
    this.#items[this.#check(index)] = value;
  }

  getLength(): number {
    return this.#items.length;
  }

  setLength(length: number): void {
    this.#items.length = length;
  }

  /** The item at an index in an array, or an empty array behind the last one: for iterators. */
  step(index: number): [] | [T] {
    return index < this.#items.length ? [this.#items[index]!] : [];
  }

  push(...items: T[]): number {
    return this.#items.push(...items);
  }

  pop(): T | undefined {
    return this.#items.pop();
  }

  shift(): T | undefined {
    return this.#items.shift();
  }

  unshift(...items: T[]): number {
    return this.#items.unshift(...items);
  }

  splice(start: number, ...rest: [deleteCount?: number, ...items: T[]]): T[] {
    return (this.#items.splice as (start: number, ...rest: unknown[]) => T[])
      .call(this.#items, start, ...rest);
  }

  slice(start?: number, end?: number): T[] {
    return this.#items.slice(start, end);
  }

  toArray(): T[] {
    return this.#items;
  }

  concat(...items: (T | T[])[]): T[] {
    return this.#items.concat(...items);
  }

  indexOf(item: T, from?: number): number {
    return this.#items.indexOf(item, from ?? 0);
  }

  lastIndexOf(item: T): number {
    return this.#items.lastIndexOf(item);
  }

  includes(item: T, from?: number): boolean {
    return this.#items.includes(item, from);
  }

  sort(compare?: (a: T, b: T) => number): void {
    this.#items.sort(compare);
  }

  reverse(): void {
    this.#items.reverse();
  }

  join(separator?: string): string {
    return this.#items.join(separator);
  }

  fill(value: T, start?: number, end?: number): void {
    this.#items.fill(value, start, end);
  }

  clear(): void {
    letGoOfValues(this.#items);
    this.#items.length = 0;
  }

  toString(): string {
    return Deno.inspect(this.#items);
  }

  [Symbol.dispose](): void {
    letGoOfValues(this.#items);
  }
}
