import { assertEquals } from "@std/assert";
import { modelOf } from "./model.ts";
import { laneRows, lockRows, rowName } from "./rows.ts";
import { TraceBuilder } from "./testing/trace_builder.ts";

const t = new TraceBuilder();
const names: string[] = [];
function thread(name: string, from: number, to: number): void {
  names.push(name);
  t.at(from, name, "begin").at(to, name, "end");
}
thread("main", 0, 100);
thread("P1", 1, 9);
thread("P2", 2, 10);
thread("P1 (2)", 20, 30);
thread("P2 (2)", 9.5, 30);
thread("Worker-1", 40, 50);
thread("Worker-2", 40, 50);
thread("Worker-3", 60, 70);
const forks = ["fork A", "fork B", "fork A (2)", "fork A (3)"].map((name) =>
  t.object("Lock", name)
);
forks.forEach((fork, i) => {
  const from = [1, 2, 20, 5][i]!;
  t.at(from, "main", "acquire", fork).at(from + 5, "main", "release", fork);
});
const model = modelOf(t.trace());

Deno.test("laneRows() lets threads of other times and like names share a row", () => {
  const rows = laneRows(model).map((row) => row.map((lane) => names[lane]));
  assertEquals(rows, [
    ["main"],
    ["P1", "P1 (2)"],
    ["P2"], // P2 (2) began before this one had ended
    ["P2 (2)"],
    ["Worker-1", "Worker-3"],
    ["Worker-2"],
  ]);
});

Deno.test("lockRows() lets locks of one name share a row, if not held at once", () => {
  const rows = lockRows(model).map((row) => row.map((object) => model.objects[object]!.name));
  assertEquals(rows, [["fork A", "fork A (2)"], ["fork B"], ["fork A (3)"]]);
});

Deno.test("rowName() has the number out of the way", () => {
  assertEquals(rowName(["P1", "P1 (2)"]), "P1");
  assertEquals(rowName(["Worker-1", "Worker-3"]), "Worker-1 …");
});
