/**
 * The folder of a scenario that writes files: empty at the beginning, gone at the end.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";

/** Where the folders are made: the only place where scenarios may write. */
export const writable: URL = new URL("../reports/out/", import.meta.url);

/** An empty folder with that name in its own, which is removed with all that is in it. */
export async function ownFolder(name: string): Promise<AsyncDisposable & { path: string }> {
  const dir = fromFileUrl(writable);
  await Deno.mkdir(dir, { recursive: true });
  const path = await Deno.makeTempDir({ dir, prefix: `${name}-` });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
