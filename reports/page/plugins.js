// What Chart.js does not draw by itself: zones behind the lines, and the interval of each point.
(() => {
  /** Shade the parts of the x axis where results mean something else, and name them above. */
  const zones = {
    id: "zones",
    beforeDatasetsDraw({ ctx, chartArea, scales }, _args, options) {
      const { left, right, top, bottom } = chartArea;
      ctx.save();
      ctx.font = `11px ${Chart.defaults.font.family}`;
      ctx.textBaseline = "bottom";
      for (const zone of options.zones ?? []) {
        const from = Math.max(left, scales.x.getPixelForValue(zone.from) || left);
        const to = zone.to === null ? right : Math.min(right, scales.x.getPixelForValue(zone.to));
        if (zone.kind !== "own") {
          ctx.fillStyle = options[zone.kind];
          ctx.fillRect(from, top, to - from, bottom - top);
        }
        ctx.fillStyle = options.text;
        // Where the name finds no room, the legend alone tells it.
        if (ctx.measureText(zone.label).width < to - from - 6) {
          ctx.fillText(zone.label, from + 4, top - 4);
        }
      }
      ctx.restore();
    },
  };

  /** Draw the interval of each point as a bar with two ends. */
  const intervals = {
    id: "intervals",
    beforeDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      ctx.save();
      ctx.lineWidth = 1.5;
      for (const dataset of chart.data.datasets) {
        ctx.strokeStyle = dataset.borderColor;
        for (const { x, interval } of dataset.data) {
          if (!interval) continue;
          const at = scales.x.getPixelForValue(x);
          const [low, high] = interval.map((y) => scales.y.getPixelForValue(y));
          ctx.beginPath();
          ctx.moveTo(at, low);
          ctx.lineTo(at, high);
          for (const end of [low, high]) {
            ctx.moveTo(at - 4, end);
            ctx.lineTo(at + 4, end);
          }
          ctx.stroke();
        }
      }
      ctx.restore();
    },
  };

  Chart.register(zones, intervals);
})();
