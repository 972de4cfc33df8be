// Reads the data of the page: numbers one after the other, times as differences in units of 10 ns. What
// stands in which place is said in `page_data.ts`.
globalThis.polycoreTrace = (() => {
  const text = document.getElementById("trace").textContent;
  const { end, objects, names, lanes, laneRows, lockRows, messages, lost, deadlocks } = JSON.parse(
    text,
  );
  const ms = (units) => units / 1e5;

  /** Cut a row of numbers into pieces; the first of each is the time since the one before. */
  function pieces(numbers, size, make) {
    const made = [];
    let at = 0;
    for (let i = 0; i < numbers.length; i += size) {
      at += numbers[i];
      made.push(make(at, (n) => numbers[i + n]));
    }
    return made;
  }

  /** A list of spans with what finds the first one in a view. */
  const indexed = (spans) => Object.assign(spans, { reach: reachOf(spans) });
  const span = (at, length, more) => ({ from: ms(at), to: ms(at + length), ...more });

  const made = lanes.map((row, lane) => ({
    lane,
    name: names[lane],
    from: ms(row.from),
    to: ms(row.to),
    tasks: indexed(pieces(row.tasks, 3, (at, n) => span(at, n(1), { lane, number: n(2) }))),
    waits: indexed(pieces(row.waits, 6, (at, n) =>
      span(at, n(1), {
        lane,
        object: n(2),
        idle: (n(3) & 1) !== 0,
        open: (n(3) & 2) !== 0,
        deadlock: (n(3) & 4) !== 0,
        waker: n(4) === -1 ? null : { lane: n(4), ms: ms(at + n(1) - n(5)) },
      }))),
    holds: indexed(
      pieces(
        row.holds,
        5,
        (at, n) => span(at, n(1), { lane, object: n(2), place: n(3), row: n(4) }),
      ),
    ),
    accesses: indexed(pieces(row.accesses, 4, (at, n) => ({
      ...span(at, 0, { lane, object: n(1), value: n(3) }),
      write: (n(2) & 1) !== 0,
      overwritten: (n(2) & 2) !== 0,
      overwrites: (n(2) & 4) !== 0,
    }))),
    lost: pieces(row.lost, 1, (at) => span(at, 0)),
  }));

  const held = Map.groupBy(made.flatMap(({ holds }) => holds), ({ object }) => object);
  for (const holds of held.values()) holds.sort((a, b) => a.from - b.from);

  return {
    end: ms(end),
    objects,
    lanes: made,
    held,
    laneRows,
    lockRows,
    messages: indexed(
      pieces(
        messages,
        6,
        (at, n) => span(at, n(1), { object: n(2), number: n(3), lane: n(4), receiver: n(5) }),
      ),
    ),
    lost: lost && { from: ms(lost.from), to: ms(lost.to), lane: lost.lane, at: ms(lost.at) },
    deadlocks: deadlocks.map(({ at, members }) => ({ ms: ms(at), members })),
  };
})();
