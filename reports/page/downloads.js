// The data of the page as files: all of it as JSON, and every raw sample as CSV.
(() => {
  const COLUMNS = [
    "host",
    "begun",
    "kernel",
    "part",
    "program",
    "workers",
    "size",
    "chunk_size",
    "units_per_task",
    "sample",
    "ms",
  ];

  /** One row for each sample, in the order of taking within each run. */
  function rowsOf({ machine, createdAt, startup, kernels }) {
    const rows = [];
    const add = (samples, cells) =>
      samples.forEach((ms, i) =>
        rows.push({ host: machine.host ?? "", begun: createdAt, ...cells, sample: i + 1, ms })
      );
    for (const { workers, samplesMs } of startup) {
      add(samplesMs, { part: "startup", program: "pool", workers });
    }
    for (const { name, size, baseLines, runs, weakRuns, chunkSweep, taskSweep } of kernels) {
      const own = { kernel: name, program: "pool", size };
      for (const line of baseLines) {
        const { name: program, threads } = line;
        add(line.samplesMs, { ...own, part: "baseline", program, workers: threads });
      }
      for (const run of runs) add(run.samplesMs, { ...own, part: "strong", workers: run.workers });
      for (const { workers, size, samplesMs } of weakRuns) {
        add(samplesMs, { ...own, part: "weak", workers, size });
      }
      for (const { chunkSize, samplesMs } of chunkSweep?.points ?? []) {
        const { workers } = chunkSweep;
        add(samplesMs, { ...own, part: "chunks", workers, chunk_size: chunkSize });
      }
      for (const { unitsPerTask, tasks, serialMs, poolMs } of taskSweep?.points ?? []) {
        const sweep = {
          ...own,
          part: "tasks",
          size: unitsPerTask * tasks,
          units_per_task: unitsPerTask,
        };
        add(serialMs, { ...sweep, program: "loop", workers: 1 });
        add(poolMs, { ...sweep, workers: taskSweep.workers });
      }
    }
    return rows;
  }

  function csv(reports) {
    const quote = (cell) => /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    const lines = reports.flatMap(rowsOf).map((row) =>
      COLUMNS.map((column) => quote(String(row[column] ?? ""))).join(",")
    );
    return [COLUMNS.join(","), ...lines, ""].join("\n");
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

  const data = JSON.parse(document.getElementById("report").textContent);
  const { name } = document.documentElement.dataset;
  offer("save-json", `${name}.json`, "application/json", () => JSON.stringify(data, null, 2));
  offer("save-csv", `${name}.csv`, "text/csv", () => csv([data].flat()));
})();
