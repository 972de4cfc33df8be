/**
 * Asking the student for a prediction before a scenario runs.
 *
 * @module
 */
import * as out from "./output.ts";

/** Whether somebody is there to answer: both ends are a terminal. */
export function canAsk(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

/** Read a prediction from the terminal; undefined when the student only pressed Enter. */
export function ask(): string | undefined {
  out.raw("  Your prediction (Enter skips it): ");
  return prediction(readLine(Deno.stdin));
}

/** What was typed, without what a terminal would obey; undefined when that is nothing. */
export function prediction(typed: string): string | undefined {
  // deno-lint-ignore no-control-regex
  const text = typed.replace(/\x1b\[[0-9;]*[A-Za-z~]|[\x00-\x1f\x7f]/g, "").trim();
  return text === "" ? undefined : text;
}

/** A line of a stream, without its end; what there is when the stream ends before. */
export function readLine(stream: { readSync(buffer: Uint8Array): number | null }): string {
  const bytes: number[] = [];
  const one = new Uint8Array(1); // no more than the line, so that nothing is lost
  while (stream.readSync(one) === 1 && one[0] !== 0x0a) bytes.push(one[0]!);
  return new TextDecoder().decode(new Uint8Array(bytes));
}
