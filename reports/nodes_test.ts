import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compareNodes, nameNodes } from "./nodes.ts";
import { renderMerge } from "./page/merge_page.ts";
import { syntheticReport } from "./synthetic_report.ts";
import { ReportError } from "./validate.ts";

const on = (host: string, oneMs: number, model = {}) =>
  syntheticReport(4, [1, 2, 4], { host }, { oneMs, ...model });

Deno.test("compareNodes() measures the spread and names the slow node", () => {
  const [pi] = compareNodes(nameNodes([on("a", 1000), on("b", 1000, { seed: 3 }), on("c", 1300)]));
  assertEquals(pi.rows.map(({ workers, slow }) => [workers, slow]), [[1, [2]], [2, [2]], [4, [2]]]);
  assertAlmostEquals(pi.rows[0].spread!, 0.3, 0.03);
});

Deno.test("compareNodes() names no node that may be as fast, or that has too few samples", () => {
  const alike = compareNodes(nameNodes([on("a", 1000), on("b", 1040)]));
  const few = compareNodes(nameNodes([on("a", 1000), on("b", 1300, { samples: 3 })]));
  const one = compareNodes(nameNodes([on("a", 1000)]));
  for (const { rows } of [...alike, ...few, ...one]) {
    for (const { slow } of rows) assertEquals(slow, []);
  }
  assertEquals(one[0].rows[0].spread, null);
});

Deno.test("compareNodes() bears nodes with other numbers of workers", () => {
  const small = syntheticReport(2, [1, 2], { host: "b" });
  const [{ rows }] = compareNodes(nameNodes([on("a", 1000), small]));
  assertEquals(rows.map(({ times }) => times.map((time) => time !== null)), [
    [true, true],
    [true, true],
    [true, false],
  ]);
  assertEquals(rows[2].spread, null);
});

Deno.test("nameNodes() takes Slurm's name first, and tells two reports of a node apart", () => {
  const slurm = { SLURMD_NODENAME: "n7" };
  const reports = [on("a", 1), on("a", 1), syntheticReport(1, [1], { slurm })];
  assertEquals(nameNodes(reports).map(({ node }) => node), ["a", "a (2)", "n7"]);
});

Deno.test("compareNodes() refuses other kernels and other sizes in one sentence", () => {
  const cut = on("b", 1000);
  cut.kernels.pop();
  const error = assertThrows(() => compareNodes(nameNodes([on("a", 1000), cut])), ReportError);
  assertEquals(
    error.message,
    'Cannot merge reports of different kernels: "a" has monte-carlo-pi and dot-product, and "b" ' +
      "has monte-carlo-pi",
  );
  assertThrows(
    () => compareNodes(nameNodes([on("a", 1000), on("b", 1000, { size: 5 })])),
    ReportError,
    'Cannot merge reports of different sizes: monte-carlo-pi has 1000000000 on "a" and 5 on "b"',
  );
});

Deno.test("renderMerge() gives the same bytes, and tells of slow and incomplete nodes", () => {
  const nodes = () =>
    nameNodes([on("a", 1000), on("b", 1000), { ...on("c", 1300), complete: false }]);
  const html = renderMerge(nodes(), "job");
  assertEquals(renderMerge(nodes(), "job"), html);
  for (
    const part of ["Slower than the others: c.", "The run on c", ", slow</span>", "node-times"]
  ) {
    assertEquals(html.includes(part), true, part);
  }
});
