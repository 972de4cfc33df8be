/**
 * The bar below the lines of `verbose`, on a terminal.
 *
 * @module
 */

import { isMainThread } from "@polycore/sync/internal";

/** Letters of the bar itself. */
const WIDTH = 30;

/** Milliseconds between two drawings, so that a terminal keeps up with many short calls. */
const INTERVAL = 100;

/** A line of a terminal that is drawn again and again. */
export class ProgressBar {
  readonly #write: (text: string) => void;
  readonly #interval: number;
  #drawnAt = -Infinity;
  #visible = false;

  /** `write` gets what goes to the terminal. */
  constructor(write: (text: string) => void, interval = INTERVAL) {
    this.#write = write;
    this.#interval = interval;
  }

  /** Draw how much is done; `total` when it is known. */
  draw(done: number, total: number | undefined): void {
    const now = performance.now();
    if (now - this.#drawnAt < this.#interval) return;
    this.#drawnAt = now;
    this.#visible = true;
    this.#write(`\r${barText(done, total)}\x1b[K`);
  }

  /** Take it away, so that a line can be printed in its place. */
  clear(): void {
    if (this.#visible) this.#write("\r\x1b[K");
    this.#visible = false;
    this.#drawnAt = -Infinity;
  }
}

function barText(done: number, total: number | undefined): string {
  if (total === undefined) return `${done} calls done`;
  const full = Math.round(WIDTH * done / total);
  return `|${"#".repeat(full)}${"-".repeat(WIDTH - full)}| ${done} of ${total}`;
}

/** A bar on stderr, if that is a terminal; calls inside of calls have none. */
export function barOnTerminal(): ProgressBar | undefined {
  if (!isMainThread || !Deno.stderr.isTerminal()) return undefined;
  const encoder = new TextEncoder();
  return new ProgressBar((text) => Deno.stderr.writeSync(encoder.encode(text)));
}
