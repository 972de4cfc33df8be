// Draws the picture for one view. Spans that are narrower than a pixel are drawn together, so that it
// does not matter how many there are.
globalThis.polycorePaint = (() => {
  const { lanes, messages, deadlocks } = polycoreTrace;
  const { all: rows, AXIS, HOLD, TICKS, bottom, height } = polycoreRows;
  const MOST_ARROWS = 400;
  const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

  /** The colours as the style sheet has them now. */
  function colours() {
    const style = getComputedStyle(document.documentElement);
    const css = (name) => style.getPropertyValue(`--${name}`).trim();
    const names = ["card", "text", "soft", "line", "pool", "serial", "amdahl", "published", "usl"];
    const found = Object.fromEntries([...names, "bad", "muted"].map((name) => [name, css(name)]));
    return { ...found, node: [0, 1, 2, 3, 4, 5].map((n) => css(`node${n}`)) };
  }

  /**
   * @param canvas Where to draw.
   * @param view The times at both ends, the width of the names, the width of the whole.
   * @param marked What is chosen, and the critical path.
   */
  function paint(canvas, view, { chosen, path }) {
    const ratio = devicePixelRatio;
    const { left, wide } = view;
    canvas.width = Math.round(wide * ratio);
    canvas.height = Math.round(height * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const css = colours();
    const plot = Math.max(1, wide - left);
    const x = (ms) => left + (ms - view.from) / (view.to - view.from || 1) * plot;
    const blocksOf = (spans) =>
      aggregate(
        spans,
        { from: view.from, to: view.to, width: plot },
        firstFrom(spans.reach, view.from),
      );

    ctx.textBaseline = "middle";
    axis();
    for (const row of rows) row.kind === "lanes" ? laneRow(row) : strip(row);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, 0, plot, height);
    ctx.clip();
    arrows();
    drawPath();
    crosses();
    outline();
    ctx.restore();

    function axis() {
      const { ticks } = timeAxis(view.from, view.to, Math.max(3, plot / 90));
      ctx.font = `11px ${FONT}`;
      ctx.textAlign = "center";
      for (const { ms, label } of ticks) {
        const at = Math.round(x(ms)) + 0.5;
        ctx.fillStyle = css.line;
        ctx.fillRect(at - 0.5, AXIS - 4, 1, bottom - AXIS + 4);
        ctx.fillStyle = css.soft;
        const half = ctx.measureText(label).width / 2;
        const middle = Math.min(wide - half, Math.max(left + half, at));
        ctx.fillText(label, middle, AXIS / 2);
        if (height > 400) ctx.fillText(label, middle, bottom + AXIS / 2);
      }
    }

    function name(row, top, colour) {
      ctx.font = `${chosen?.row === row ? "600 " : ""}12px ${FONT}`;
      ctx.textAlign = "left";
      ctx.fillStyle = css.text;
      ctx.fillText(shortName(row.name, left - 16), 0, top);
      if (colour === null) return;
      ctx.fillStyle = colour;
      ctx.fillRect(left - 7, top - 8, 3, 16);
    }

    /** Names differ in their ends, so what is left out is before that. */
    function shortName(text, room) {
      const tail = text.slice(-4);
      return ctx.measureText(text).width <= room
        ? text
        : fitting(text.slice(0, -4), room - ctx.measureText(tail).width) + tail;
    }

    /** As much of a text as there is room for. */
    function fitting(text, room) {
      if (ctx.measureText(text).width <= room) return text;
      let length = text.length;
      while (length > 1 && ctx.measureText(`${text.slice(0, length)}…`).width > room) length--;
      return length > 1 ? `${text.slice(0, length)}…` : "";
    }

    function bars(spans, top, high, colour, strength, label) {
      for (const { x: at, width, fill, single, at: place } of blocksOf(spans)) {
        ctx.globalAlpha = strength * (0.35 + 0.65 * fill);
        ctx.fillStyle = colour;
        // Neighbours are told apart by a gap, where there is room for one.
        const gap = single && width > 4 ? 1 : 0;
        ctx.fillRect(left + at, top, Math.max(width - gap, 0.75), high);
        ctx.globalAlpha = 1;
        if (label === undefined || !single || width < 30) continue;
        const shown = fitting(label(spans[place]), width - 8);
        if (shown.length < 3) continue;
        ctx.fillStyle = strength < 1 ? css.text : css.card;
        ctx.fillText(shown, left + at + 4, top + high / 2 + 0.5);
      }
    }

    function laneRow(row) {
      const { top, bar, holdsTop, heldIn, ticksTop } = row;
      name(row, top + bar / 2, colourOf(row));
      ctx.font = `11px ${FONT}`;
      ctx.textAlign = "left";
      const { object } = polycoreWords;
      const several = row.lanes.length > 1;
      bars(row.bare, top, bar, css.pool, 0.28, several ? ({ name }) => name : undefined);
      bars(row.working, top, bar, css.pool, 1, ({ number }) => `task ${number}`);
      bars(row.idle, top + bar / 2 - 2, 4, css.muted, 0.3);
      bars(
        row.blocked,
        top + 2,
        bar - 4,
        css.serial,
        1,
        (wait) => `waits for ${object(wait.object)}`,
      );
      heldIn.forEach((spans, n) => bars(spans, holdsTop + n * HOLD, HOLD - 1.5, css.amdahl, 1));
      if (row.accesses.length > 0) accesses(row, ticksTop);
    }

    /** Reads and writes: with their values where there is room, else as ticks. */
    function accesses(row, top) {
      const all = row.accesses;
      const first = firstFrom(all.reach, view.from);
      const seen = firstFrom(all.reach, view.to) - first;
      if (seen * 38 > plot) {
        bars(row.reads, top + 4, TICKS - 8, css.muted, 0.8);
        bars(row.writes, top + 2, TICKS - 4, css.text, 0.8);
        for (const { x: at, width } of blocksOf(row.lost)) {
          ctx.fillStyle = css.bad;
          ctx.fillRect(left + at - 0.5, top, Math.max(width, 2), TICKS);
        }
        return;
      }
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, 0, plot, height);
      ctx.clip();
      all.slice(first, first + seen).forEach((access, i) => {
        const { from, write, value, overwritten, overwrites } = access;
        const bad = overwritten || overwrites;
        ctx.fillStyle = bad ? css.bad : write ? css.text : css.soft;
        ctx.fillRect(x(from) - 0.75, top - 1, write ? 2 : 1, TICKS + 1);
        ctx.font = `${bad ? "600 " : ""}11px ${FONT}`;
        const number = Number.isInteger(value) ? value : Number(value?.toPrecision(5));
        const text = `${write ? "w" : "r"} ${number}`;
        const { width } = ctx.measureText(text);
        const next = i + 1 < seen ? x(all[first + i + 1].from) : wide;
        if (x(from) + 6 + width > next) return; // no room for it
        ctx.fillText(text, x(from) + 4, top + TICKS / 2 + 1);
        if (overwritten) ctx.fillRect(x(from) + 3, top + TICKS / 2, width + 2, 1.5);
      });
      ctx.restore();
    }

    function strip(row) {
      const { top, bottom: end, places } = row;
      name(row, (top + end) / 2, null);
      ctx.font = `11px ${FONT}`;
      ctx.textAlign = "left";
      const high = (end - top) / places;
      for (const { lane, place, spans } of row.owners) {
        const label = high < 12 ? undefined : () => lanes[lane].name;
        const gap = places > 1 ? 0.75 : 0;
        const colour = colourOf(polycoreRows.of(lane));
        bars(spans, top + place * high, high - gap, colour, 1, label);
      }
    }

    /** The colour of the threads in a row; they come in turns. */
    function colourOf({ place }) {
      return css.node[place % css.node.length];
    }

    function arrows() {
      ctx.strokeStyle = ctx.fillStyle = css.published;
      ctx.lineWidth = 1.25;
      for (const { x1, y1, x2, y2 } of arrowsIn(view)) {
        ctx.beginPath();
        ctx.moveTo(x1, y1);
        ctx.lineTo(x2, y2);
        ctx.stroke();
        const angle = Math.atan2(y2 - y1, x2 - x1);
        ctx.beginPath();
        ctx.moveTo(x2, y2);
        for (const turn of [-0.4, 0.4]) {
          ctx.lineTo(x2 - 7 * Math.cos(angle + turn), y2 - 7 * Math.sin(angle + turn));
        }
        ctx.fill();
      }
    }

    function drawPath() {
      if (path.length === 0) return;
      ctx.strokeStyle = css.usl;
      ctx.lineWidth = 3;
      ctx.lineJoin = "round";
      ctx.beginPath();
      path.forEach(({ lane, from, to }, i) => {
        const row = polycoreRows.of(lane);
        const at = row.top + row.bar + 0.5;
        if (i === 0) ctx.moveTo(x(from), at);
        ctx.lineTo(x(from), at);
        ctx.lineTo(x(to), at);
      });
      ctx.stroke();
    }

    function crosses() {
      ctx.strokeStyle = css.bad;
      ctx.lineWidth = 2.5;
      const last = new Map();
      for (const { ms, members } of deadlocks) {
        for (const { lane } of members) {
          const row = polycoreRows.of(lane);
          const [at, middle] = [x(ms), row.top + row.bar / 2];
          if (at - (last.get(row) ?? -Infinity) < 18) continue; // one stands for those beside it
          last.set(row, at);
          ctx.strokeRect(at - 7, middle - 7, 14, 14);
          ctx.beginPath();
          ctx.moveTo(at - 4, middle - 4);
          ctx.lineTo(at + 4, middle + 4);
          ctx.moveTo(at + 4, middle - 4);
          ctx.lineTo(at - 4, middle + 4);
          ctx.stroke();
        }
      }
    }

    function outline() {
      if (!chosen?.span || chosen.top === undefined) return;
      const { span, top, high } = chosen;
      const [a, b] = [x(span.from), x(span.to)];
      ctx.strokeStyle = css.text;
      ctx.lineWidth = 2;
      ctx.strokeRect(a - 1, top - 1, Math.max(b - a, 1) + 2, high + 2);
    }
  }

  /** The messages of a view as arrows; none where there are too many to be told apart. */
  function arrowsIn(view) {
    const x = (ms) =>
      view.left + (ms - view.from) / (view.to - view.from || 1) * (view.wide - view.left);
    const seen = [];
    for (let at = firstFrom(messages.reach, view.from); at < messages.length; at++) {
      const message = messages[at];
      if (message.from > view.to) break;
      if (message.to < view.from || message.lane === message.receiver) continue;
      if (message.from < view.from && message.to > view.to) continue; // no end of it is seen
      if (seen.length === MOST_ARROWS) return [];
      const [a, b] = [polycoreRows.of(message.lane), polycoreRows.of(message.receiver)];
      const [y1, y2] = b.top > a.top ? [a.top + a.bar, b.top] : [a.top, b.top + b.bar];
      seen.push({ message, x1: x(message.from), y1, x2: x(message.to), y2 });
    }
    return seen;
  }

  return { paint, arrowsIn, height };
})();
