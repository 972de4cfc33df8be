/**
 * The errors of managers and their proxies.
 *
 * @module
 */

import { registerErrorClass } from "@polycore/shm/internal";
import { show } from "../errors.ts";

/**
 * A manager has shut down, or its server has ended, so what it held is gone. Python's
 * `multiprocessing.ProcessError`.
 *
 * @example
 * ```ts
 * import { Manager, ManagerError } from "@polycore/pool";
 * import { assertThrows } from "@std/assert";
 *
 * const manager = new Manager();
 * const scores = manager.list([1, 2]);
 * manager.shutdown();
 * assertThrows(() => scores.at(0), ManagerError, "Manager has shut down");
 * ```
 */
export class ManagerError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "ManagerError";
}

/**
 * A dict or set of a manager has no such key. Python's `KeyError`.
 *
 * @example
 * ```ts
 * import { KeyError } from "@polycore/pool";
 * console.log(new KeyError("There is no key 1.").name);
 * ```
 */
export class KeyError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "KeyError";
}

/**
 * An object of a manager has no such method, or does not expose it. Python's `AttributeError`.
 *
 * @example
 * ```ts
 * import { AttributeError } from "@polycore/pool";
 * console.log(new AttributeError("There is no method f.").name);
 * ```
 */
export class AttributeError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "AttributeError";
}

for (const cls of [ManagerError, KeyError, AttributeError]) registerErrorClass(cls);

const listed = (names: Iterable<string>) => [...names].join(", ") || "nothing";

/** The texts, each with what was seen, what is allowed and the way out. */
export const errors = {
  shutDown: (): Error =>
    new ManagerError(
      "Manager has shut down: its lists, dicts and other objects are gone. Use them before " +
        "shutdown(), or before the block with `using` ends.",
    ),
  serverDied: (server: string): Error =>
    new ManagerError(
      `The manager's server ${server} has ended, because it was killed, called exit() or crashed, and ` +
        "the objects that it held are gone. Make a new Manager.",
    ),
  serverFailed: (server: string, why: string): Error =>
    new ManagerError(
      `The manager's server ${server} could not start: its initializer threw ${why}.`,
    ),
  unanswered: (server: string): Error =>
    new ManagerError(
      `The manager's server ${server} let go of this call without an answer: the promise that the ` +
        "method gave can never be settled.",
    ),
  gone: (): Error =>
    new ManagerError("The manager let go of this object: its proxy was disposed of."),
  notExposed: (method: string, typeid: string, exposed: Iterable<string>): Error =>
    new AttributeError(
      `'${typeid}' object has no exposed method '${method}'. Exposed are: ${listed(exposed)}. ` +
        "Manager.register takes a list `exposed`.",
    ),
  noMethod: (method: string, typeid: string): Error =>
    new AttributeError(
      `'${typeid}' object has no method '${method}', although Manager.register says that it is exposed.`,
    ),
  unknownType: (typeid: unknown, known: Iterable<string>): Error =>
    new AttributeError(
      `The manager has no type ${show(typeid)}. It has: ${listed(known)}. Call Manager.register ` +
        "before the manager is made.",
    ),
  typeid: (value: unknown): Error =>
    new TypeError(`The typeid is ${show(value)}: give a name, as in register("Counter", Counter).`),
  takenTypeid: (typeid: string): Error =>
    new TypeError(`${show(typeid)} is a name that every manager has: register under another one.`),
  names: (option: string, value: unknown): Error =>
    new TypeError(`${option} is ${show(value)}: give the names of methods in an array.`),
  typeids: (value: unknown): Error =>
    new TypeError(
      `methodToTypeid is ${show(value)}: give an object from names of methods to typeids.`,
    ),
  blocksServer: (method: string): Error =>
    new ManagerError(
      `${method}() waits for a promise, and the server that would settle it cannot wait for itself: ` +
        `await ${method}Async() instead.`,
    ),
  noKey: (key: unknown): Error =>
    new KeyError(`There is no key ${show(key)}. Ask has() before, or give a value to use instead.`),
  emptyDict: (): Error => new KeyError("popitem(): dictionary is empty. Ask for its size before."),
  emptySet: (): Error => new KeyError("pop from an empty set: ask for its size before."),
  dictChanged: (): Error =>
    new Error(
      "dictionary changed size during iteration: go over a copy, such as items(), keys() or values().",
    ),
  setChanged: (): Error =>
    new Error("Set changed size during iteration: go over a copy, as values() gives it."),
  objectKey: (what: string, value: unknown): Error =>
    new TypeError(
      `unhashable ${what}: ${
        Deno.inspect(value)
      } is an object, which arrives as a copy and would ` +
        "never be found again. Use text, a number, a bigint, a boolean or null.",
    ),
  index: (index: unknown, length: number): Error =>
    new RangeError(
      `list index out of range: ${show(index)}, but ${
        length === 0 ? "the list is empty" : `the list goes from 0 to ${length - 1}`
      }.`,
    ),
  listLength: (value: unknown): Error =>
    new RangeError(`The length of a list is ${show(value)}: give a whole number of at least 0.`),
  items: (what: string, value: unknown): Error =>
    new TypeError(`The ${what} is ${show(value)}: give an array or anything that can be iterated.`),
  entries: (value: unknown): Error =>
    new TypeError(
      `The entries are ${
        show(value)
      }: give pairs of key and value, a Map, a plain object or a dict ` +
        "of a manager.",
    ),
  reservedName: (name: string): Error =>
    new TypeError(
      `"${name}" is a name of the proxy itself: use another one in a Namespace, or a dict.`,
    ),
};
