/**
 * The compiled kernels, on the shared memory of the program.
 *
 * @module
 */
import { memory } from "@polycore/sync/internal";

const instances = new Map<string, WebAssembly.Exports>();

/**
 * The functions of a module in `wasm/`. They take byte addresses in the shared memory, such as a typed
 * array's `byteOffset`. It is compiled once in each thread.
 *
 * @typeParam T The functions.
 * @param name The module's name.
 * @returns The functions.
 */
export function wasm<T>(name: string): T {
  let exports = instances.get(name);
  if (!exports) {
    const bytes = Deno.readFileSync(new URL(`./wasm/${name}.wasm`, import.meta.url));
    exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
    instances.set(name, exports);
  }
  return exports as T;
}
