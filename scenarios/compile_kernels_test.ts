import { assertEquals } from "@std/assert";
import { checkHits } from "./compile_kernels.ts";
import { kernels } from "./pi_kernels.ts";

const hits = Math.round(1000 * Math.PI / 4);
const holds = (...args: Parameters<typeof checkHits>) =>
  checkHits(...args).map((check) => check.holds);

Deno.test("checkHits() holds when all forms count the same and find pi", () => {
  assertEquals(holds(1000, [hits, hits, hits, hits]), [true, true]);
});

Deno.test("checkHits() fails when one form differs or is missing, or all are wrong", () => {
  assertEquals(holds(1000, [hits, hits, hits + 1, hits])[0], false);
  assertEquals(holds(1000, [hits, hits, hits])[0], false);
  assertEquals(holds(1e6, [1000, 1000, 1000, 1000])[1], false);
});

Deno.test("the forms agree for any seed, stream and number of throws", () => {
  for (
    const [seed, stream, throws] of [[0, 0, 1], [1, 7, 1000], [2 ** 32 - 1, 1000, 333]] as const
  ) {
    const found = Object.values(kernels).map((kernel) => kernel(seed, stream, throws));
    assertEquals(new Set(found).size, 1, `${found}`);
  }
});

Deno.test("a longer run of a kernel counts more hits, another stream others", () => {
  for (const kernel of Object.values(kernels)) {
    assertEquals(kernel(1, 0, 0), 0);
    assertEquals(kernel(1, 0, 10_000) > kernel(1, 0, 1000), true);
    assertEquals(kernel(1, 0, 10_000) === kernel(1, 1, 10_000), false);
  }
});
