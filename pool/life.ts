/**
 * How the end of a thread is seen. A thread holds a lock of the Web Locks API for life; the platform
 * releases it however the thread ends, and then its parent is granted the same lock.
 *
 * @module
 */

/** What we use of the Web Locks API, which is missing from Deno's type library. */
interface LockManager {
  request(name: string, use: () => Promise<void> | void): Promise<void>;
}

const locks = (navigator as unknown as { locks: LockManager }).locks;

/** Makes the names differ between two programs in one Deno process, such as two test modules. */
export const program: string = crypto.randomUUID();

/** The name of a thread's life lock. */
export function lifeLockName(program: string, id: number): string {
  return `polycore ${program} ${id}`;
}

/** Hold a lock until this thread ends. */
export function holdForLife(name: string): Promise<void> {
  return new Promise((held) => {
    locks.request(name, () => {
      held();
      return new Promise(() => {});
    });
  });
}

/** Wait until the thread that holds a lock has ended. */
export function endOfLife(name: string): Promise<void> {
  return locks.request(name, () => {});
}
