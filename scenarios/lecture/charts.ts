/**
 * Charts from the tables of a run.
 *
 * @module
 */
import {
  type Axis,
  type Chart,
  linearAxis,
  logAxis,
  type Point,
  type Role,
  type Series,
} from "@polycore/reports/page";
import { number } from "../layout.ts";
import type { Cell, Outcome, Table } from "../scenario.ts";
import { type Picture, pictures } from "./pictures.ts";

/** The charts of a scenario; one whose columns are not there, or hold no numbers, is left out. */
export function chartsOf(id: string, outcome: Outcome): Chart[] {
  const table = outcome.answer.find((block) => typeof block !== "string");
  if (table === undefined || typeof table === "string") return [];
  return (pictures[id] ?? []).flatMap((picture, i) => {
    const chart = draw(`chart-${id}-${i + 1}`, picture, table);
    return chart === null ? [] : [chart];
  });
}

/** Draw one table; null where it lacks a column or has no numbers. */
export function draw(id: string, picture: Picture, table: Table): Chart | null {
  const place = (column: string | number) =>
    typeof column === "number" ? column : table.columns.indexOf(column);
  const over = picture.over.map(place);
  const values = picture.series.map(({ column }) => place(column));
  if ([...over, ...values].some((i) => i < 0 || i >= table.columns.length)) return null;
  const series = picture.kind === "rows" ? rowSeries() : lineSeries();
  if (series.length === 0) return null;
  const { title, kind, unit } = picture;
  const said = series.map(({ name, points }) =>
    `${name}: ${points.flatMap(({ label }) => label === undefined ? [] : [label]).join(", ")}`
  );
  const [x, y] = kind === "rows" ? rowAxes() : lineAxes();
  return {
    id,
    kind,
    title,
    description: `${title}, in ${unit}. ${said.join("; ")}`,
    axes: kind === "rows" ? { x: unit, y: "" } : { x: String(picture.over[0]), y: unit },
    x,
    y,
    series,
    zones: [],
    note: null,
  };

  function rowSeries(): Series[] {
    return picture.series.flatMap(({ name, role }, k) => {
      const points = table.rows.flatMap((row, i): Point[] => {
        const value = numberOf(row[values[k]!]);
        if (value === null) return [];
        return [{ x: value, y: -i, label: `${nameOf(row)}: ${number(value)}` }];
      });
      return points.length === 0 ? [] : [{ name, role, points }];
    });
  }

  function lineSeries(): Series[] {
    const by = picture.split === undefined ? -1 : place(picture.split);
    const groups = Map.groupBy(table.rows, (row) => by < 0 ? "" : String(row[by]));
    return [...groups].flatMap(([group, rows], g) =>
      picture.series.flatMap(({ name, role }, k): Series[] => {
        const points = rows.flatMap((row): Point[] => {
          const [at, value] = [numberOf(row[over[0]!]), numberOf(row[values[k]!])];
          if (at === null || value === null) return [];
          const label = `${picture.over[0]} ${number(at)}: ${number(value)}`;
          return [role === "ideal" ? { x: at, y: value } : { x: at, y: value, label }];
        });
        const full = group === "" ? name : `${group} ${picture.split}, ${name}`;
        // The lines of the second group differ from those of the first.
        const own: Role = g === 0 ? role : role === "pool" ? "serial" : "amdahl";
        return points.length === 0 ? [] : [{ name: full, role: own, points }];
      })
    );
  }

  function nameOf(row: readonly Cell[]): string {
    return over.map((i) => {
      const cell = row[i] ?? "";
      const text = typeof cell === "number" ? number(cell) : String(cell);
      return typeof cell === "number" ? `${table.columns[i]} ${text}` : text;
    }).join(", ");
  }

  function rowAxes(): [Axis, Axis] {
    const most = Math.max(...series.flatMap(({ points }) => points.map(({ x }) => x)));
    const ticks = table.rows.map((row, i) => ({ value: -i || 0, label: broken(nameOf(row)) }));
    const y: Axis = { scale: "linear", min: 0.5 - table.rows.length, max: 0.5, ticks };
    return [linearAxis(most || 1, mark), y];
  }

  function lineAxes(): [Axis, Axis] {
    const points = series.flatMap(({ points }) => points);
    const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
    const ys = points.map(({ y }) => y);
    const [first, last] = [xs[0]!, xs.at(-1)!];
    const ticks = xs.map((value) => ({ value, label: mark(value) }));
    const x: Axis = picture.log === undefined
      ? { scale: "linear", min: 0, max: last * 1.06, ticks }
      : { scale: "logarithmic", min: first / 1.5, max: last * 1.5, ticks };
    const y = picture.log === "both"
      ? logAxis(Math.min(...ys), Math.max(...ys), mark)
      : linearAxis(Math.max(...ys), mark);
    return [x, y];
  }
}

/** A number on an axis: all of its digits, which are few. */
function mark(value: number): string {
  return value.toLocaleString("en-US");
}

/** A number of a table; "12.5 %" and "1.7 x" are some. */
function numberOf(cell: Cell | undefined): number | null {
  const value = typeof cell === "string" && /^-?\d[\d.]*(?: [%x])?$/.test(cell)
    ? parseFloat(cell)
    : cell;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A name in lines that leave room for the bars. */
function broken(name: string): string {
  const lines = [""];
  for (const word of name.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > 24) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}
