// Where everything stands from top to bottom: a lane for each thread, a strip for each lock.
globalThis.polycoreRows = (() => {
  const { lanes, strips } = polycoreTrace;
  const AXIS = 26;
  const BAR = 18;
  const HOLD = 6;
  const MOST_HOLDS = 4;
  const TICKS = 9;
  const GAP = 11;

  const rows = [];
  let y = AXIS + 6;
  for (const lane of lanes) {
    const most = lane.holds.reduce((most, { row }) => Math.max(most, row + 1), 0);
    const holds = Math.min(most, MOST_HOLDS);
    const holdsTop = y + BAR + 2;
    const ticksTop = holdsTop + holds * HOLD + (holds > 0 ? 1 : 0);
    const bottom = ticksTop + (lane.accesses.length > 0 ? TICKS : 0);
    rows.push({ kind: "lane", lane, top: y, bar: BAR, holdsTop, holds, ticksTop, bottom });
    y = bottom + GAP;
  }
  for (const strip of strips) {
    const high = Math.max(16, Math.min(strip.places, 12) * 6);
    rows.push({ kind: "strip", strip, top: y, bottom: y + high });
    y += high + 6;
  }
  const bottom = y;

  /** The row at a height; the gap below belongs to it. */
  function at(height) {
    return rows.findLast(({ top }) => top - 3 <= height);
  }

  return { all: rows, at, AXIS, HOLD, TICKS, bottom, height: bottom + AXIS };
})();
