/**
 * The reports of several nodes beside each other: how far they lie apart, and which one is slow.
 *
 * @module
 */
import { LEAST_CHANGE } from "./analysis/compare.ts";
import { type Estimate, estimate } from "./analysis/statistics.ts";
import { formatList } from "./format.ts";
import type { Report } from "./schema.ts";
import { ReportError } from "./validate.ts";

/** The report of one node. */
export interface NodeReport {
  /** The node's name. */
  node: string;
  /** Its report. */
  report: Report;
}

/** All nodes on one number of workers. */
export interface NodeRow {
  /** Number of workers. */
  workers: number;
  /** The time of each node in milliseconds, in the order of the nodes; `null` where not measured. */
  times: (Estimate | null)[];
  /** How much longer the slowest node took than the fastest, as a share; `null` with one node. */
  spread: number | null;
  /** Places of the nodes that are slower than the others for sure. */
  slow: number[];
}

/** One kernel on all nodes. */
export interface NodeKernel {
  /** The kernel's short name. */
  name: string;
  /** The kernel's name in words. */
  title: string;
  /** One row for each number of workers, ascending. */
  rows: NodeRow[];
}

/**
 * Give each report the name of its node.
 *
 * @param reports The reports.
 * @returns The nodes; a second report of a node gets a number.
 *
 * @example Usage
 * ```ts
 * import { nameNodes } from "@polycore/reports";
 *
 * console.log(nameNodes([]).length); // 0
 * ```
 */
export function nameNodes(reports: readonly Report[]): NodeReport[] {
  const seen = new Map<string, number>();
  return reports.map((report) => {
    const name = report.machine.slurm?.SLURMD_NODENAME ?? report.machine.host ?? "unknown host";
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { node: times === 1 ? name : `${name} (${times})`, report };
  });
}

/**
 * Set the nodes beside each other.
 *
 * A node is slow where its whole interval lies more than {@linkcode LEAST_CHANGE} above the median of
 * the others' medians.
 *
 * @param nodes The nodes.
 * @returns The kernels.
 * @throws {ReportError} If there is none, or if they did not measure the same problems.
 *
 * @example Usage
 * ```ts
 * import { compareNodes, nameNodes, type Report } from "@polycore/reports";
 *
 * function slowNodes(reports: Report[]): string[] {
 *   const nodes = nameNodes(reports);
 *   return compareNodes(nodes).flatMap(({ rows }) =>
 *     rows.flatMap(({ slow }) => slow.map((place) => nodes[place].node))
 *   );
 * }
 * ```
 */
export function compareNodes(nodes: readonly NodeReport[]): NodeKernel[] {
  if (nodes.length === 0) throw new ReportError("Cannot merge reports: none is named");
  requireSameProblems(nodes);
  return nodes[0].report.kernels.map(({ name, title }) => {
    const kernels = nodes.map(({ report }) =>
      report.kernels.find((kernel) => kernel.name === name)!
    );
    const workers = new Set(kernels.flatMap(({ runs }) => runs.map((run) => run.workers)));
    const rows = [...workers].sort((a, b) => a - b).map((n) =>
      rowOf(
        n,
        kernels.map(({ runs }) => {
          const run = runs.find((run) => run.workers === n);
          return run ? estimate(run.samplesMs) : null;
        }),
      )
    );
    return { name, title, rows };
  });
}

function rowOf(workers: number, times: (Estimate | null)[]): NodeRow {
  const medians = times.flatMap((time) => time ? [time.median] : []);
  const slow = times.flatMap((time, place) => {
    const others = times.flatMap((other, i) => other && i !== place ? [other.median] : []);
    if (time === null || time.low === null || others.length === 0) return [];
    return time.low > (1 + LEAST_CHANGE) * estimate(others).median ? [place] : [];
  });
  const spread = medians.length < 2 ? null : Math.max(...medians) / Math.min(...medians) - 1;
  return { workers, times, spread, slow };
}

function requireSameProblems(nodes: readonly NodeReport[]): void {
  const [first, ...others] = nodes;
  const names = ({ report }: NodeReport) => report.kernels.map(({ name }) => name);
  const list = (node: NodeReport) => formatList(names(node)) || "none";
  for (const other of others) {
    const different = [...names(first)].sort().join() !== [...names(other)].sort().join();
    if (different) {
      throw new ReportError(
        `Cannot merge reports of different kernels: "${first.node}" has ${list(first)}, and ` +
          `"${other.node}" has ${list(other)}`,
      );
    }
    for (const kernel of first.report.kernels) {
      const same = other.report.kernels.find(({ name }) => name === kernel.name)!;
      for (
        const [key, word] of [["size", "sizes"], ["unit", "units"], [
          "variant",
          "variants",
        ]] as const
      ) {
        if (kernel[key] !== same[key]) {
          throw new ReportError(
            `Cannot merge reports of different ${word}: ${kernel.name} has ${kernel[key]} on ` +
              `"${first.node}" and ${same[key]} on "${other.node}"`,
          );
        }
      }
    }
  }
}
