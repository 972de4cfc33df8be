/**
 * Compile `assembly/pi.ts` to `wasm/pi.wasm`, which is committed, so that nobody needs the compiler to run
 * a lesson: `deno run -A scenarios/assembly_build.ts`.
 *
 * @module
 */
import asc from "npm:assemblyscript@0.28.20/asc";

/** The compiled module. */
export const target: URL = new URL("./wasm/pi.wasm", import.meta.url);

/** Compile the source, and give the module's bytes. */
export async function compile(): Promise<Uint8Array> {
  const source = Deno.readTextFileSync(new URL("./assembly/pi.ts", import.meta.url));
  let bytes: Uint8Array | undefined;
  const options = ["-O3", "--noAssert", "--runtime=stub", "--enable=simd", "--initialMemory=0"];
  const { error, stderr } = await asc.main(["pi.ts", ...options, "--outFile=pi.wasm"], {
    readFile: (file) => file === "pi.ts" ? source : null,
    writeFile: (file, contents) => {
      if (file === "pi.wasm") bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`Cannot compile pi.ts: ${stderr}`);
  return bytes;
}

if (import.meta.main) {
  const bytes = await compile();
  Deno.writeFileSync(target, bytes);
  console.log(`pi.wasm, ${bytes.length} bytes`);
}
