// Where everything stands from top to bottom: rows of threads, of which only one runs at a time, and
// rows of locks; and the spans of each row by what they are drawn as.
globalThis.polycoreRows = (() => {
  const { lanes, laneRows, lockRows, held } = polycoreTrace;
  const AXIS = 26;
  const BAR = 18;
  const HOLD = 6;
  const MOST_HOLDS = 4;
  const TICKS = 14;
  const GAP = 11;
  const STRIP = 16;

  const indexed = (spans) => Object.assign(spans, { reach: reachOf(spans) });
  const rows = [];
  let y = AXIS + 6;
  for (const { name, parts } of laneRows) {
    const own = parts.map((lane) => lanes[lane]);
    const all = (list) => indexed(own.flatMap(list));
    const holds = own.flatMap(({ holds }) => holds);
    const most = holds.reduce((most, { row }) => Math.max(most, row + 1), 0);
    const heldIn = Array.from(
      { length: Math.min(most, MOST_HOLDS) },
      (_, n) => indexed(holds.filter(({ row }) => row === n)),
    );
    const holdsTop = y + BAR + 2;
    const ticksTop = holdsTop + heldIn.length * HOLD + (heldIn.length > 0 ? 1 : 0);
    const accesses = all(({ accesses }) => accesses);
    const bottom = ticksTop + (accesses.length > 0 ? TICKS : 0);
    rows.push({
      kind: "lanes",
      name,
      lanes: parts,
      place: rows.length,
      top: y,
      bar: BAR,
      holdsTop,
      ticksTop,
      bottom,
      heldIn,
      accesses,
      waits: all(({ waits }) => waits),
      runs: all((lane) => without([lane], lane.waits)),
      bare: all((lane) => without(without([lane], lane.waits), lane.tasks)),
      tasks: all(({ tasks }) => tasks),
      working: all(({ tasks, waits }) => without(tasks, waits)),
      idle: all(({ waits }) => waits.filter(({ idle }) => idle)),
      blocked: all(({ waits }) => waits.filter(({ idle }) => !idle)),
      reads: indexed(accesses.filter(({ write }) => !write)),
      writes: indexed(accesses.filter(({ write }) => write)),
      lost: all(({ lost }) => lost),
    });
    y = bottom + GAP;
  }
  const rowOf = [];
  for (const row of rows) for (const lane of row.lanes) rowOf[lane] = row;

  for (const { name, parts } of lockRows) {
    const holds = indexed(parts.flatMap((object) => held.get(object)));
    const places = 1 + holds.reduce((most, { place }) => Math.max(most, place), 0);
    const owners = [...Map.groupBy(holds, ({ lane, place }) => `${lane} ${place}`).values()]
      .map((spans) => ({ lane: spans[0].lane, place: spans[0].place, spans: indexed(spans) }));
    const high = Math.max(STRIP, Math.min(places, 12) * 6);
    rows.push({ kind: "strip", name, holds, places, owners, top: y, bottom: y + high });
    y += high + 6;
  }

  /** The row at a height; the gap below belongs to it. */
  const at = (height) => rows.findLast(({ top }) => top - 3 <= height);
  const of = (lane) => rowOf[lane];

  return { all: rows, at, of, AXIS, HOLD, TICKS, bottom: y, height: y + AXIS };
})();
