/**
 * How many calls go to a worker at once when `batchSize` is `'auto'`: joblib's rule and constants.
 *
 * @module
 */

/** Milliseconds that a batch takes at the least, ideally: long enough to hide what sending it costs. */
const SHORTEST = 200;

/** Milliseconds that a batch takes at the most, ideally: a straggler keeps the others waiting. */
const LONGEST = 2000;

/** What a change of the batch size was made for. */
export interface BatchChange {
  /** What the batches were. */
  was: "fast" | "slow";
  /** The smoothed time of a batch, in milliseconds. */
  duration: number;
  /** The new size. */
  size: number;
}

/** The next size of a batch, when one of `size` calls takes `duration` ms; 0 for not known. */
export function nextBatchSize(size: number, duration: number): number {
  const ideal = Math.trunc(size * SHORTEST / duration);
  if (duration > 0 && duration < SHORTEST) return Math.max(1, Math.min(2 * size, 2 * ideal));
  if (duration > LONGEST && size >= 2) return Math.max(1, 2 * ideal);
  return size;
}

/** The size of the batches of one call of `Parallel`, which follows the times that they take. */
export class AutoBatchSize {
  #size = 1;
  #duration = 0;
  readonly #changed: ((change: BatchChange) => void) | undefined;

  /** `changed` is told of each new size. */
  constructor(changed?: (change: BatchChange) => void) {
    this.#changed = changed;
  }

  /** The size that the next batch is to have. */
  next(): number {
    const size = nextBatchSize(this.#size, this.#duration);
    if (size !== this.#size) {
      const was = this.#duration < SHORTEST ? "fast" : "slow";
      this.#changed?.({ was, duration: this.#duration, size });
      this.#size = size;
      this.#duration = 0; // what is known is of batches of another size
    }
    return size;
  }

  /** A batch of `size` calls took `duration` ms. */
  completed(size: number, duration: number): void {
    if (size !== this.#size) return;
    this.#duration = this.#duration === 0 ? duration : 0.8 * this.#duration + 0.2 * duration;
  }
}
