/**
 * What the packages above use beside the public interface. Not for programs: it changes without notice.
 *
 * @module
 */
export { readMeters, setMeters, type WorkerMeter } from "./meter.ts";
export { desksOf } from "./pool.ts";
export { readByCat, readSystemFile } from "./system_file.ts";
