import { Lock, RLock, type Shareable } from "@polycore/sync";
import { retain } from "@polycore/sync/internal";
import { errors } from "./errors.ts";

/**
 * Which lock guards a shared value: `true` a new RLock of its own (Python's default), `false` none, or
 * a lock that guards other data too.
 */
export type GuardOption = boolean | Lock | RLock;

/** Words of a guard that lies in the same block as the data. */
export const GUARD_WORDS = 16;

/** The lock of a shared value, made when it is first asked for. */
export class Guard {
  /** What was asked for, which is also what travels. */
  readonly option: GuardOption;
  readonly #owner: Shareable;
  readonly #offset: number;
  #lock: Lock | RLock | undefined;

  /** A lock of its own lies in the owner's block, `offset` words behind its beginning. */
  constructor(option: GuardOption, owner: Shareable, offset: number) {
    this.option = option;
    this.#owner = owner;
    this.#offset = offset;
    if (typeof option === "object") this.#lock = option;
  }

  /** The lock; throws when there is none. */
  lockOf(what: string): Lock | RLock {
    if (this.option === false) throw errors.noLock(what);
    if (this.#lock === undefined) {
      const { address } = this.#owner; // throws when it was disposed of
      retain(address);
      this.#lock = new RLock(undefined, address, this.#offset);
    }
    return this.#lock;
  }

  /** Let go of the lock, if it is the value's own. */
  dispose(): void {
    if (this.option === true) this.#lock?.dispose();
  }
}

/** The option to use; throws when it is none. */
export function checkGuard(option: unknown): GuardOption {
  if (option === undefined) return true;
  if (typeof option === "boolean" || option instanceof Lock || option instanceof RLock) {
    return option;
  }
  throw errors.lockOption(option);
}
