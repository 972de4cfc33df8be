import { type Parts, Shareable } from "@polycore/sync";
import {
  allocateZeroed,
  defineKind,
  forbid,
  i32,
  inspect,
  LAYOUT,
  load,
  lockInternal,
  release,
  retain,
  store,
  u8,
  unlock,
} from "@polycore/sync/internal";
import { errors } from "./errors.ts";

/** Words of a segment: the next one with a name, its size in bytes, and its name, then the bytes. */
const NEXT = 0, SIZE = 1, LENGTH = 2, NAME = 3;

/** The most code units that a name may have, as in most file systems. */
const LONGEST = 255;

/** Where the bytes begin: behind the name, at the next cache line. */
function dataAt(segment: number): number {
  return segment + wordsBefore(i32[segment + LENGTH]!);
}

function wordsBefore(nameLength: number): number {
  return Math.ceil((NAME + nameLength) / 16) * 16;
}

function makeSegment(name: string, size: number): number {
  const segment = allocateZeroed(wordsBefore(name.length) + Math.ceil(size / 4));
  i32[segment + SIZE] = size;
  i32[segment + LENGTH] = name.length;
  for (let i = 0; i < name.length; i++) i32[segment + NAME + i] = name.charCodeAt(i);
  return segment;
}

function nameOf(segment: number): string {
  const units = i32.subarray(segment + NAME, segment + NAME + i32[segment + LENGTH]!);
  return String.fromCharCode(...units);
}

/** Do something while no other thread changes the names. Each change becomes valid with one word. */
function withNames<T>(act: () => T): T {
  lockInternal(LAYOUT.namesLock);
  try {
    return act();
  } finally {
    unlock(LAYOUT.namesLock);
  }
}

/** The segment with a name, 0 when there is none. */
function find(name: string): number {
  let segment = load(LAYOUT.firstName);
  while (segment !== 0 && nameOf(segment) !== name) segment = i32[segment + NEXT]!;
  return segment;
}

/** The word that leads to a segment, 0 when it has no name any more. */
function linkTo(segment: number): number {
  let link: number = LAYOUT.firstName;
  while (i32[link] !== 0 && i32[link] !== segment) link = i32[link]! + NEXT;
  return i32[link] === 0 ? 0 : link;
}

function checkName(name: unknown): void {
  if (typeof name !== "string") throw errors.nameType(name);
  if (name === "" || name.length > LONGEST) throw errors.nameLength(name.length, LONGEST);
}

/** Whose bytes they are: bytes in use keep their handle, and so the memory. */
const keepers = new WeakMap<object, Shareable>();

/**
 * Bytes that threads of this program share by name. Python's
 * `multiprocessing.shared_memory.SharedMemory`.
 *
 * `create` makes them, all 0, and `attach` finds them in any thread; `close` lets go of them in this
 * thread, `unlink` takes the name away. The memory goes back when it has no name any more and the last
 * thread has closed it, lost it or ended. Nothing has to be tracked or cleaned up: with the program all
 * of it is gone.
 *
 * `buf` keeps the memory, a view made from it (`new Float64Array(buf.buffer, buf.byteOffset)`) does not:
 * keep the `SharedMemory` too. The bytes begin at a multiple of 64, so every kind of view fits.
 *
 * **Which one do I use?** A {@linkcode SharedArray} that is sent to whoever needs it; a `SharedMemory` when
 * nothing can be sent, because the two threads know nothing of each other but a name.
 *
 * @example
 * ```ts
 * import { SharedMemory } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const mine = SharedMemory.create("frames", 16);
 * mine.buf[0] = 42;
 * {
 *   using theirs = SharedMemory.attach("frames"); // in any thread
 *   assertEquals([theirs.buf[0], theirs.size], [42, 16]);
 * }
 * mine.close();
 * mine.unlink();
 * ```
 */
export class SharedMemory extends Shareable {
  /** The name, also after {@linkcode SharedMemory.unlink}. */
  readonly name: string;
  /** How many bytes there are: exactly as many as were asked for. */
  readonly size: number;
  /** The bytes. After {@linkcode SharedMemory.close} it throws. */
  readonly buf: Uint8Array<SharedArrayBuffer>;
  readonly #segment: number;

  /** Made by {@linkcode SharedMemory.create} and {@linkcode SharedMemory.attach}. */
  constructor(address: number) {
    super(address, SHARED_MEMORY);
    this.#segment = address;
    this.name = nameOf(address);
    this.size = i32[address + SIZE]! >>> 0;
    this.buf = new Uint8Array(u8.buffer, dataAt(address) * 4, this.size);
    keepers.set(this.buf, this);
  }

  /**
   * Make bytes under a name that is not in use. Python's `SharedMemory(name, create=True, size=size)`.
   *
   * @param name The name: 1 to 255 characters.
   * @param size How many bytes, at least 1.
   * @throws {FileExistsError} If the name is in use.
   * @throws {RangeError} If the size is not positive, or the name too long.
   * @throws {TypeError} If an argument is of the wrong kind.
   * @throws {HeapFullError} If the shared heap has no room.
   */
  static create(name: string, size: number): SharedMemory {
    checkName(name);
    if (!Number.isSafeInteger(size)) throw errors.sizeType(size);
    if (size <= 0) throw errors.size(size);
    const taken = () => find(name) !== 0;
    if (withNames(taken)) throw errors.nameExists(name); // before much memory is set to 0
    const segment = makeSegment(name, size);
    const named = withNames(() => {
      if (taken()) return false;
      retain(segment); // for the name
      i32[segment + NEXT] = load(LAYOUT.firstName);
      store(LAYOUT.firstName, segment);
      return true;
    });
    if (named) return new SharedMemory(segment);
    release(segment);
    throw errors.nameExists(name);
  }

  /**
   * The bytes that some thread made under a name. Python's `SharedMemory(name)`.
   *
   * @param name The name.
   * @throws {FileNotFoundError} If nothing has that name.
   */
  static attach(name: string): SharedMemory {
    checkName(name);
    const segment = withNames(() => {
      const found = find(name);
      if (found !== 0) retain(found); // while nobody can unlink it
      return found;
    });
    if (segment === 0) throw errors.nameUnknown(name);
    return new SharedMemory(segment);
  }

  /** Let go of the bytes in this thread. Closing twice is fine; others go on. */
  close(): void {
    super.dispose();
    forbid(this, "buf");
  }

  /** The same as {@linkcode SharedMemory.close}. */
  override dispose(): void {
    this.close();
  }

  /** Close when the block ends. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Take the name away: nobody can attach any more, who has the bytes goes on. May be called after
   * `close`, and once by whichever thread.
   *
   * @throws {FileNotFoundError} If these bytes have no name any more.
   */
  unlink(): void {
    const segment = this.#segment;
    const found = withNames(() => {
      const link = linkTo(segment);
      if (link === 0 || nameOf(segment) !== this.name) return false;
      store(link, i32[segment + NEXT]!);
      return true;
    });
    if (!found) throw errors.nameUnknown(this.name);
    release(segment);
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    return [];
  }

  /** Name and size, for `console.log`. */
  [inspect](): string {
    return `<SharedMemory(${JSON.stringify(this.name)}, size=${this.size})>`;
  }
}

const SHARED_MEMORY = defineKind({ id: 25, unpack: (address) => new SharedMemory(address) });
