import { Permit, type Releasable } from "./permit.ts";
import { Shareable } from "./shareable.ts";
import type { AsyncWaitOptions, WaitOptions } from "./wait.ts";

/**
 * What can be acquired and released, and so held for the length of a block: the base of `Lock`, `RLock`
 * and `Semaphore`. Python's context managers.
 *
 * @example
 * ```ts
 * import { Holdable, Lock, Semaphore } from "@polycore/sync";
 *
 * function critically(guard: Holdable, act: () => void) {
 *   using _ = guard.hold();
 *   act();
 * }
 * critically(new Lock(), () => console.log("alone"));
 * critically(new Semaphore(2), () => console.log("with one other at the most"));
 * ```
 */
export abstract class Holdable extends Shareable implements Releasable {
  /** Take it, blocking this thread until it is free; `false` if the time was over before. */
  abstract acquire(options?: WaitOptions): boolean;

  /** As {@linkcode Holdable.acquire}, while other work of this thread goes on. */
  abstract acquireAsync(options?: AsyncWaitOptions): Promise<boolean>;

  /** Give it back. */
  abstract release(): void;

  /** Acquire, and release when the block ends: `using _ = lock.hold()`. Python's `with lock:`. */
  hold(): Permit {
    this.acquire();
    return new Permit(this);
  }

  /** As {@linkcode Holdable.hold}, without blocking: `using _ = await lock.holdAsync()`. */
  async holdAsync(options?: Pick<AsyncWaitOptions, "signal">): Promise<Permit> {
    await this.acquireAsync({ signal: options?.signal });
    return new Permit(this);
  }
}
