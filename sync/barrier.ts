import { load, notify, store } from "./atomics.ts";
import { errors } from "./errors.ts";
import { allocateZeroed, release } from "./heap.ts";
import { lockInternal, unlock } from "./lock_word.ts";
import { i32 } from "./memory.ts";
import { byOwnHandle, defineKind, holdBlock, inspect, type Parts, Shareable } from "./shareable.ts";
import { WaitKind } from "./threads.ts";
import { record, recording, What } from "./trace_hook.ts";
import {
  type AsyncWaitOptions,
  deadlineOf,
  runAsync,
  runBlocking,
  type Sleep,
  type Steps,
  type WaitOptions,
} from "./wait.ts";

/**
 * Words of a barrier. `ROUND` is the address of a block of the round that is on: whoever waits for it
 * counts as a holder of that block and sleeps on its word, in which the outcome is written. So a
 * party that wakes late still finds the outcome of its own round.
 */
const WORDS = 5, MUTEX = 0, ROUND = 1, ARRIVED = 2, STATE = 3, PARTIES = 4;

/** The states: gathering parties, running the action, broken. */
const FILLING = 0, ACTING = 1, BROKEN = 2;

/** The outcomes of a round. */
const NONE = 0, MET = 1, BROKE = 2;

/** How a {@linkcode Barrier} is made. */
export interface BarrierOptions {
  /** Called by one of the parties each time, before any of them goes on. */
  action?: (() => void) | undefined;
  /** Milliseconds that `wait` waits when it is given no timeout of its own. */
  timeout?: number | undefined;
}

/**
 * A place where n threads meet: each waits until all have arrived. Python's `multiprocessing.Barrier`.
 * It can be used round after round.
 *
 * **Which one do I use?** A `Barrier` when all wait for all; an {@linkcode Event} when many wait for one.
 *
 * @example
 * ```ts
 * import { Barrier } from "@polycore/sync";
 * import { assertEquals } from "@std/assert";
 *
 * const alone = new Barrier(1);
 * assertEquals(alone.wait(), 0);
 * ```
 */
export class Barrier extends Shareable {
  readonly #action: (() => void) | undefined;
  readonly #timeout: number | undefined;

  /**
   * A barrier at which nobody waits.
   *
   * @param parties How many threads meet, at least 1.
   * @param options The action, which travels only if it is a `task`, and the default timeout.
   * @param address For the library itself.
   * @throws {RangeError} If `parties` is less than 1.
   */
  constructor(parties: number, options: BarrierOptions = {}, address?: number) {
    if (!Number.isInteger(parties) || parties < 1) throw errors.badCount("parties", parties, 1);
    const { action, timeout } = options;
    if (action !== undefined && typeof action !== "function") {
      throw errors.notFunction("action", action);
    }
    deadlineOf({ timeout });
    super(address ?? allocateZeroed(WORDS), BARRIER);
    this.#action = action;
    this.#timeout = timeout;
    if (address === undefined) {
      i32[this.address + PARTIES] = parties;
      i32[this.address + ROUND] = allocateZeroed(1);
    }
  }

  /** How many threads meet. */
  get parties(): number {
    return i32[this.address + PARTIES]!;
  }

  /** How many wait at this moment. */
  get nWaiting(): number {
    return load(this.address + STATE) === FILLING ? load(this.address + ARRIVED) : 0;
  }

  /** Whether the barrier is broken. */
  get broken(): boolean {
    return load(this.address + STATE) === BROKEN;
  }

  /**
   * Block this thread until all parties have arrived.
   *
   * @param options `timeout` in milliseconds; when it is over the barrier breaks for all.
   * @returns A number from 0 to parties - 1, another one for each party.
   * @throws {BrokenBarrierError} If the barrier is broken, or breaks meanwhile.
   */
  wait(options?: WaitOptions): number {
    return runBlocking(this.#steps(), this.#deadline(options));
  }

  /** As {@linkcode Barrier.wait}, while other work of this thread goes on. */
  async waitAsync(options?: AsyncWaitOptions): Promise<number> {
    const deadline = this.#deadline(options);
    return await byOwnHandle(this, (own) => runAsync(own.#steps(), deadline, options?.signal));
  }

  #deadline(options?: WaitOptions): number {
    return deadlineOf({ timeout: options?.timeout ?? this.#timeout });
  }

  *#steps(): Steps<number> {
    const { round, index, hold } = yield* this.#arriveSteps();
    using _ = hold;
    if (index === this.parties - 1) this.#act(round);
    else yield* this.#waitSteps(round);
    if (load(round) === BROKE) {
      throw errors.brokenBarrier("a party gave up, or abort or reset was called");
    }
    return index;
  }

  /** Enter the round that is filling; while the action of the last one runs, wait for its end. */
  *#arriveSteps(): Steps<{ round: number; index: number; hold: Disposable }> {
    for (;;) {
      lockInternal(this.address + MUTEX);
      const state = load(this.address + STATE);
      const round = load(this.address + ROUND);
      const index = load(this.address + ARRIVED);
      if (state === FILLING) {
        store(this.address + ARRIVED, index + 1);
        if (index + 1 === this.parties) store(this.address + STATE, ACTING);
      }
      const hold = state === BROKEN ? undefined : holdBlock(round);
      unlock(this.address + MUTEX);
      if (hold === undefined) throw errors.brokenBarrier("it broke before this wait");
      if (state === FILLING) return { round, index, hold };
      using _ = hold;
      // Patient: as in Python this party's timeout breaks its own round, not the one that it waits for.
      while (load(round) === NONE) {
        yield { ...this.#meeting(round), patient: true };
      }
    }
  }

  #meeting(round: number): Sleep {
    const of = { word: this.address, kind: BARRIER.id };
    return { word: round, expected: NONE, kind: WaitKind.barrier, of };
  }

  *#waitSteps(round: number): Steps<void> {
    try {
      while (load(round) === NONE) {
        const inTime = yield this.#meeting(round);
        if (!inTime) this.#endRound(BROKEN, BROKE, round);
      }
    } catch (error) {
      this.#endRound(BROKEN, BROKE, round); // a party that is stopped will never be back
      throw error;
    }
  }

  /** The last party runs the action and opens the barrier. */
  #act(round: number): void {
    try {
      this.#action?.();
    } catch (error) {
      this.#endRound(BROKEN, BROKE, round);
      throw error;
    }
    this.#endRound(FILLING, MET, round);
  }

  /** End the round that is on (if it is still `only`), and wake all who wait for that. */
  #endRound(state: number, outcome: number, only?: number): void {
    const next = allocateZeroed(1);
    lockInternal(this.address + MUTEX);
    const round = load(this.address + ROUND);
    const lasts = only === undefined || only === round;
    if (lasts) {
      if (recording) record(What.wake, this.address, BARRIER.id);
      store(this.address + ROUND, next);
      store(this.address + ARRIVED, 0);
      store(this.address + STATE, state);
      store(round, outcome);
    }
    unlock(this.address + MUTEX);
    if (lasts) notify(round);
    release(lasts ? round : next);
  }

  /** Break the barrier: everybody who waits, and who comes, gets a `BrokenBarrierError`. */
  abort(): void {
    this.#endRound(BROKEN, BROKE);
  }

  /** Make a broken barrier usable; everybody who waits at this moment gets a `BrokenBarrierError`. */
  reset(): void {
    this.#endRound(FILLING, BROKE);
  }

  /** What travels to another thread beside the address: the parties, the action and the timeout. */
  override pack(): Parts {
    return [this.parties, this.#action, this.#timeout];
  }

  /** `<Barrier waiters=2/5>` or `<Barrier broken>`, as Python prints it. */
  [inspect](): string {
    return `<Barrier ${this.broken ? "broken" : `waiters=${this.nWaiting}/${this.parties}`}>`;
  }
}

const BARRIER = defineKind({
  id: 7,
  unpack: (address, [parties, action, timeout]) =>
    new Barrier(parties as number, {
      action: action as (() => void) | undefined,
      timeout: timeout as number | undefined,
    }, address),
  beforeFree: (address) => {
    if (i32[address + ROUND] !== 0) release(i32[address + ROUND]!);
  },
});
