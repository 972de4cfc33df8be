// The spans of each lane by what they are drawn as, made once.
(() => {
  const { lanes, strips } = polycoreTrace;
  const indexed = (spans) => Object.assign(spans, { reach: reachOf(spans) });

  for (const lane of lanes) {
    lane.runs = indexed(without([lane], lane.waits));
    lane.working = indexed(without(lane.tasks, lane.waits));
    lane.idle = indexed(lane.waits.filter(({ idle }) => idle));
    lane.blocked = indexed(lane.waits.filter(({ idle }) => !idle));
    lane.heldIn = [...Map.groupBy(lane.holds, ({ row }) => row)]
      .reduce((rows, [row, holds]) => (rows[row] = indexed(holds), rows), []);
    lane.reads = indexed(lane.accesses.filter(({ write }) => !write));
    lane.writes = indexed(lane.accesses.filter(({ write }) => write));
    lane.lost = indexed(lane.accesses.filter(({ overwritten }) => overwritten));
  }
  for (const strip of strips) {
    const owners = Map.groupBy(strip.holds, ({ lane, place }) => `${lane} ${place}`);
    strip.owners = [...owners.values()].map((spans) => ({
      lane: spans[0].lane,
      place: spans[0].place,
      spans: indexed(spans),
    }));
  }
})();
