/**
 * Compile the AssemblyScript sources in `assembly/` to the modules in `wasm/`, which are committed so that
 * nobody needs the compiler to measure. Run it with `deno task bench:build`.
 *
 * @module
 */
import { join } from "@std/path";
import asc from "npm:assemblyscript@0.28.20/asc";

/** The folder of the sources. */
export const SOURCES: string = join(import.meta.dirname!, "assembly");

/** The folder of the modules. */
export const MODULES: string = join(import.meta.dirname!, "wasm");

/**
 * The names of all modules.
 *
 * @returns The names without the extension.
 */
export function moduleNames(): string[] {
  return [...Deno.readDirSync(SOURCES)]
    .filter(({ name }) => name.endsWith(".ts"))
    .map(({ name }) => name.slice(0, -".ts".length))
    .sort();
}

/**
 * Compile one module.
 *
 * The memory is imported, so that the kernels work on the shared heap, and it has no data of its own.
 *
 * @param name The module's name.
 * @returns Its bytes.
 * @throws {Error} If the source has a fault; the message is the compiler's.
 */
export async function compileModule(name: string): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const source = Deno.readTextFileSync(join(SOURCES, `${name}.ts`));
  const { error, stderr } = await asc.main([
    `${name}.ts`,
    "-O3",
    "--noAssert",
    "--runtime=stub",
    "--enable=simd,threads",
    "--importMemory",
    "--sharedMemory",
    "--initialMemory=0",
    "--maximumMemory=65536",
    "--outFile=out.wasm",
  ], {
    readFile: (file) => file === `${name}.ts` ? source : null,
    writeFile: (file, contents) => {
      if (file === "out.wasm") bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`Cannot compile ${name}.ts: ${stderr}`);
  return bytes;
}

if (import.meta.main) {
  Deno.mkdirSync(MODULES, { recursive: true });
  for (const name of moduleNames()) {
    const bytes = await compileModule(name);
    Deno.writeFileSync(join(MODULES, `${name}.wasm`), bytes);
    console.log(`${name}.wasm, ${bytes.length} bytes`);
  }
}
