/**
 * The compressors that the runtime lacks: npm packages, loaded when the first file needs them.
 *
 * @module
 */

import { compressErrors } from "./container_errors.ts";

/**
 * Load a package.
 *
 * @param specifier With its exact version. It is no literal in the `import`, as the runtime would
 * then download it at every program's start.
 * @throws {Error} If it cannot be loaded; the message names the package and the way out.
 */
export function npmPackage<T>(method: string, specifier: string): Promise<T> {
  return fromPackage(method, specifier, import(specifier) as Promise<T>);
}

/** What a package has begun to load: its module, or the WebAssembly that it reads. */
export async function fromPackage<T>(
  method: string,
  specifier: string,
  loading: Promise<T>,
): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    throw compressErrors.library(method, specifier, error);
  }
}
