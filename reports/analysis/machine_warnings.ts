/**
 * What the machine may have done to the figures, in words.
 *
 * @module
 */
import { formatList } from "../format.ts";
import type { Machine, Report, Settings } from "../schema.ts";

/**
 * List what the description of the machine tells. What could not be read says nothing.
 *
 * @param report The report.
 * @returns One sentence or two for each warning.
 *
 * @example Usage
 * ```ts
 * import { machineWarnings, type Report } from "@polycore/reports";
 *
 * const isQuiet = (report: Report) => machineWarnings(report).length === 0;
 * ```
 */
export function machineWarnings(report: Report): string[] {
  const { machine, settings } = report;
  return [
    ...tooManyWorkers(machine, settings),
    ...load(report),
    ...clock(machine),
    ...quota(machine),
    ...pinning(machine, settings),
  ];
}

function tooManyWorkers(machine: Machine, { cores }: Settings): string[] {
  const { allowedCores, physicalCores, logicalCores } = machine;
  const over = cores.filter((n) => allowedCores !== null && n > allowedCores);
  const shared = cores.filter((n) =>
    physicalCores !== null && logicalCores !== null && logicalCores > physicalCores &&
    n > physicalCores && !over.includes(n)
  );
  const list: string[] = [];
  if (over.length > 0) {
    const count = allowedCores === 1 ? "one core" : `${allowedCores} cores`;
    list.push(
      `More workers than cores: the program may use ${count}, so ${formatList(over)} workers ` +
        `take turns, and no further speedup can be expected of them.`,
    );
  }
  if (shared.length > 0) {
    list.push(
      `Shared cores: with ${formatList(shared)} workers, two hardware threads share some of the ` +
        `${physicalCores} physical cores, and each of them runs slower than alone.`,
    );
  }
  return list;
}

/**
 * Say what the load tells of other programs.
 *
 * @param report The report.
 * @returns The signs of them in words, or `null` where the run had the machine to itself.
 *
 * @example Usage
 * ```ts
 * import { otherPrograms, type Report } from "@polycore/reports";
 *
 * const isBusy = (report: Report) => otherPrograms(report) !== null;
 * ```
 */
export function otherPrograms(
  { machine, settings }: Pick<Report, "machine" | "settings">,
): string | null {
  const { loadStart, loadEnd, allowedCores } = machine;
  // The load average lags by a minute, so a small rest of earlier work is no sign of a busy
  // machine.
  const busy = loadStart !== null && loadStart >= Math.max(0.5, (allowedCores ?? 1) / 10);
  // At the end, the workers and the main thread themselves are in it.
  const own = Math.max(...settings.cores) + 1;
  return busy
    ? `the load was ${loadStart.toFixed(2)} when the run began`
    : loadEnd !== null && loadEnd > own
    ? `the load was ${loadEnd.toFixed(2)} when the run ended, and its own threads explain ${own}`
    : null;
}

function load(report: Report): string[] {
  const when = otherPrograms(report);
  if (when === null) return [];
  return [
    `Busy machine: ${when}, so other programs probably took time from it; compare only within ` +
    `this report.`,
  ];
}

function clock({ governor, timerNs }: Machine): string[] {
  const list: string[] = [];
  if (governor !== null && governor !== "performance") {
    list.push(
      `Changing clock: the governor is "${governor}", not "performance", so the clock may rise and ` +
        `fall during the run.`,
    );
  }
  if (timerNs !== null && timerNs.resolution >= 100_000) {
    list.push(
      `Coarse timer: its smallest step is ${timerNs.resolution / 1e6} ms, so times of a few of ` +
        `them are not exact.`,
    );
  }
  return list;
}

function quota({ cgroupQuota, logicalCores }: Machine): string[] {
  const granted = Number.parseFloat(cgroupQuota ?? "");
  if (Number.isNaN(granted) || granted >= (logicalCores ?? Infinity)) return [];
  const below = logicalCores === null ? "" : `, fewer than the ${logicalCores} cores`;
  return [
    `Limited processor time: the cgroup grants ${cgroupQuota}${below}; a run above that is stopped ` +
    `for the rest of each period.`,
  ];
}

function pinning({ pinning, logicalCores }: Machine, { cores }: Settings): string[] {
  if (pinning !== "none" || logicalCores === 1 || Math.max(...cores) === 1) return [];
  return [
    "Not pinned: the system may move workers from core to core, which adds scatter, and more of it " +
    "where cores share caches or memory nodes unequally.",
  ];
}
