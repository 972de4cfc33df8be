/**
 * The types that managers make: what `Manager.register` was told.
 *
 * @module
 */

import { checkFunction, checkOptions } from "../check.ts";
import { isMarked } from "../functions.ts";
import { processErrors } from "../process_errors.ts";
import { errors } from "./errors.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;
// deno-lint-ignore no-explicit-any
type AnyClass = new (...args: any[]) => any;

/** How the objects of a type are reached. */
export interface RegisterOptions {
  /** The methods that can be called; the public ones when left out: those that do not begin with `_`. */
  exposed?: readonly string[] | undefined;
  /**
   * Methods whose result stays in the server, and the type that it becomes an object of: the caller gets a
   * proxy. Python's `method_to_typeid`.
   */
  methodToTypeid?: Readonly<Record<string, string>> | undefined;
}

/** A type that was registered. */
export interface RegisteredType extends RegisterOptions {
  /** Makes an object; without it the object is what is given. */
  callable: AnyFunction | AnyClass | undefined;
}

/** The name under which each class or function was registered first, for any class of managers. */
const typeids = new Map<unknown, string>();

/** The name of a type, as a class of managers knows it or as any other one does. */
export function typeidOf(manager: object, callable: unknown): string | undefined {
  for (const [typeid, type] of typesOf(manager)) if (type.callable === callable) return typeid;
  return typeids.get(callable);
}

const types = new WeakMap<object, Map<string, RegisteredType>>();

/** Register a type for a class of managers and its subclasses. */
export function registerType(
  manager: object,
  typeid: unknown,
  callable: unknown,
  options: RegisterOptions,
): void {
  checkOptions("Manager.register", options, ["exposed", "methodToTypeid"]);
  const { exposed, methodToTypeid } = options;
  if (typeof typeid !== "string" || typeid === "") throw errors.typeid(typeid);
  if (callable !== undefined) checkFunction(`The callable of ${typeid}`, callable);
  if (isClass(callable) && !isMarked(callable as unknown as AnyFunction)) {
    throw processErrors.unmarkedClass(callable.name);
  }
  if (exposed !== undefined && !isNames(exposed)) throw errors.names("exposed", exposed);
  if (
    methodToTypeid !== undefined &&
    (typeof methodToTypeid !== "object" || !isNames(Object.values(methodToTypeid ?? 0)))
  ) throw errors.typeids(methodToTypeid);
  if (callable !== undefined && !typeids.has(callable)) typeids.set(callable, typeid);
  let own = types.get(manager);
  if (!own) types.set(manager, own = new Map());
  own.set(typeid, { callable: callable as AnyFunction | undefined, exposed, methodToTypeid });
}

/** The types of a class of managers, with those of the classes that it extends. */
export function typesOf(manager: object): Map<string, RegisteredType> {
  const found = new Map<string, RegisteredType>();
  for (let cls = manager; cls; cls = Object.getPrototypeOf(cls)) {
    for (const [typeid, type] of types.get(cls) ?? []) {
      if (!found.has(typeid)) found.set(typeid, type);
    }
  }
  return found;
}

/** Make an object of a type. */
export function makeObject({ callable }: RegisteredType, args: unknown[]): unknown {
  if (callable === undefined) return args[0];
  return isClass(callable) ? new callable(...args) : (callable as AnyFunction)(...args);
}

/** The names of the public methods of an object. Python's `public_methods`. */
export function publicMethods(object: object): Set<string> {
  const names = new Set<string>();
  for (
    let holder = object;
    holder && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      if (typeof value === "function" && name !== "constructor" && !name.startsWith("_")) {
        names.add(name);
      }
    }
  }
  return names;
}

function isClass(callable: unknown): callable is AnyClass {
  return typeof callable === "function" &&
    /^class\b/.test(Function.prototype.toString.call(callable));
}

function isNames(names: unknown): names is string[] {
  return Array.isArray(names) && names.every((name) => typeof name === "string");
}
