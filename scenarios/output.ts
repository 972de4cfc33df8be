/**
 * Writing to the terminal or into a pipe.
 *
 * @module
 */

/** Whether escape codes are welcome: on a terminal, unless NO_COLOR is set. */
export const colourful: boolean = Deno.stdout.isTerminal() && !Deno.noColor;

const paint = (code: number) => (text: string): string =>
  colourful ? `\x1b[${code}m${text}\x1b[0m` : text;

/** Heavy type. */
export const bold: (text: string) => string = paint(1);
/** Faint type. */
export const dim: (text: string) => string = paint(2);
/** For what failed. */
export const red: (text: string) => string = paint(31);
/** For what holds. */
export const green: (text: string) => string = paint(32);

let closing: (() => void) | undefined;

/** Have `action` run first when the reader of our output goes away. */
export function whenClosed(action: (() => void) | undefined): void {
  closing = action;
}

/** Write all of `text`, and end the program quietly when nobody reads any more (`| head -1`). */
function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(stream.writeSync(bytes));
    } catch (error) {
      if (error instanceof Deno.errors.WouldBlock) continue; // a full non-blocking pipe: again
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      closing?.();
      Deno.exit(0);
    }
  }
}

/** Write a line to standard output. */
export function line(text = ""): void {
  writeAll(Deno.stdout, text + "\n");
}

/** Write text to standard output as it is. */
export function raw(text: string): void {
  writeAll(Deno.stdout, text);
}

/** Write a line to standard error. */
export function errorLine(text: string): void {
  writeAll(Deno.stderr, text + "\n");
}
