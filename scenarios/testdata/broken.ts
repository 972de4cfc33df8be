/**
 * Running a scenario with a fault in it, as a program of its own.
 *
 * The broken copy lies in a temporary folder, so nothing is left behind and no other tool sees it.
 *
 * @module
 */
import { toFileUrl } from "@std/path";
import { fileOf } from "../catalogue.ts";
import type { Fault } from "../faults/fault.ts";
import { type Ended, run } from "./command.ts";

/**
 * Run the scenario of the fault with it, in quick size unless its flags say otherwise.
 *
 * @throws {Error} If a text that the fault replaces is not there exactly once.
 */
export async function runBroken(fault: Fault): Promise<Ended> {
  const main = fileOf(fault.id);
  const broken = fault.file === undefined ? main : new URL(fault.file, main);
  const folder = await Deno.makeTempDir();
  try {
    for (const file of new Set([main.href, broken.href])) {
      let code = await Deno.readTextFile(new URL(file));
      if (file === broken.href) code = breakCode(code, fault);
      await Deno.writeTextFile(`${folder}/${nameOf(file)}`, moved(code, file, broken.href));
    }
    const module = toFileUrl(`${folder}/${nameOf(main.href)}`).href;
    return await run(module, "--quick", "--json", ...fault.flags ?? []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The code of a module with the fault; comments at the ends of lines are left out first. */
export function breakCode(code: string, { id, edits }: Fault): string {
  let broken = code.replaceAll(/^(?! *\/?\*)(.*?) +\/\/ .*$/gm, "$1");
  for (const [find, replace] of edits) {
    const times = broken.split(find).length - 1;
    if (times !== 1) {
      throw new Error(
        `The fault of ${id} is stale: "${find}" stands ${times} times in the module, not once. ` +
          "Write a text in faults.ts that does.",
      );
    }
    broken = broken.replace(find, () => replace);
  }
  return broken;
}

const nameOf = (file: string) => file.slice(file.lastIndexOf("/") + 1);

/** The code as it has to be in another folder: only `beside` comes along. */
function moved(code: string, file: string, beside: string): string {
  return code
    .replaceAll(
      /((?:\bfrom|\bimport\(?) ?)"(\.[^"]+)"/g,
      (whole, before: string, path: string) => {
        const url = new URL(path, file).href;
        return url === beside ? whole : `${before}"${url}"`;
      },
    )
    .replaceAll("import.meta.url", JSON.stringify(file));
}
