/**
 * What stands in one row of a picture: threads of successive parts of a run, or their locks, share one.
 * So a lesson that starts five philosophers six times has five rows of them.
 *
 * @module
 */
import type { Model, Span } from "./model.ts";

/** What may share a row. */
interface Part extends Span {
  readonly name: string;
}

/** The rows of the threads, each as their places in `lanes`. */
export function laneRows({ lanes }: Model): number[][] {
  return pack(lanes, (name) => name.replace(/\d+/g, "#"));
}

/** The rows of the locks, each as their numbers; only locks of one name share a row. */
export function lockRows({ held, objects }: Model): number[][] {
  const locks = [...held].map(([object, holds]) => ({
    object,
    name: objects[object]!.name,
    from: holds[0]!.from,
    to: holds.reduce((last, { to }) => Math.max(last, to), 0),
  }));
  return pack(locks, (name) => name).map((row) => row.map((at) => locks[at]!.object));
}

/**
 * Put each part into the first row where nothing of another time is in its way: best one of the same
 * name, else one whose names are alike.
 */
function pack(parts: readonly Part[], like: (name: string) => string): number[][] {
  const rows: number[][] = [];
  parts.forEach(({ name, from }, at) => {
    const free = rows.filter((row) => row.every((one) => parts[one]!.to <= from));
    const same = (as: (name: string) => string) =>
      free.find((row) => as(base(parts[row[0]!]!.name)) === as(base(name)));
    const row = same((name) => name) ?? same(like);
    if (row) row.push(at);
    else rows.push([at]);
  });
  return rows;
}

/** A name without its number among its copies. */
function base(name: string): string {
  return name.replace(/ \(\d+\)$/, "");
}

/** What is written in front of a row. */
export function rowName(names: readonly string[]): string {
  const [first] = names.map(base);
  return names.every((name) => base(name) === first) ? first! : `${first} …`;
}
