import { assertEquals } from "@std/assert";
import { prediction, readLine } from "./predict.ts";

/** A stream of these bytes. */
function streamOf(text: string) {
  let rest = new TextEncoder().encode(text);
  return {
    readSync(buffer: Uint8Array): number | null {
      if (rest.length === 0) return null;
      const part = rest.subarray(0, buffer.length);
      buffer.set(part);
      rest = rest.subarray(part.length);
      return part.length;
    },
  };
}

Deno.test("readLine() reads one line and leaves the next", () => {
  const stream = streamOf("größer\nnext\nlast");
  assertEquals([readLine(stream), readLine(stream)], ["größer", "next"]);
  assertEquals([readLine(stream), readLine(stream)], ["last", ""]);
});

Deno.test("prediction() is undefined for nothing, and keeps no control characters", () => {
  assertEquals([prediction(""), prediction("  \r")], [undefined, undefined]);
  assertEquals(prediction(" about\x1b[A half\x07\r"), "about half");
});
