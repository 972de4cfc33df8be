/**
 * What the tests of the cache share.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import { Memory, type MemoryOptions } from "../memory.ts";

/** Do something with a folder of its own, which is removed afterwards. */
export async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "polycore-memory-" });
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Do something with a silent cache in a folder of its own. */
export function withMemory(
  act: (memory: Memory, folder: string) => Promise<void>,
  options: MemoryOptions = {},
): Promise<void> {
  return inFolder((folder) => act(new Memory(folder, { verbose: 0, ...options }), folder));
}

/** What was printed meanwhile, on each of the two streams. */
export async function printed(
  act: () => Promise<unknown>,
): Promise<{ logs: string[]; warnings: string[] }> {
  const logs: string[] = [], warnings: string[] = [];
  const { log, warn } = console;
  console.log = (text: string) => void logs.push(text);
  console.warn = (text: string) => void warnings.push(text);
  try {
    await act();
  } finally {
    console.log = log;
    console.warn = warn;
  }
  return { logs, warnings };
}

/** The paths of all files in a folder whose name ends so. */
export function filesIn(folder: string, ending: string): string[] {
  const files: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) files.push(...filesIn(path, ending));
    else if (name.endsWith(ending)) files.push(path);
  }
  return files;
}

/** The command of a program in a process of its own; it may import the library as "polycore". */
export async function commandOf(
  path: string,
  source: string,
  programArgs: string[] = [],
  options: Deno.CommandOptions & { flags?: string[] } = {},
): Promise<Deno.Command> {
  const library = new URL("../memory.ts", import.meta.url).href;
  await Deno.writeTextFile(path, source.replaceAll('"polycore"', JSON.stringify(library)));
  const config = fromFileUrl(new URL("../../../deno.json", import.meta.url));
  const { flags = ["-A"], ...rest } = options;
  const own = ["run", "-q", "--no-check", "--no-lock", "--config", config];
  return new Deno.Command(Deno.execPath(), {
    args: [...own, ...flags, path, ...programArgs],
    ...rest,
  });
}

/** Run such a program to its end. Gives what it printed. */
export async function runProgram(
  path: string,
  source: string,
  programArgs: string[] = [],
  flags: string[] = ["-A"],
): Promise<{ out: string; err: string }> {
  const command = await commandOf(path, source, programArgs, { flags });
  const { stdout, stderr, success } = await command.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(err);
  return { out: out!.trim(), err: err! };
}
