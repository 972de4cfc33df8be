// What Chart.js does not draw by itself: zones behind the lines, and the interval of each point.
(() => {
  /** Shade the part of the x axis where results mean something else; the legend says what. */
  const zones = {
    id: "zones",
    beforeDatasetsDraw({ ctx, chartArea, scales }, _args, options) {
      const { left, right, top, bottom } = chartArea;
      ctx.save();
      ctx.fillStyle = options.fill;
      for (const zone of options.zones ?? []) {
        const from = Math.max(left, scales.x.getPixelForValue(zone.from));
        ctx.fillRect(from, top, right - from, bottom - top);
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
            ctx.moveTo(at - 5, end);
            ctx.lineTo(at + 5, end);
          }
          ctx.stroke();
        }
      }
      ctx.restore();
    },
  };

  Chart.register(zones, intervals);
})();
