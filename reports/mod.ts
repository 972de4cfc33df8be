/**
 * Scaling reports: the shape of the data, its analysis, and the page that shows it.
 *
 * The analysis is pure: samples go in, figures come out. The page is one file that needs no
 * network.
 *
 * @module
 */
export * from "./analysis/amdahl.ts";
export * from "./analysis/bootstrap.ts";
export * from "./analysis/chunks.ts";
export * from "./analysis/compare.ts";
export * from "./analysis/crossover.ts";
export * from "./analysis/distribution.ts";
export * from "./analysis/findings.ts";
export * from "./analysis/gustafson.ts";
export * from "./analysis/hodges_lehmann.ts";
export * from "./analysis/holm.ts";
export * from "./analysis/kernel.ts";
export * from "./analysis/law_fit.ts";
export * from "./analysis/machine_warnings.ts";
export * from "./analysis/mann_whitney.ts";
export * from "./analysis/outliers.ts";
export * from "./analysis/random.ts";
export * from "./analysis/reasons.ts";
export * from "./analysis/report.ts";
export * from "./analysis/roofline.ts";
export * from "./analysis/sample_warnings.ts";
export * from "./analysis/scaling.ts";
export * from "./analysis/statistics.ts";
export * from "./analysis/steadiness.ts";
export * from "./analysis/usl.ts";
export * from "./analysis/warnings.ts";
export * from "./analysis/weak.ts";
export * from "./analysis/worker_shares.ts";
export * from "./comparison.ts";
export * from "./format.ts";
export * from "./nodes.ts";
export * from "./read_report.ts";
export * from "./same_machine.ts";
export * from "./schema.ts";
export * from "./store.ts";
export * from "./text_table.ts";
export * from "./validate.ts";
export { renderComparison } from "./page/compare_page.ts";
export { renderMerge } from "./page/merge_page.ts";
export { type ComparisonLink, renderPage } from "./page/template.ts";
