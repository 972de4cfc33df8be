import { type Lock, type Parts, type RLock, Shareable, type ShareableKind } from "@polycore/sync";
import {
  addTo,
  addToDouble,
  addToSingle,
  allocateZeroed,
  defineKind,
  forbid,
  inspect,
  type IntegerView,
  nameKind,
  record,
  recording,
  What,
} from "@polycore/sync/internal";
import { checkGuard, Guard, GUARD_WORDS, type GuardOption } from "./guard.ts";
import {
  type ElementOf,
  sizeOf,
  toElement,
  type TypeCode,
  viewAt,
  type ViewOf,
} from "./typecodes.ts";

/** Words before the guard: the value itself. */
const GUARD_AT = 4;

/** How a {@linkcode Value} is made. */
export interface ValueOptions {
  /** The lock that {@linkcode Value.getLock} gives; see {@linkcode GuardOption}. */
  lock?: GuardOption | undefined;
}

/**
 * One number that all threads see. Python's `multiprocessing.Value`.
 *
 * Reading and writing `.value` are two steps, so `v.value += 1` in two threads loses updates, as in
 * Python. `v.add(1)` is one step; for more than one step hold the lock: `using _ = v.getLock().hold()`.
 *
 * **Which one do I use?** A `Value` for one number, {@linkcode SharedArray} for many, a
 * {@linkcode RawValue} when something else already keeps the threads apart.
 *
 * @example
 * ```ts
 * import { Value } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const counter = new Value("i", 40);
 * counter.add(1); // atomic
 * {
 *   using _ = counter.getLock().hold();
 *   counter.value += 1; // a read and a write, safe because every thread holds the lock
 * }
 * assertEquals(counter.value, 42);
 * ```
 */
export class Value<C extends TypeCode = TypeCode> extends Shareable {
  /** The type of the number. */
  readonly typecode: C;
  /** The number: TypeScript's `private`, so that {@linkcode Value.dispose} can guard it. */
  private readonly view: ViewOf<C>;
  readonly #guard: Guard;
  #bits: BigInt64Array | Int32Array | undefined;

  /**
   * A number in the shared memory.
   *
   * @param typecode The type of the number.
   * @param value The first value, 0 when not given.
   * @param options Which lock guards it.
   * @param address For the library itself.
   * @param kind For the library itself.
   * @throws {TypeError} If the typecode, the value or the lock is of the wrong kind.
   */
  constructor(
    typecode: C,
    value?: ElementOf<C> | number,
    options: ValueOptions = {},
    address?: number,
    kind: ShareableKind = VALUE,
  ) {
    sizeOf(typecode);
    const option = checkGuard(options.lock);
    const first = value === undefined ? undefined : toElement(typecode, value);
    super(address ?? allocateZeroed(GUARD_AT + GUARD_WORDS), kind);
    this.typecode = typecode;
    this.view = viewAt(typecode, this.address * 4, 1);
    this.#guard = new Guard(option, this, GUARD_AT);
    if (first !== undefined) this.view[0] = first;
  }

  /** The number. `+=` on it is a read and a write, which other threads can come between. */
  get value(): ElementOf<C> {
    const value = this.view[0] as ElementOf<C>;
    if (recording) record(What.read, this.address, this.kind.id, Number(value));
    return value;
  }

  /**
   * Write the number.
   *
   * @throws {TypeError} If the value is of the wrong kind.
   */
  set value(value: ElementOf<C>) {
    const element = toElement(this.typecode, value);
    this.view[0] = element;
    if (recording) record(What.write, this.address, this.kind.id, Number(element));
  }

  /**
   * Add as one step that no other thread can come between. Beyond Python.
   *
   * @returns What the value was before.
   */
  add(amount: ElementOf<C> | number): ElementOf<C> {
    const x = toElement(this.typecode, amount);
    const before = this.#add(x);
    if (recording) record(What.write, this.address, this.kind.id, Number(before) + Number(x));
    return before;
  }

  #add(x: ElementOf<C>): ElementOf<C> {
    const view = this.view as ArrayBufferView<SharedArrayBuffer>;
    if (view instanceof Float64Array) {
      const bits = this.#bits ??= new BigInt64Array(view.buffer, view.byteOffset, 1);
      return addToDouble(bits as BigInt64Array, 0, x as number) as ElementOf<C>;
    }
    if (view instanceof Float32Array) {
      const bits = this.#bits ??= new Int32Array(view.buffer, view.byteOffset, 1);
      return addToSingle(bits as Int32Array, 0, x as number) as ElementOf<C>;
    }
    return addTo(view as IntegerView, 0, x);
  }

  /**
   * The lock that guards the value.
   *
   * @throws {TypeError} If the value was made with `lock: false`.
   */
  getLock(): Lock | RLock {
    return this.#guard.lockOf("Value");
  }

  /** See {@linkcode Shareable.dispose}; the value's own lock goes with it. */
  override dispose(): void {
    this.#guard.dispose();
    super.dispose();
    forbid(this, "view");
  }

  /** Let go of the value when the block ends: `using v = new Value("i")`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** What travels to another thread beside the address. */
  override pack(): Parts {
    return [this.typecode, this.#guard.option];
  }

  /** `<Synchronized wrapper for i(3)>` in our words: `<Value("i", 3)>`. */
  [inspect](): string {
    return `<${this.constructor.name}("${this.typecode}", ${String(this.value)})>`;
  }
}

/**
 * A {@linkcode Value} without a lock. Python's `multiprocessing.RawValue`.
 *
 * @example
 * ```ts
 * import { RawValue } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new RawValue("d", 0.5);
 * assertEquals(x.value, 0.5);
 * ```
 */
export class RawValue<C extends TypeCode = TypeCode> extends Value<C> {
  /**
   * A number in the shared memory.
   *
   * @param typecode The type of the number.
   * @param value The first value, 0 when not given.
   * @param address For the library itself.
   */
  constructor(typecode: C, value?: ElementOf<C> | number, address?: number) {
    super(typecode, value, { lock: false }, address, RAW_VALUE);
  }
}

const VALUE = defineKind({
  id: 10,
  unpack: (address, [typecode, lock]) =>
    new Value(typecode as TypeCode, undefined, { lock: lock as GuardOption }, address),
});
const RAW_VALUE = defineKind({
  id: 11,
  unpack: (address, [typecode]) => new RawValue(typecode as TypeCode, undefined, address),
});
nameKind(VALUE.id, "Value");
nameKind(RAW_VALUE.id, "RawValue");
