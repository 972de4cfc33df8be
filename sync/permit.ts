/** What can be released: every lock, semaphore and condition. */
export interface Releasable {
  /** Give back what was acquired. */
  release(): void;
}

/**
 * A lock, semaphore or condition that is held until the block ends; what `hold()` returns.
 * Python's `with`.
 *
 * @example
 * ```ts
 * import { Lock } from "@polycore/sync";
 *
 * const lock = new Lock();
 * using permit = lock.hold();
 * console.log(permit.held);
 * ```
 */
export class Permit implements Disposable {
  #of: Releasable | undefined;

  /** Takes over the duty to release. */
  constructor(of: Releasable) {
    this.#of = of;
  }

  /** Whether it was not released yet. */
  get held(): boolean {
    return this.#of !== undefined;
  }

  /** Release, once. */
  [Symbol.dispose](): void {
    const of = this.#of;
    this.#of = undefined;
    of?.release();
  }
}
