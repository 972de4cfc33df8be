// Draws the charts of a page from the data in it, each when it is first seen, and keeps them fit for
// dark mode and for paper.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const { polycoreLooks } = globalThis;
  const charts = new Map();

  function dataset({ name, role, points: places }) {
    const points = places.map((p) => Array.isArray(p) ? { x: p[0], y: p[1] } : p);
    const look = polycoreLooks.of(role);
    const color = css(look.color);
    return {
      ...look,
      borderColor: color,
      backgroundColor: polycoreLooks.fill(look, color, css("--card")),
      label: name,
      role,
      data: points,
      parsing: false,
      tension: 0,
      // A point at the edge of the chart is drawn whole.
      clip: 10,
      // Points that only carry a line have nothing to say and are not drawn.
      pointRadius: points.map((p) => p.label || role === "sample" ? look.pointRadius : 0),
      pointHoverRadius: points.map((p) => p.label ? look.pointRadius + 2 : 0),
      pointHitRadius: points.map((p) => p.label ? 10 : 0),
      segment: {
        borderColor: ({ p0DataIndex }) =>
          points[p0DataIndex].on === "gap" ? "transparent" : undefined,
        borderDash: ({ p0DataIndex }) => points[p0DataIndex].on === "beyond" ? [5, 5] : undefined,
      },
      categoryPercentage: 0.9,
      barPercentage: 0.9,
      maxBarThickness: 64,
    };
  }

  function axis({ scale, min, max, ticks }, title, grid, stacked) {
    const labels = new Map(ticks.map((tick) => [tick.value, tick.label]));
    return {
      type: scale,
      min,
      max,
      stacked,
      title: { display: title !== "", text: title, color: css("--soft") },
      grid: { display: grid, color: css("--grid") },
      border: { display: !grid, color: css("--line") },
      afterBuildTicks: (axis) => axis.ticks = ticks.map(({ value }) => ({ value })),
      ticks: {
        color: css("--soft"),
        callback: (value) => labels.get(value)?.split("\n") ?? "",
        autoSkip: labels.size > 12,
        autoSkipPadding: 8,
        maxRotation: 0,
        includeBounds: false,
      },
    };
  }

  function draw(spec) {
    const bars = spec.kind === "bars";
    const rows = spec.kind === "rows";
    return new Chart(document.getElementById(spec.id), {
      type: bars || rows ? "bar" : "line",
      data: { datasets: spec.series.map(dataset) },
      options: {
        animation: false,
        indexAxis: rows ? "y" : "x",
        maintainAspectRatio: false,
        devicePixelRatio: Math.max(2, devicePixelRatio),
        layout: { padding: { top: spec.zones.length > 0 ? 20 : 8, right: 10 } },
        interaction: { mode: "nearest", intersect: true },
        scales: {
          x: axis(spec.x, spec.axes.x, rows, bars),
          y: axis(spec.y, spec.axes.y, !rows, bars),
        },
        plugins: {
          zones: {
            zones: spec.zones,
            shared: css("--shared"),
            over: css("--over"),
            text: css("--soft"),
          },
          // The legend is part of the page, so that it wraps, prints and is read aloud.
          legend: { display: false },
          tooltip: {
            displayColors: false,
            yAlign: bars || rows ? undefined : "bottom",
            caretPadding: 10,
            filter: (item) => item.raw.label !== undefined,
            callbacks: { title: () => "", label: (item) => item.raw.label.split("\n") },
          },
        },
      },
    });
  }

  /** Draw what can be seen and is not yet drawn; what is folded away has no size to draw in. */
  function drawVisible() {
    for (const spec of specs) {
      const folded = document.getElementById(spec.id).closest("details:not([open])") !== null;
      if (folded || charts.has(spec.id)) continue;
      charts.set(spec.id, draw(spec));
    }
  }

  /** Draw anew, in the colours of the style sheet as it is now. */
  function drawAnew() {
    for (const chart of charts.values()) chart.destroy();
    charts.clear();
    drawVisible();
  }

  let openedForPaper = [];

  /** Paper is always light, and as wide as two charts; what is open is printed, and the figures. */
  function print(printing) {
    const root = document.documentElement;
    if (root.classList.contains("paper") === printing) return;
    root.classList.toggle("paper", printing);
    if (printing) {
      openedForPaper = [...document.querySelectorAll("details.print:not([open])")];
    }
    for (const details of openedForPaper) details.open = printing;
    drawAnew();
    if (printing) { for (const chart of charts.values()) chart.resize(330, 250); }
  }

  function openAll() {
    const button = document.getElementById("open-all");
    button.hidden = false;
    button.addEventListener("click", () => {
      const all = [...document.querySelectorAll("main details")];
      const open = all.some((details) => !details.open);
      for (const details of all) details.open = open;
      button.textContent = open ? "Close all details" : "Open all details";
    });
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const specs = JSON.parse(document.getElementById("charts").textContent);
  drawVisible();
  openAll();
  // A details element tells only itself that it was opened, so the page listens on the way down.
  addEventListener("toggle", drawVisible, true);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAnew);
  matchMedia("print").addEventListener("change", (event) => print(event.matches));
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
})();
