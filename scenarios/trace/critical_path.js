// The critical path of a wait: from its end back in time, to whoever ended it, along what that thread
// did, to whoever ended its wait, and so on until the wait's begin. The page has this file, too.

/**
 * @typedef {object} Step
 * @property {number} lane The thread.
 * @property {number} from When it began, in the unit of the lanes.
 * @property {number} to When it ended.
 * @property {"runs" | "sleeps" | "wakes"} what What the thread did: it ran; it slept, and nothing tells
 *   who ended that; or it had been freed and was about to wake.
 * @property {number} object What it slept for; -1 when it ran.
 */

/**
 * @typedef {object} PathWait
 * @property {number} lane
 * @property {number} object
 * @property {number} from
 * @property {number} to
 * @property {{ readonly lane: number, readonly ms: number } | null} waker
 */

/**
 * The steps of the path, the earliest first. They follow one another without a gap from the begin of
 * the wait to its end.
 *
 * @param {readonly { readonly waits: readonly PathWait[] }[]} lanes The threads.
 * @param {PathWait} wait The wait that is to be explained.
 * @returns {Step[]} The steps.
 */
export function criticalPath(lanes, wait) {
  const begin = wait.from;
  /** @type {Step[]} */
  const steps = [];
  let { to } = wait;
  /** @param {number} lane @param {number} from @param {Step["what"]} what @param {number} object */
  const back = (lane, from, what, object) => {
    const start = Math.max(begin, from);
    if (start < to) steps.push({ lane, from: start, to, what, object });
    to = Math.min(to, start);
  };
  /** @type {PathWait | undefined} */
  let sleep = wait;
  let lane = wait.lane;
  const seen = new Set();
  while (sleep !== undefined && to > begin && !seen.has(sleep)) {
    seen.add(sleep);
    lane = sleep.lane;
    if (sleep.waker === null) {
      back(lane, sleep.from, "sleeps", sleep.object);
    } else {
      back(lane, sleep.waker.ms, "wakes", sleep.object);
      lane = sleep.waker.lane;
    }
    sleep = lastBefore(lanes[lane].waits, to);
    if (sleep !== undefined) back(lane, sleep.to, "runs", -1);
  }
  back(lane, begin, "runs", -1);
  return steps.reverse();
}

/**
 * The last sleep that began before that moment.
 *
 * @param {readonly PathWait[]} waits
 * @param {number} ms
 */
function lastBefore(waits, ms) {
  let [low, high] = [0, waits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (waits[middle].from < ms) low = middle + 1;
    else high = middle;
  }
  return waits[low - 1];
}
