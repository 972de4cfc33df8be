// What of many spans can be seen at a scale: a wide one by itself, and those narrower than a unit
// together, as how much of the unit they fill. The page has this file, too.

/**
 * @typedef {object} Block
 * @property {number} x Where it begins, in units from the left.
 * @property {number} width How wide it is.
 * @property {number} fill How much of it is filled, from 0 to 1 in quarters.
 * @property {number} at The place of its span in the list; of the first one, if it stands for several.
 * @property {boolean} single Whether it is one span.
 */

/**
 * The blocks that show the spans between two times.
 *
 * @param {readonly { readonly from: number, readonly to: number }[]} spans Ordered by their begin.
 * @param {{ from: number, to: number, width: number }} view The times at both ends, and the units
 *   between them.
 * @param {number} [first] The place of the first span that reaches into the view.
 * @returns {Block[]} The blocks from left to right.
 */
export function aggregate(spans, { from, to, width }, first = 0) {
  const scale = width / (to - from || 1);
  /** @type {Block[]} */
  const blocks = [];
  /** The unit that is being filled, how far, and by whom first. */
  let [unit, filled, firstAt] = [-1, 0, 0];
  const flush = () => {
    if (filled === 0) return;
    const fill = Math.min(1, Math.ceil(filled * 4) / 4);
    const last = blocks.at(-1);
    if (last && !last.single && last.fill === fill && last.x + last.width === unit) last.width++;
    else blocks.push({ x: unit, width: 1, fill, at: firstAt, single: false });
    filled = 0;
  };
  for (let at = first; at < spans.length && spans[at].from <= to; at++) {
    const span = spans[at];
    if (span.to < from) continue;
    const left = Math.max(0, (span.from - from) * scale);
    const right = Math.min(width, (span.to - from) * scale);
    if (right - left >= 1) {
      flush();
      blocks.push({ x: left, width: right - left, fill: 1, at, single: true });
      continue;
    }
    const here = Math.min(width - 1, Math.floor(left));
    if (here !== unit || filled === 0) {
      flush();
      [unit, firstAt] = [here, at];
    }
    // However short it was, it leaves a trace.
    filled += Math.max(right - left, 1e-6);
  }
  flush();
  return blocks;
}

/**
 * What is left of spans outside of others; both are ordered by their begin. What else a span says stays.
 *
 * @template {{ readonly from: number, readonly to: number }} S
 * @param {readonly S[]} spans
 * @param {readonly { readonly from: number, readonly to: number }[]} others
 * @returns {S[]}
 */
export function without(spans, others) {
  /** @type {S[]} */
  const left = [];
  let next = 0;
  for (const span of spans) {
    let at = span.from;
    for (let n = next; n < others.length && others[n].from < span.to; n++) {
      const other = others[n];
      // One that goes beyond this span may reach into the next one.
      if (n === next && other.to <= span.to) next++;
      if (other.from > at) left.push({ ...span, from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    if (at < span.to) left.push({ ...span, from: at });
  }
  return left;
}

/**
 * For each span the latest end of it and all before it, so that the first one that reaches into a
 * view is found by halving, though spans may lie within each other.
 *
 * @param {readonly { readonly to: number }[]} spans
 * @returns {number[]}
 */
export function reachOf(spans) {
  let latest = -Infinity;
  return spans.map(({ to }) => latest = Math.max(latest, to));
}

/**
 * The first place whose number is at least that; the numbers do not fall.
 *
 * @param {readonly number[]} numbers
 * @param {number} least
 */
export function firstFrom(numbers, least) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
