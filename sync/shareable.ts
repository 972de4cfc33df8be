/**
 * What all shared objects have in common: an address, a count of holders, and a way to pass to another
 * thread.
 *
 * @module
 */

import { errors } from "./errors.ts";
import { release, retain } from "./heap.ts";

/** The method by which an object says how `console.log` prints it. */
export const inspect: unique symbol = Symbol.for("Deno.customInspect") as typeof inspect;

/** What a shared object is made of when it travels; nested shared objects travel along. */
export type Parts = unknown[];

/** How the objects of one class travel. */
export interface ShareableKind {
  /** The class's number, the same in every thread. */
  id: number;
  /** Builds the object on the receiving side, on the same memory. */
  unpack: (address: number, parts: Parts) => Shareable;
  /** Lets go of what the block refers to, before it is freed. */
  beforeFree?: ((address: number) => void) | undefined;
}

const kinds: (ShareableKind | undefined)[] = [];

/** Make a class known under its number. */
export function defineKind(kind: ShareableKind): ShareableKind {
  return kinds[kind.id] = kind;
}

/** The class with that number. */
export function kindOf(id: number): ShareableKind {
  const kind = kinds[id];
  if (!kind) throw errors.bug(`no class has the number ${id} in this thread`);
  return kind;
}

/** What lets go of what a block of a class refers to; nothing for a number that is no class's. */
export function beforeFreeOf(id: number): ShareableKind["beforeFree"] {
  return kinds[id]?.beforeFree;
}

/** A block that this thread holds, and what {@linkcode ShareableKind.beforeFree} is of it. */
interface Holding {
  address: number;
  beforeFree: ((address: number) => void) | undefined;
}

const holdings = new Set<Holding>();

function letGo(holding: Holding): void {
  if (holdings.delete(holding)) release(holding.address, holding.beforeFree);
}

const collected = new FinalizationRegistry<Holding>(letGo);

/**
 * The base of every shared object. A handle is small: it names a block of the shared heap, counts as
 * one of its holders, and lets go when it is collected, disposed, or when its thread ends.
 *
 * A handle passes anywhere that a value passes, and arrives as the same class on the same memory.
 *
 * @example
 * ```ts
 * import { Lock, Shareable } from "@polycore/sync";
 * import { assert } from "@std/assert";
 *
 * assert(new Lock() instanceof Shareable);
 * ```
 */
export abstract class Shareable {
  /** The block's address in the shared memory, in words. */
  readonly address: number;
  readonly #kind: ShareableKind;
  readonly #holding: Holding;

  /** Takes over one count of the block's holders. */
  constructor(address: number, kind: ShareableKind) {
    this.address = address;
    this.#kind = kind;
    this.#holding = { address, beforeFree: kind.beforeFree };
    holdings.add(this.#holding);
    collected.register(this, this.#holding, this);
  }

  /** The parts that {@linkcode ShareableKind.unpack} wants, beside the address. */
  abstract pack(): Parts;

  /** The object's class. */
  get kind(): ShareableKind {
    return this.#kind;
  }

  /**
   * Let go of the block now instead of when this handle is collected. Other handles, in this thread or
   * another, stay valid; using this one again throws, as the block may be another object's by then.
   * Disposing twice is fine.
   */
  dispose(): void {
    if (this.disposed) return;
    forbid(this, "address");
    const text = `<${this.constructor.name}(${"close" in this ? "closed" : "disposed"})>`;
    Object.defineProperty(this, inspect, { value: () => text });
    collected.unregister(this);
    letGo(this.#holding);
  }

  /** Whether {@linkcode dispose} was called. */
  get disposed(): boolean {
    return !holdings.has(this.#holding);
  }
}

/** Make a property of a disposed object throw; objects in use pay nothing for that. */
export function forbid(object: Shareable, property: string): void {
  Object.defineProperty(object, property, {
    get: () => {
      throw errors.disposed(object.constructor.name);
    },
    configurable: true,
  });
}

/**
 * Become one more holder of a block, without a handle, until the result is disposed of or this thread
 * ends.
 */
export function holdBlock(address: number, beforeFree?: (address: number) => void): Disposable {
  retain(address);
  const holding: Holding = { address, beforeFree };
  holdings.add(holding);
  return { [Symbol.dispose]: () => letGo(holding) };
}

/**
 * Do something that takes a while by a handle of its own: the block stays until that has ended, though
 * `object` is disposed of or collected meanwhile. If this thread ends first, it lets go of that one too.
 */
export async function byOwnHandle<S extends Shareable, T>(
  object: S,
  act: (own: S) => Promise<T>,
  parts: Parts = object.pack(),
): Promise<T> {
  const { address, kind } = object;
  retain(address);
  const own = kind.unpack(address, parts) as S;
  try {
    return await act(own);
  } finally {
    own.dispose();
  }
}

/** Count a holder for an object on its way to another thread. */
export function holdInTransit(object: Shareable): void {
  if (object.disposed) throw errors.disposed(object.constructor.name);
  retain(object.address);
}

/** Drop an object that was on its way and never arrived. */
export function dropInTransit(kindId: number, address: number): void {
  release(address, kindOf(kindId).beforeFree);
}

/** Let go of everything that this thread holds, when it ends. */
export function releaseHoldings(): void {
  for (const holding of holdings) letGo(holding);
}
