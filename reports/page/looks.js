// How each part of a chart is told from the others: by colour, and by shape, dash or pattern as well.
globalThis.polycoreLooks = (() => {
  const looks = {
    pool: { color: "--pool", pointStyle: "circle", pointRadius: 4, borderWidth: 2, order: 2 },
    // Hollow and in front, so that a line below is still seen where both meet.
    serial: {
      color: "--serial",
      hollow: true,
      pointStyle: "rectRot",
      pointRadius: 7,
      borderWidth: 2,
      borderDash: [8, 4],
      order: 1,
    },
    published: {
      color: "--published",
      hollow: true,
      pointStyle: "triangle",
      pointRadius: 7,
      borderWidth: 2,
      borderDash: [3, 3],
      order: 1,
    },
    ideal: { color: "--muted", pointRadius: 0, borderWidth: 1.5, borderDash: [2, 4], order: 5 },
    amdahl: { color: "--amdahl", pointRadius: 0, borderWidth: 1.5, order: 4 },
    usl: { color: "--usl", pointRadius: 0, borderWidth: 1.5, borderDash: [9, 3, 2, 3], order: 3 },
    gustafson: { color: "--amdahl", pointRadius: 0, borderWidth: 1.5, order: 4 },
    sample: { color: "--sample", pointStyle: "circle", pointRadius: 2, showLine: false, order: 4 },
    mild: {
      color: "--serial",
      hollow: true,
      pointStyle: "rectRot",
      pointRadius: 4,
      borderWidth: 1.5,
      showLine: false,
      order: 3,
    },
    severe: {
      color: "--published",
      pointStyle: "triangle",
      pointRadius: 5,
      showLine: false,
      order: 2,
    },
    median: { color: "--text", pointRadius: 0, borderWidth: 1.5, order: 1 },
    busy: { color: "--pool" },
    waiting: { color: "--serial", pattern: "lines" },
    communicating: { color: "--published", pattern: "dots" },
    idle: { color: "--idle" },
  };
  const shapes = ["circle", "rect", "triangle", "rectRot", "crossRot", "cross"];

  /** A node's colour and shape come in turns; its dash tells the second round from the first. */
  function node(i) {
    return {
      color: `--node${i % shapes.length}`,
      pointStyle: shapes[i % shapes.length],
      pointRadius: 5,
      borderWidth: 1.5,
      borderDash: i < shapes.length ? [] : [6, 3],
      order: 2,
    };
  }

  function of(role) {
    return looks[role] ?? node(Number(role.slice("node".length)));
  }

  /** A fill that is told from others without its colour. */
  function fill(look, color, back) {
    if (look.hollow) return "transparent";
    if (!look.pattern) return color;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const ctx = tile.getContext("2d");
    ctx.fillStyle = back;
    ctx.fillRect(0, 0, 8, 8);
    ctx.fillStyle = ctx.strokeStyle = color;
    ctx.lineWidth = 2;
    if (look.pattern === "lines") {
      ctx.beginPath();
      for (const shift of [-8, 0, 8]) {
        ctx.moveTo(shift, 8);
        ctx.lineTo(shift + 8, 0);
      }
      ctx.stroke();
    } else {
      ctx.fillRect(1, 1, 3, 3);
      ctx.fillRect(5, 5, 3, 3);
    }
    return ctx.createPattern(tile, "repeat");
  }

  return { of, fill };
})();
