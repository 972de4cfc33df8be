/**
 * What the packages above use beside the public interface. Not for programs: it changes without notice.
 *
 * @module
 */
export { readByCat, readSystemFile } from "./system_file.ts";
