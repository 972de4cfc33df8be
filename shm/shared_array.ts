import { type Lock, type Parts, type RLock, Shareable, type ShareableKind } from "@polycore/sync";
import { allocateZeroed, defineKind, forbid, inspect, retain } from "@polycore/sync/internal";
import { errors } from "./errors.ts";
import { checkGuard, Guard, type GuardOption } from "./guard.ts";
import { indexed } from "./indexed.ts";
import {
  type ElementOf,
  sizeOf,
  toElement,
  type TypeCode,
  viewAt,
  type ViewOf,
} from "./typecodes.ts";

/** Words before the data: the guard, and room so that the two share no cache line. */
const DATA_AT = 32;

/** Whose view it is: a view in use keeps its array, and so the memory. */
const keepers = new WeakMap<object, Shareable>();

/** Which part of which block an array shows; for the library itself. */
export interface ArrayPlace {
  /** The block. */
  address: number;
  /** The first element's byte in the shared memory. */
  byteOffset: number;
  /** How many elements. */
  length: number;
}

/** How a {@linkcode SharedArray} is made. */
export interface SharedArrayOptions {
  /** The lock that {@linkcode SharedArray.getLock} gives; see {@linkcode GuardOption}. */
  lock?: GuardOption | undefined;
}

/**
 * Numbers that all threads see. Python's `multiprocessing.Array`; the class is also exported as `Array`.
 *
 * `a[i]` works as in Python but goes through a proxy (about 50 times slower than {@linkcode view}); loops
 * that matter use `a.view`, the typed array itself, at full speed. Reading and writing are two steps, so
 * `a[i] += 1` on one element in two threads loses updates.
 *
 * The memory is given back when the array, not its view, is collected; `view` itself keeps the array, but
 * a view made from it (`a.view.subarray(1)`) does not: use {@linkcode subarray} for what lives longer.
 *
 * **Which one do I use?** `slice` copies to this thread's own memory, `subarray` shows a part of the
 * same memory and can be sent; neither copies when it is sent to another thread.
 *
 * @example
 * ```ts
 * import { SharedArray } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const a = new SharedArray("d", [1, 2, 3]);
 * a[0] = 10;
 * a.subarray(1).view.fill(0);
 * assertEquals([...a], [10, 0, 0]);
 * ```
 */
export class SharedArray<C extends TypeCode = TypeCode> extends Shareable {
  /** The element at an index. */
  [index: number]: ElementOf<C>;

  /** The type of the elements. */
  readonly typecode: C;
  /** The elements as a typed array on the shared memory: no copy, full speed. */
  readonly view: ViewOf<C>;
  readonly #guard: Guard;

  /**
   * Numbers in the shared memory.
   *
   * @param typecode The type of the elements.
   * @param init How many elements, all 0; or the elements.
   * @param options Which lock guards them.
   * @param place For the library itself.
   * @param kind For the library itself.
   * @throws {TypeError} If the typecode, an element or the lock is of the wrong kind.
   * @throws {RangeError} If the length is negative or no whole number.
   * @throws {HeapFullError} If the shared heap has no room.
   */
  constructor(
    typecode: C,
    init: number | Iterable<ElementOf<C> | number> | ArrayLike<ElementOf<C> | number>,
    options: SharedArrayOptions = {},
    place?: ArrayPlace,
    kind: ShareableKind = SHARED_ARRAY,
  ) {
    const size = sizeOf(typecode);
    const option = checkGuard(options.lock);
    const elements = place ? undefined : elementsOf(init);
    const length = place?.length ?? elements?.length ?? init as number;
    const address = place?.address ?? allocateZeroed(DATA_AT + Math.ceil(length * size / 4));
    super(address, kind);
    this.typecode = typecode;
    this.view = viewAt(typecode, place?.byteOffset ?? (address + DATA_AT) * 4, length);
    this.#guard = new Guard(option, this, 0);
    keepers.set(this.view, this);
    if (elements) this.#fill(elements);
  }

  #fill(elements: ArrayLike<unknown>): void {
    using undo = new DisposableStack();
    undo.use(this);
    fill(this.typecode, this.view as ViewOf<TypeCode>, elements);
    undo.move();
  }

  /** How many elements. */
  get length(): number {
    return this.view.length;
  }

  #check(index: number): number {
    if (Number.isInteger(index) && index >= 0 && index < this.view.length) return index;
    throw errors.index(index, this.view.length);
  }

  /**
   * The element at an index.
   *
   * @throws {RangeError} If there is none.
   */
  get(index: number): ElementOf<C> {
    return this.view[this.#check(index)] as ElementOf<C>;
  }

  /**
   * Write the element at an index.
   *
   * @throws {RangeError} If there is none.
   * @throws {TypeError} If the value is of the wrong kind.
   */
  set(index: number, value: ElementOf<C>): void {
    this.view[this.#check(index)] = toElement(this.typecode, value);
  }

  /** A copy of some elements, in this thread's own memory. */
  slice(begin?: number, end?: number): ViewOf<C> {
    const part = this.view.subarray(begin, end);
    const copy = new (part.constructor as Float64ArrayConstructor)(part.length);
    copy.set(part as Float64Array);
    return copy as unknown as ViewOf<C>;
  }

  /** Some elements on the same memory, to read, write or send. */
  subarray(begin?: number, end?: number): SharedArray<C> {
    const place = this.part(begin, end);
    return new SharedArray<C>(this.typecode, 0, { lock: this.#guard.option }, place);
  }

  /** The place of a subarray, which becomes one more holder of the memory. */
  protected part(begin?: number, end?: number): ArrayPlace {
    const { byteOffset, length } = this.view.subarray(begin, end);
    retain(this.address);
    return { address: this.address, byteOffset, length };
  }

  /**
   * The lock that guards the elements.
   *
   * @throws {TypeError} If the array was made with `lock: false`.
   */
  getLock(): Lock | RLock {
    return this.#guard.lockOf("SharedArray");
  }

  /** The elements, one after the other. */
  [Symbol.iterator](): ArrayIterator<ElementOf<C>> {
    return this.view[Symbol.iterator]() as ArrayIterator<ElementOf<C>>;
  }

  /** See {@linkcode Shareable.dispose}; the array's own lock goes with it. */
  override dispose(): void {
    this.#guard.dispose();
    super.dispose();
    forbid(this, "view");
  }

  /** Let go of the memory when the block ends: `using a = new SharedArray("d", 1e8)`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** What travels to another thread beside the address. */
  override pack(): Parts {
    return [this.typecode, this.view.byteOffset, this.view.length, this.#guard.option];
  }

  /** The elements, as `console.log` shows them. */
  [inspect](): string {
    const shown = this.view.length > 100 ? [...this.view.subarray(0, 100), "..."] : [...this.view];
    return `<${this.constructor.name}("${this.typecode}", [${shown.join(", ")}])>`;
  }
}

/**
 * A {@linkcode SharedArray} without a lock. Python's `multiprocessing.RawArray`.
 *
 * @example
 * ```ts
 * import { RawArray } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new RawArray("i", 3).length, 3);
 * ```
 */
export class RawArray<C extends TypeCode = TypeCode> extends SharedArray<C> {
  /**
   * Numbers in the shared memory.
   *
   * @param typecode The type of the elements.
   * @param init How many elements, all 0; or the elements.
   * @param place For the library itself.
   */
  constructor(
    typecode: C,
    init: number | Iterable<ElementOf<C> | number> | ArrayLike<ElementOf<C> | number>,
    place?: ArrayPlace,
  ) {
    super(typecode, init, { lock: false }, place, RAW_ARRAY);
  }

  /** Some elements on the same memory, to read, write or send. */
  override subarray(begin?: number, end?: number): RawArray<C> {
    return new RawArray<C>(this.typecode, 0, this.part(begin, end));
  }
}

Object.setPrototypeOf(SharedArray.prototype, indexed(Shareable.prototype));

/** The elements that a constructor was given, or `undefined` when it was given a length. */
function elementsOf(init: unknown): ArrayLike<unknown> | undefined {
  if (typeof init === "number") {
    if (!Number.isInteger(init) || init < 0) throw errors.length(init);
    return undefined;
  }
  if (ArrayBuffer.isView(init) && !(init instanceof DataView)) {
    return init as unknown as ArrayLike<unknown>;
  }
  if (typeof init !== "object" || init === null || !(Symbol.iterator in init || "length" in init)) {
    throw errors.initializer(init);
  }
  return Array.from(init as Iterable<unknown>);
}

function fill(typecode: TypeCode, view: ViewOf<TypeCode>, elements: ArrayLike<unknown>): void {
  if (ArrayBuffer.isView(elements) && holdsAll(typecode, elements)) {
    (view as Float64Array).set(elements as ArrayLike<number>);
    return;
  }
  for (let i = 0; i < elements.length; i++) view[i] = toElement(typecode, elements[i]);
}

/** Whether every element of a typed array can be stored as it is. */
function holdsAll(typecode: TypeCode, elements: ArrayLike<unknown>): boolean {
  if (typecode === "q" || typecode === "Q") return typeof elements[0] === "bigint";
  return typeof elements[0] === "number" &&
    (typecode === "d" || typecode === "f" || !/Float/.test(elements.constructor.name));
}

const unpackPlace = (address: number, [, byteOffset, length]: Parts): ArrayPlace => ({
  address,
  byteOffset: byteOffset as number,
  length: length as number,
});

const SHARED_ARRAY = defineKind({
  id: 12,
  unpack: (address, parts) => {
    const [typecode, , , lock] = parts as [TypeCode, number, number, GuardOption];
    return new SharedArray(typecode, 0, { lock }, unpackPlace(address, parts));
  },
});
const RAW_ARRAY = defineKind({
  id: 13,
  unpack: (address, parts) => new RawArray(parts[0] as TypeCode, 0, unpackPlace(address, parts)),
});
