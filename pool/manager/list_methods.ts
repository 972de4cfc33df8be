/**
 * What a list of a manager can do, in the proxy and in the server.
 *
 * As with every proxy, what is read is a copy: `list.get(0).push(1)` changes only the copy.
 */
export interface ListMethods<T> {
  /** The item at an index, counted from the end if it is negative; `undefined` if there is none. */
  at(index: number): T | undefined;
  /**
   * The item at an index.
   *
   * @throws {RangeError} If there is none. Python's `IndexError`.
   */
  get(index: number): T;
  /**
   * Replace the item at an index.
   *
   * @throws {RangeError} If there is none.
   */
  set(index: number, value: T): void;
  /** Append items; gives the new length. Python's `append` and `extend`. */
  push(...items: T[]): number;
  /** Take the last item; `undefined` if there is none. */
  pop(): T | undefined;
  /** Take the first item; `undefined` if there is none. */
  shift(): T | undefined;
  /** Put items in front; gives the new length. */
  unshift(...items: T[]): number;
  /** Take out items and put others in their place; gives those taken out. */
  splice(start: number, ...rest: [deleteCount?: number, ...items: T[]]): T[];
  /** A copy of some items. */
  slice(start?: number, end?: number): T[];
  /** A copy of all items: `list.toArray().filter(...)`. */
  toArray(): T[];
  /** A copy of all items and more behind them. */
  concat(...items: (T | T[])[]): T[];
  /** Where an item is first, -1 if nowhere. Objects arrive as copies, so only simple values are found. */
  indexOf(item: T, from?: number): number;
  /** Where an item is last, -1 if nowhere. */
  lastIndexOf(item: T): number;
  /** Whether an item is there. */
  includes(item: T, from?: number): boolean;
  /**
   * Sort in place, as text if there is no `compare`, as an array does.
   *
   * @param compare Runs in the server: a task, or a function that needs nothing but its arguments.
   */
  sort(compare?: (a: T, b: T) => number): void;
  /** Reverse in place. */
  reverse(): void;
  /** The items as text, one behind the other. */
  join(separator?: string): string;
  /** Put a value at each index of a part. */
  fill(value: T, start?: number, end?: number): void;
  /** Take out all items. */
  clear(): void;
}
