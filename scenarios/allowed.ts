/**
 * Asking for permissions before anything starts, so that the reader is told in one sentence.
 *
 * @module
 */
import { UsageError } from "./arguments.ts";

function granted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}

/** Throw if a scenario cannot start workers: each reads the modules that it runs. */
export function mayStartWorkers(): void {
  if (!granted({ name: "read", path: new URL("..", import.meta.url) })) {
    throw new UsageError(
      "A scenario starts workers, which need to read the project's modules: start it by " +
        "deno task scenario, or add --allow-read.",
    );
  }
}

/** Throw if the tour cannot start programs. */
export function mayStartPrograms(): void {
  if (!granted({ name: "run", command: Deno.execPath() })) {
    throw new UsageError(
      "The tour runs each scenario as a program of its own and may not run any here: start it by " +
        "deno task scenario, or add --allow-run.",
    );
  }
}

/** Throw if the files of `--trace` may not be written into that folder. */
export function mayWriteTrace(folder: URL): void {
  if (!granted({ name: "write", path: folder })) {
    throw new UsageError(
      "--trace writes a page into reports/out and may not write there: start it by " +
        "deno task scenario ID --trace, or add --allow-write=reports/out.",
    );
  }
}

/** Throw if a scenario that needs a folder of its own may not make one in that folder. */
export function mayWriteFolder(id: string, folder: URL): void {
  if (!granted({ name: "write", path: folder })) {
    throw new UsageError(
      `${id} writes files into a folder of its own in reports/out, which it removes, and may not ` +
        `write there: start it by deno task scenario ${id}, or add --allow-write=reports/out.`,
    );
  }
}

/** Throws unless the file of `--file` is there and may be read. */
export function mayReadFile(path: string): void {
  let reason = "it is no file";
  try {
    if (Deno.statSync(path).isFile) return;
  } catch (error) {
    reason = error instanceof Deno.errors.NotFound
      ? "it is not there"
      : error instanceof Deno.errors.NotCapable
      ? "a scenario may read the files of the project only, so copy it there"
      : String(error);
  }
  throw new UsageError(`--file ${path} cannot be read: ${reason}. Give another path, or none.`);
}
