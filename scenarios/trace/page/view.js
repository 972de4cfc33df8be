// Which part of the run is seen, what is chosen, and what the reader does with mouse, keys and fingers.
(() => {
  const { lanes, end } = polycoreTrace;
  const { all: rows, HOLD, TICKS } = polycoreRows;
  const { describe, describePath, moment, duration } = polycoreWords;
  const canvas = document.getElementById("plot");
  const tip = document.getElementById("tip");
  const said = document.getElementById("said");
  const range = document.getElementById("range");
  /** Nothing in a recording is shorter than that. */
  const LEAST = 1e-4;
  const view = { from: 0, to: end || 1, left: 100, wide: 300 };
  const marked = { chosen: null, path: [] };
  let due = false;

  function draw() {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      polycorePaint.paint(canvas, view, marked);
      range.textContent = length() < end
        ? `${moment(view.from, view)} to ${moment(view.to, view)}: ${duration(length())} of ${
          duration(end)
        }`
        : `the whole run, ${duration(end)}`;
      Object.assign(canvas.dataset, { from: view.from, to: view.to });
    });
  }

  function fit() {
    const { clientWidth } = canvas.parentElement;
    const ctx = canvas.getContext("2d");
    ctx.font = "600 12px system-ui, sans-serif";
    const names = rows.map(({ name }) => ctx.measureText(name).width);
    const longest = names.reduce((most, width) => Math.max(most, width), 40);
    view.left = Math.round(Math.min(longest + 18, clientWidth * 0.28, 190));
    view.wide = clientWidth;
    canvas.style.width = `${clientWidth}px`;
    canvas.style.height = `${polycorePaint.height}px`;
    draw();
  }

  function show(from, to) {
    const length = Math.min(end || 1, Math.max(LEAST, to - from));
    view.from = Math.min(Math.max(0, from), (end || 1) - length);
    view.to = view.from + length;
    draw();
  }

  const length = () => view.to - view.from;
  const pixel = () => length() / (view.wide - view.left);
  const timeAt = (x) => view.from + (x - view.left) * pixel();
  const pan = (share) => show(view.from + share * length(), view.to + share * length());

  /** Zoom, with the time at `x` staying where it is; else the middle. */
  function zoom(factor, x = (view.left + view.wide) / 2) {
    const fixed = timeAt(Math.max(view.left, x));
    const from = fixed - (fixed - view.from) * factor;
    show(from, from + Math.min(end || 1, Math.max(LEAST, length() * factor)));
  }

  /** What can be chosen in a lane, from the one on top to the ground. */
  function layersOf(row) {
    if (row.kind === "strip") {
      return [{ kind: "hold", spans: row.holds, top: row.top, high: row.bottom - row.top }];
    }
    const { top, bar, holdsTop, ticksTop } = row;
    const layer = (kind, spans, top, high) => ({ kind, spans, top, high });
    return [
      layer("access", row.accesses, ticksTop, TICKS),
      ...row.heldIn.map((spans, n) => layer("hold", spans, holdsTop + n * HOLD, HOLD)),
      layer("wait", row.waits, top, bar),
      layer("task", row.tasks, top, bar),
      layer("run", row.runs, top, bar),
    ];
  }

  /** What is drawn at a place: the shortest span of the uppermost layer there, if any. */
  function thingAt(x, y) {
    if (x < view.left) return null;
    const arrow = polycorePaint.arrowsIn(view).find((arrow) => distance(arrow, x, y) < 3);
    if (arrow) return { kind: "message", span: arrow.message, lane: arrow.message.lane };
    const row = polycoreRows.at(y);
    if (!row) return null;
    const layers = layersOf(row);
    // Between the bars, the lane's own bar is meant.
    const hit = layers.filter(({ top, high }) => y >= top - 1 && y <= top + high + 1);
    const ms = timeAt(x);
    for (const layer of hit.length > 0 ? hit : layers.filter(({ kind }) => kind !== "access")) {
      const found = spansAt(layer.spans, ms - 1.5 * pixel(), ms + 1.5 * pixel());
      const inPlace = row.kind === "strip" ? found.filter((span) => atPlace(row, span, y)) : found;
      if (inPlace.length === 0) continue;
      const sure = inPlace.filter(({ from, to }) => from <= ms && ms <= to);
      const span = (sure.length > 0 ? sure : inPlace)
        .reduce((best, one) => one.to - one.from < best.to - best.from ? one : best);
      const narrow = span.to - span.from < pixel() ? inPlace.length : 1;
      return thing(row, layer, span, narrow);
    }
    return null;
  }

  /** How far a place is from an arrow. */
  function distance({ x1, y1, x2, y2 }, x, y) {
    const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
    const near = Math.min(1, Math.max(0, along));
    return Math.hypot(x - x1 - near * (x2 - x1), y - y1 - near * (y2 - y1));
  }

  function atPlace({ places, top, bottom }, { place }, y) {
    const high = (bottom - top) / places;
    return Math.abs(y - top - (place + 0.5) * high) <= high / 2 + 1;
  }

  function thing(row, { kind, top, high }, span, many = 1) {
    return { row, kind, span, many, top, high, lane: span.lane };
  }

  function spansAt(spans, from, to) {
    const found = [];
    const first = firstFrom(spans.reach ?? [], from);
    for (let at = first; at < spans.length && spans[at].from <= to; at++) {
      if (spans[at].to >= from) found.push(spans[at]);
    }
    return found;
  }

  function choose(chosen, keepPath = false) {
    marked.chosen = chosen;
    let text = chosen?.span ? describe(chosen, view) : "";
    if (chosen?.kind === "wait" && !chosen.span.idle) {
      marked.path = criticalPath(lanes, chosen.span);
      text += `. ${describePath(marked.path)}`;
    } else if (!keepPath && chosen === null) marked.path = [];
    said.textContent = text;
    draw();
  }

  /** Choose the wait of a lane that has that place in its list, and show it with some room around. */
  function chooseWait(lane, place) {
    const row = polycoreRows.of(lane);
    const span = lanes[lane].waits[place];
    around(span.from, span.to);
    choose(thing(row, layersOf(row).find(({ kind }) => kind === "wait"), span));
  }

  function showLost() {
    const { from, to, lane, at } = polycoreTrace.lost;
    around(from, to);
    const row = polycoreRows.of(lane);
    const span = lanes[lane].accesses.find((one) => one.overwritten && one.from === at);
    choose(thing(row, layersOf(row).find(({ kind }) => kind === "access"), span), true);
  }

  function showDeadlock() {
    const [{ ms, members }] = polycoreTrace.deadlocks;
    const waits = members.map(({ lane }) => lanes[lane].waits.findLast(({ from }) => from <= ms));
    around(Math.min(...waits.map(({ from }) => from)), Math.max(...waits.map(({ to }) => to)));
    const row = polycoreRows.of(members[0].lane);
    choose(thing(row, layersOf(row).find(({ kind }) => kind === "wait"), waits[0]), true);
  }

  /** Show that time with some room around. */
  function around(from, to) {
    const room = (to - from) * 0.15;
    show(from - room, to + room);
  }

  // The mouse and the finger.
  const fingers = new Map();
  let moved = false;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    moved = false;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return hover(event);
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) return pinch(before, event);
    const by = before.clientX - event.clientX;
    if (!moved && Math.abs(by) < 3) {
      fingers.set(event.pointerId, before);
      return;
    }
    moved = true;
    tip.hidden = true;
    show(view.from + by * pixel(), view.to + by * pixel());
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => {
      const known = fingers.delete(event.pointerId);
      if (kind === "pointerup" && known && !moved) {
        choose(thingAt(event.offsetX, event.offsetY), true);
      }
    });
  }
  canvas.addEventListener("pointerleave", () => tip.hidden = true);

  function pinch(before, now) {
    moved = true;
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== now.pointerId);
    const apart = (event) => Math.max(20, Math.abs(event.clientX - other.clientX));
    const middle = (now.offsetX + other.offsetX) / 2;
    zoom(apart(before) / apart(now), middle);
  }

  function hover({ offsetX, offsetY }) {
    const found = thingAt(offsetX, offsetY);
    tip.hidden = found === null;
    canvas.classList.toggle("over", found !== null);
    if (found === null) return;
    tip.textContent = describe(found, view);
    const room = view.wide - tip.offsetWidth;
    tip.style.left = `${Math.max(0, Math.min(room, offsetX + 14))}px`;
    tip.style.top = `${offsetY + 18}px`;
  }

  // The wheel zooms where the reader has said so, by a click or a key; else the page scrolls.
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(event.deltaX / 1000);
    else zoom(Math.exp(Math.sign(event.deltaY) * 0.2), event.offsetX);
  }, { passive: false });

  function step(by) {
    const row = marked.chosen?.row ?? rows[0];
    if (!row) return;
    const { kind, span } = marked.chosen ?? {};
    const all = layersOf(row).filter((layer) => layer.kind !== "run" && layer.kind !== "access")
      .flatMap((layer) => layer.spans.map((span) => thing(row, layer, span)))
      .sort((a, b) => a.span.from - b.span.from || a.top - b.top);
    if (all.length === 0) return choose(wholeOf(row), true);
    const at = all.findIndex((one) => one.span === span && one.kind === kind);
    const seen = all.findIndex((one) => one.span.from >= view.from);
    const next = at === -1 ? Math.max(0, seen) : Math.min(all.length - 1, Math.max(0, at + by));
    const { from, to } = all[next].span;
    if (from < view.from || to > view.to) {
      const half = Math.max(length(), (to - from) * 1.3) / 2;
      show((from + to) / 2 - half, (from + to) / 2 + half);
    }
    choose(all[next], true);
  }

  function wholeOf(row) {
    if (row.kind === "strip") return { row, kind: "strip", span: null };
    const layer = { kind: "run", top: row.top, high: row.bar };
    return thing(row, layer, lanes[row.lanes[0]]);
  }

  function changeRow(by) {
    const at = rows.indexOf(marked.chosen?.row);
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!row) return;
    choose(wholeOf(row), true);
    if (row.kind === "strip") said.textContent = `${row.name}: who holds it`;
  }

  const keys = {
    "+": () => zoom(0.5),
    "=": () => zoom(0.5),
    "-": () => zoom(2),
    "0": () => show(0, end),
    Home: () => show(0, length()),
    End: () => show(end - length(), end),
    ArrowLeft: ({ shiftKey }) => shiftKey ? step(-1) : pan(-0.2),
    ArrowRight: ({ shiftKey }) => shiftKey ? step(1) : pan(0.2),
    ArrowUp: () => changeRow(-1),
    ArrowDown: () => changeRow(1),
    Escape: () => choose(null),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key](event);
  });

  const actions = {
    in: () => zoom(0.5),
    out: () => zoom(2),
    left: () => pan(-0.4),
    right: () => pan(0.4),
    all: () => show(0, end),
    lost: showLost,
    deadlock: showDeadlock,
  };
  for (const button of document.querySelectorAll("button[data-do]")) {
    button.addEventListener("click", () => actions[button.dataset.do]());
  }
  for (const button of document.querySelectorAll("button[data-wait]")) {
    button.addEventListener("click", () => {
      const [lane, place] = button.dataset.wait.split(" ").map(Number);
      chooseWait(lane, place);
      canvas.scrollIntoView({ block: "nearest" });
      canvas.focus({ preventScroll: true });
    });
  }

  document.body.classList.add("drawn");
  new ResizeObserver(fit).observe(canvas.parentElement);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  const first = canvas.dataset.wait?.split(" ").map(Number);
  if (first) marked.path = criticalPath(lanes, lanes[first[0]].waits[first[1]]);
  fit();
})();
