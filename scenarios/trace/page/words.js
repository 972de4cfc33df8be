// Says what a thing in the picture is.
globalThis.polycoreWords = (() => {
  const { lanes, objects } = polycoreTrace;

  /** The same as in the sentences of the page. */
  function duration(ms) {
    const [value, unit] = ms >= 1000
      ? [ms / 1000, "s"]
      : ms >= 1
      ? [ms, "ms"]
      : ms >= 1e-3
      ? [ms * 1e3, "µs"]
      : [ms * 1e6, "ns"];
    return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${unit}`;
  }

  /** A moment, as exact as the view is. */
  function moment(ms, view) {
    const digits = Math.min(6, Math.max(1, Math.ceil(3 - Math.log10(view.to - view.from || 1))));
    return `${ms.toFixed(digits)} ms`;
  }

  const object = (number) => number === -1 ? "something to do" : objects[number].name;
  const plural = (many, one) => `${many.toLocaleString("en-US")} ${one}${many === 1 ? "" : "s"}`;

  /** What is to be said of the kinds of things, without when. */
  const say = {
    run: () => "runs",
    task: ({ number }) => `runs task ${number}`,
    wait: (wait) =>
      (wait.idle ? "waits for something to do" : `waits for ${object(wait.object)}`) +
      (wait.deadlock ? ", in a deadlock" : "") +
      (wait.open ? ", until the recording ended" : "") +
      (wait.waker && !wait.idle ? `, until ${lanes[wait.waker.lane].name} let it go on` : ""),
    hold: (hold) => `holds ${object(hold.object)}`,
    access: ({ write, object: number, value, overwritten, overwrites }) =>
      `${write ? "writes" : "reads"} ${object(number)}: ${value}` +
      (overwritten
        ? ", an update that is lost: another thread had read the value before"
        : overwrites
        ? ", over updates that it has not seen"
        : ""),
  };

  /** One thing in a sentence. */
  function describe({ kind, lane, span, many }, view) {
    const { name } = lanes[lane];
    const since = moment(span.from, view);
    if (kind === "message") {
      return `${name} sends message ${span.number} of ${object(span.object)} at ${since}; ` +
        `${lanes[span.receiver].name} receives it ${duration(span.to - span.from)} later`;
    }
    const long = span.to > span.from ? ` for ${duration(span.to - span.from)}` : "";
    const more = many > 1 ? ` (and ${plural(many - 1, "more")} here: zoom in)` : "";
    const [what, ...rest] = say[kind](span).split(", ");
    const after = rest.map((words) => `, ${words}`).join("");
    return `${name} ${what}${long} at ${since}${after}${more}`;
  }

  /** The steps of a critical path in a sentence. */
  function describePath(steps) {
    const words = steps.map(({ lane, from, to, what, object: number }) => {
      const { name } = lanes[lane];
      const how = what === "sleeps" ? `waits for ${object(number)}` : what;
      return `${name} ${from < lanes[lane].from ? "starts" : how} (${duration(to - from)})`;
    });
    const shown = words.slice(-8);
    const left = words.length - shown.length;
    const before = left > 0 ? `after ${plural(left, "step")} before: ` : "";
    return `Critical path: ${before}${shown.join(", ")}.`;
  }

  return { duration, moment, describe, describePath, object };
})();
