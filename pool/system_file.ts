/**
 * Read a file of `/proc` or `/sys`.
 *
 * @module
 */

/**
 * Read a file that the kernel makes up. Deno lets a program read these itself only under
 * `--allow-all`, so with less than that `cat` reads them, under `--allow-run=cat`. What
 * `/proc/self` says of `cat` holds for its parent: both are in the same cgroup and bound to the
 * same cores.
 *
 * @param path The path.
 * @returns The text.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {Deno.errors.NotCapable} If neither way is permitted.
 */
export function readSystemFile(path: string): string {
  // Asked beforehand, so that nobody is prompted for a value that may as well be missing.
  if (Deno.permissions.querySync({ name: "read", path }).state === "granted") {
    try {
      return Deno.readTextFileSync(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
    }
  }
  return readByCat(path);
}

/**
 * The second way of {@linkcode readSystemFile}.
 *
 * @param path The path.
 * @returns The text.
 */
export function readByCat(path: string): string {
  const { state } = Deno.permissions.querySync({ name: "run", command: "cat" });
  if (state !== "granted") throw new Deno.errors.NotCapable(`No permission to read ${path}`);
  const { success, stdout } = new Deno.Command("cat", {
    args: ["--", path],
    stderr: "null",
  }).outputSync();
  if (!success) throw new Deno.errors.NotFound(`No such file: ${path}`);
  return new TextDecoder().decode(stdout);
}
