import { assertEquals } from "@std/assert";
import { XxHash32, xxHash32 } from "./xxhash32.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("the sums that the specification's program gives", () => {
  assertEquals(xxHash32(bytes("")), 0x02cc5d05);
  assertEquals(xxHash32(bytes("a")), 0x550d7456);
  assertEquals(xxHash32(bytes("abc")), 0x32d153ff);
  assertEquals(xxHash32(bytes("Nobody inspects the spammish repetition")), 0xe2293b2f);
});

Deno.test("pieces of any length give the sum of the whole", () => {
  const whole = Uint8Array.from({ length: 100 }, (_, i) => i * 37);
  for (let a = 0; a <= 40; a++) {
    for (let b = a; b <= 60; b += 7) {
      const hash = new XxHash32();
      for (const part of [whole.subarray(0, a), whole.subarray(a, b), whole.subarray(b)]) {
        hash.update(part);
      }
      assertEquals(hash.digest(), xxHash32(whole), `cut at ${a} and ${b}`);
    }
  }
});
