/**
 * Running the command as a program of its own, for the tests.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { writable } from "../own_folder.ts";

/** How the program ended and what it printed. */
export interface Ended {
  /** The exit code. */
  code: number;
  /** Standard output. */
  out: string;
  /** Standard error. */
  err: string;
}

const scenarios = new URL("../", import.meta.url);

/**
 * The words that start a module with the permissions of `deno task scenario`: one of `scenarios/`, or
 * one of another folder by its URL.
 */
export function words(module: string, ...args: string[]): string[] {
  const permissions = [
    "--allow-read",
    `--allow-write=${fromFileUrl(writable)}`,
    "--allow-env",
    "--allow-run",
    "--no-prompt",
  ];
  const config = fromFileUrl(new URL("../deno.json", scenarios));
  const how = ["run", "--quiet", "--no-check", `--config=${config}`];
  return [...how, ...permissions, new URL(module, scenarios).href, ...args];
}

/** After that a program hangs, however busy the machine is. */
const limitMs = 60_000;

/** Run a module of `scenarios/` to its end. */
export async function run(module: string, ...args: string[]): Promise<Ended> {
  const command = new Deno.Command(Deno.execPath(), {
    args: words(module, ...args),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs); // then the code is 137
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

/** Run the command to its end. */
export function scenario(...args: string[]): Promise<Ended> {
  return run("main.ts", ...args);
}
