/**
 * What a command of the bench writes to its terminal.
 *
 * @module
 */

const encoder = new TextEncoder();

/**
 * Write a line to standard output. Where nobody reads any more (`| head -1`), the program ends
 * quietly.
 *
 * @param text The line.
 */
export function print(text: string): void {
  const bytes = encoder.encode(`${text}\n`);
  try {
    for (let sent = 0; sent < bytes.length;) sent += Deno.stdout.writeSync(bytes.subarray(sent));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    throw error;
  }
}

/**
 * Show what is going on in the last line of a terminal; where standard error is a file, nothing is
 * written.
 *
 * @param text The line, or nothing to take it away.
 */
export function progress(text: string = ""): void {
  if (!Deno.stderr.isTerminal()) return;
  Deno.stderr.writeSync(encoder.encode(`\r\x1b[K${text}`));
}

/**
 * Note in a log that something is done; a terminal shows it by {@linkcode progress} instead.
 *
 * @param text The line.
 */
export function note(text: string): void {
  if (!Deno.stderr.isTerminal()) Deno.stderr.writeSync(encoder.encode(`${text}\n`));
}

export { columns } from "@polycore/reports";
