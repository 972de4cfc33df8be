/**
 * The one shared memory of a program. Every thread sees the same bytes at the same address, so a
 * shared object is nothing but an address in it.
 *
 * An *address* is the index of a 32-bit word in {@linkcode i32}; `2 * address` is no valid index of
 * anything else, use {@linkcode i32}, {@linkcode f64} (`address / 2`) and {@linkcode u8}
 * (`address * 4`).
 *
 * @module
 */

import { errors } from "./errors.ts";
import { START_KEY, type ThreadStart } from "./start_key.ts";

/** Bytes of a WebAssembly page. */
const PAGE = 65536;

/** Sizes tried, in pages: 4 GiB, 1 GiB, 256 MiB, 64 MiB. Untouched pages cost no memory. */
const SIZES = [65536, 16384, 4096, 1024];

/** Reserve the largest memory that the machine allows (`ulimit -v` may forbid the first sizes). */
function reserve(): WebAssembly.Memory {
  for (const pages of SIZES) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw errors.noMemory(SIZES[SIZES.length - 1]! * PAGE);
}

const start = (globalThis as { [START_KEY]?: ThreadStart })[START_KEY];

/** Whether this thread made the memory, that is, whether it is the program's main thread. */
export const isMainThread: boolean = start === undefined;

/** The number that this thread was given by the one that started it; 1 for the main thread. */
export const givenThreadId: number = start?.threadId ?? 1;

/** The way to the main thread, in every other one; see `main_port.ts`. */
export const startPort: MessagePort | undefined = start?.port;

/** The memory itself, as a compiled kernel wants it. */
export const memory: WebAssembly.Memory = start?.memory ?? reserve();

/** The memory's bytes. */
export const buffer: SharedArrayBuffer = memory.buffer as unknown as SharedArrayBuffer;

/** The memory as signed 32-bit words: all synchronisation happens on these. */
export const i32: Int32Array<SharedArrayBuffer> = new Int32Array(buffer);

/** The memory as doubles. */
export const f64: Float64Array<SharedArrayBuffer> = new Float64Array(buffer);

/** The memory as bytes. */
export const u8: Uint8Array<SharedArrayBuffer> = new Uint8Array(buffer);

/**
 * Where the fixed parts of the memory lie, as word addresses. The heap begins after them. Words that
 * different threads write all the time stand at least 64 bytes (16 words) apart.
 */
export const LAYOUT = {
  /** Lock word of the heap. */
  heapLock: 16,
  /** First address that the heap has never handed out. */
  heapTop: 17,
  /** Blocks in use, for tests that look for leaks. */
  heapBlocks: 18,
  /** The number of the newest thread. */
  lastThread: 32,
  /** Lock word of the shape and function tables. */
  tableLock: 48,
  /** Number of entries in the table of object shapes, and the address of its first part. */
  shapeCount: 49,
  shapeTable: 50,
  /** Number of entries in the table of functions, and the address of its first part. */
  functionCount: 51,
  functionTable: 52,
  /** Number of the newest buffer that is not part of this memory. */
  lastBuffer: 53,
  /** Words that change when the main thread is asked for something, and when it has done it. */
  mainBell: 54,
  mainAnswer: 55,
  /** Heads of the heap's free lists, one per size class. */
  freeLists: 64,
  /** Changes whenever something happens at a channel that somebody watches together with others. */
  channelBell: 128,
  /** Lock word of the names of shared memory, and the address of the first named segment. */
  namesLock: 144,
  firstName: 145,
  /** Whether the library tells on stderr what it does, and from which level on; see pool's `logging.ts`. */
  logging: 146,
  logLevel: 147,
  /** The number of the recording that is on, 0 for none, of the newest one, and the time of its beginning. */
  trace: 160,
  lastTrace: 161,
  traceOrigin: 162,
  /** The newest ring of the recording that is on; it names the one before it. */
  traceRings: 176,
  /** The thread table. */
  threads: 256,
  /** Words per thread. */
  threadWords: 32,
  /** Threads that may be alive at once: a power of two. */
  threadSlots: 4096,
} as const;

/** The first address of the heap. */
export const HEAP_START: number = LAYOUT.threads + LAYOUT.threadWords * LAYOUT.threadSlots;
