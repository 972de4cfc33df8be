/**
 * The functions of `@std/path` that this project uses, for machines that cannot reach JSR.
 *
 * @module
 */
import * as std from "npm:deno-std@1.4.0/path/mod.js";

/** Join parts to a path. */
export const join: (...parts: string[]) => string = std.join;
/** The folder of a path. */
export const dirname: (path: string) => string = std.dirname;
/** The last part of a path. */
export const basename: (path: string, suffix?: string) => string = std.basename;
/** The ending of a path, with its dot. */
export const extname: (path: string) => string = std.extname;
/** A path from the root. */
export const resolve: (...parts: string[]) => string = std.resolve;
/** The path from one place to another. */
export const relative: (from: string, to: string) => string = std.relative;
/** The path of a `file:` URL. */
export const fromFileUrl: (url: string | URL) => string = std.fromFileUrl;
/** The `file:` URL of a path. */
export const toFileUrl: (path: string) => URL = std.toFileUrl;
