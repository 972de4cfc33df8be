// Draws the charts of a report from the data in the page, and keeps them fit for dark mode and for
// paper.
(() => {
  const data = (id) => JSON.parse(document.getElementById(id).textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** How each part of a chart is told from the others: by colour, and by shape or dash as well. */
  const looks = {
    pool: { color: "--pool", pointStyle: "circle", pointRadius: 4.5, borderWidth: 2, order: 2 },
    // Hollow and in front, so that a line below is still seen where both meet.
    serial: {
      color: "--serial",
      hollow: true,
      pointStyle: "rectRot",
      pointRadius: 8,
      borderWidth: 2,
      borderDash: [8, 4],
      order: 1,
    },
    published: {
      color: "--published",
      hollow: true,
      pointStyle: "triangle",
      pointRadius: 8,
      borderWidth: 2,
      borderDash: [3, 3],
      order: 1,
    },
    ideal: { color: "--muted", pointRadius: 0, borderWidth: 1.5, borderDash: [2, 4], order: 3 },
    sample: {
      color: "--sample",
      pointStyle: "crossRot",
      pointRadius: 3,
      showLine: false,
      order: 4,
    },
  };

  function dataset({ name, role, points }) {
    const look = looks[role];
    return {
      ...look,
      label: name,
      role,
      data: points,
      parsing: false,
      tension: 0,
      // A point at the edge of the chart is drawn whole.
      clip: 10,
      // Points that only carry a line have nothing to say and are not drawn.
      pointRadius: points.map((point) => point.label || role === "sample" ? look.pointRadius : 0),
      pointHoverRadius: points.map((point) => point.label ? look.pointRadius + 2 : 0),
      pointHitRadius: points.map((point) => point.label ? 10 : 0),
    };
  }

  function axis({ scale, min, max, ticks }, title, grid) {
    const labels = new Map(ticks.map((tick) => [tick.value, tick.label]));
    return {
      type: scale,
      min,
      max,
      title: { display: true, text: title },
      grid: { display: grid },
      afterBuildTicks: (axis) => axis.ticks = ticks.map(({ value }) => ({ value })),
      ticks: { callback: (value) => labels.get(value) ?? "", autoSkipPadding: 8, maxRotation: 0 },
    };
  }

  function draw(spec) {
    return new Chart(document.getElementById(spec.id), {
      type: "line",
      data: { datasets: spec.series.map(dataset) },
      options: {
        animation: false,
        maintainAspectRatio: false,
        devicePixelRatio: Math.max(2, devicePixelRatio),
        layout: { padding: { top: 8, right: 10 } },
        interaction: { mode: "nearest", intersect: true },
        scales: {
          x: axis(spec.x, spec.axes.x, false),
          y: axis(spec.y, spec.axes.y, true),
        },
        plugins: {
          zones: { zones: spec.zones },
          // The legend is part of the page, so that it wraps, prints and is read aloud.
          legend: { display: false },
          tooltip: {
            displayColors: false,
            yAlign: "bottom",
            caretPadding: 10,
            filter: (item) => item.raw.label !== undefined,
            callbacks: { title: () => "", label: (item) => item.raw.label.split("\n") },
          },
        },
      },
    });
  }

  /** Give every chart the colours of the style sheet as it is now. */
  function paint(charts) {
    Chart.defaults.color = css("--text");
    Chart.defaults.borderColor = css("--grid");
    for (const chart of charts) {
      for (const set of chart.data.datasets) {
        const color = css(looks[set.role].color);
        set.borderColor = color;
        set.backgroundColor = looks[set.role].hollow ? "transparent" : color;
      }
      for (const scale of Object.values(chart.options.scales)) {
        scale.title.color = css("--soft");
        scale.ticks.color = css("--soft");
        scale.grid.color = css("--grid");
      }
      chart.options.plugins.zones.fill = css("--zone");
      chart.update("none");
    }
  }

  /** Paper is always light, and as wide as two charts. */
  function print(charts, printing) {
    const root = document.documentElement;
    if (root.classList.contains("paper") === printing) return;
    root.classList.toggle("paper", printing);
    for (const details of document.querySelectorAll("details.print")) details.open ||= printing;
    for (const chart of charts) {
      if (printing) chart.resize(330, 270);
      else chart.resize();
    }
    paint(charts);
  }

  function offer(id, name, type, text) {
    const button = document.getElementById(id);
    button.hidden = false;
    button.addEventListener("click", () => {
      const url = URL.createObjectURL(new Blob([text()], { type }));
      Object.assign(document.createElement("a"), { href: url, download: name }).click();
      URL.revokeObjectURL(url);
    });
  }

  /** One line for each sample: what was run, on how many workers, how long it took. */
  function csv({ kernels }) {
    const lines = kernels.flatMap(({ name, runs, baseLines }) => [
      ...baseLines.flatMap((line) => line.samplesMs.map((ms) => [name, line.name, "", ms])),
      ...runs.flatMap((run) => run.samplesMs.map((ms) => [name, "pool", run.workers, ms])),
    ]);
    const quote = (cell) => `"${String(cell).replaceAll('"', '""')}"`;
    return [["kernel", "program", "workers", "ms"], ...lines]
      .map((line) => line.map(quote).join(",") + "\n").join("");
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const report = data("report");
  const charts = data("charts").map(draw);
  paint(charts);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(charts));
  matchMedia("print").addEventListener("change", (event) => print(charts, event.matches));
  addEventListener("beforeprint", () => print(charts, true));
  addEventListener("afterprint", () => print(charts, false));
  const name = document.documentElement.dataset.name;
  offer("save-json", `${name}.json`, "application/json", () => JSON.stringify(report, null, 2));
  offer("save-csv", `${name}.csv`, "text/csv", () => csv(report));
})();
