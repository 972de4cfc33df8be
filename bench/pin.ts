/**
 * Bind workers to cores, so that the kernel does not move them.
 *
 * @module
 */
import { Pool, task } from "@polycore/pool";
import { Value } from "@polycore/shm";

/** Bytes of the mask: 1,024 cores, as in glibc. */
const MASK_BYTES = 128;

/** Where the C library is, by distribution; the permission set `bench` names the same. */
const LIBRARIES = [
  "/lib/x86_64-linux-gnu/libc.so.6",
  "/lib/aarch64-linux-gnu/libc.so.6",
  "/lib64/libc.so.6",
];

/** Bind the calling thread alone to a core; the C library's call speaks of threads, not of processes. */
function bindThread(core: number): void {
  const path = LIBRARIES.find(exists);
  if (!path) {
    throw new Error(
      `Cannot bind a worker to core ${core}: no C library is in ${
        LIBRARIES.join(", ")
      }; leave --pin out`,
    );
  }
  const libc = Deno.dlopen(path, {
    sched_setaffinity: { parameters: ["i32", "usize", "buffer"], result: "i32" },
  });
  const mask = new Uint8Array(MASK_BYTES);
  mask[core >> 3] = 1 << (core & 7);
  const failed = libc.symbols.sched_setaffinity(0, BigInt(MASK_BYTES), mask) !== 0;
  libc.close();
  if (failed) {
    throw new Error(
      `Cannot bind a worker to core ${core}: the system refuses it, so this program may not run on that ` +
        "core; leave --pin out",
    );
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Run in each worker when it starts: take the next core of the list. */
const takeCore: (taken: Value<"i">, cores: number[]) => void = task(
  import.meta,
  (taken: Value<"i">, cores: number[]) => bindThread(cores[taken.add(1) % cores.length]),
);

/**
 * A pool whose workers are each bound to a core of their own; with more workers than cores they share.
 *
 * @param workers How many.
 * @param cores The cores, in the order in which they are taken.
 * @returns The pool.
 */
export function pinnedPool(workers: number, cores: number[]): Pool {
  return new Pool(workers, { initializer: takeCore, initargs: [new Value("i", 0), cores] });
}
