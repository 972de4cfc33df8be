import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Pool } from "@polycore/pool";
import { kernels, ranges, runRange } from "./all.ts";
import { expectResult, type VariantName, VARIANTS, WrongResultError } from "./kernel.ts";
import { BLOCK, monteCarloPi, PI_ON_GRID } from "./monte_carlo_pi.ts";

const names = Object.keys(VARIANTS) as VariantName[];

/** A small size that is no multiple of anything, so that every loop has a rest. */
const small = ({ name, grain }: { name: string; grain: number }) =>
  name === "monte-carlo-pi" ? 2 * BLOCK + 12_347 : name === "matrix-multiply" ? 37 : 40 * grain + 5;

for (const kernel of kernels) {
  const size = small(kernel);
  const problem = kernel.prepare(size);

  for (const variant of names) {
    Deno.test(`${kernel.name}: ${variant} gives the right result however it is cut`, () => {
      const work = kernel.variants[variant];
      const texts = [size, 3 * kernel.grain, kernel.grain].map((chunk) => {
        problem.clear?.();
        const cut = ranges(size, chunk, kernel.grain);
        return problem.check(cut.reduce((sum, range) => sum + work(problem.data, ...range), 0));
      });
      assertEquals(new Set(texts).size, 1);
    });
  }

  Deno.test(`${kernel.name}: a run that leaves a range out is found`, () => {
    problem.clear?.();
    const cut = ranges(size, kernel.grain, kernel.grain).slice(1);
    const work = kernel.variants.typescript;
    const complete = ranges(size, size, kernel.grain);
    problem.check(complete.reduce((sum, range) => sum + work(problem.data, ...range), 0));
    problem.clear?.();
    assertThrows(
      () => problem.check(cut.reduce((sum, range) => sum + work(problem.data, ...range), 0)),
      WrongResultError,
    );
  });
}

Deno.test("every kernel gives the same on 1, 2 and 3 workers", async () => {
  await using one = new Pool(1);
  await using two = new Pool(2);
  await using three = new Pool(3);
  for (const kernel of kernels) {
    const size = small(kernel);
    const problem = kernel.prepare(size);
    for (const [pool, workers] of [[one, 1], [two, 2], [three, 3]] as const) {
      problem.clear?.();
      const cut = ranges(size, size / workers, kernel.grain);
      const parts = await pool.starmap(
        runRange,
        cut.map((
          [from, to],
        ): Parameters<typeof runRange> => [kernel.name, "wasm-simd", problem.data, from, to]),
        { chunkSize: 1 },
      );
      problem.check(parts.reduce((sum, part) => sum + part, 0));
    }
  }
});

Deno.test("Monte-Carlo pi: blocks are thrown as often as chance says", () => {
  // The counts of 400 blocks against a normal distribution: mean and variance, each within what one
  // seed in ten thousand would miss.
  const blocks = 400;
  const p = PI_ON_GRID / 4;
  const deviation = Math.sqrt(BLOCK * p * (1 - p));
  const z = Array.from({ length: blocks }, (_, block) => {
    const inside = monteCarloPi.variants["wasm-simd"]([], block * BLOCK, (block + 1) * BLOCK);
    return (inside - BLOCK * p) / deviation;
  });
  const mean = z.reduce((sum, x) => sum + x) / blocks;
  const squares = z.reduce((sum, x) => sum + x * x, 0);
  assert(Math.abs(mean) * Math.sqrt(blocks) < 3.9, `mean of ${mean} standard deviations`);
  assertAlmostEquals(squares / blocks, 1, 3.9 * Math.sqrt(2 / blocks));
  // Neighbouring blocks have nothing to do with each other.
  const together = z.slice(1).reduce((sum, x, i) => sum + x * z[i], 0) / (blocks - 1);
  assert(Math.abs(together) * Math.sqrt(blocks) < 3.9, `correlation ${together}`);
});

Deno.test("Monte-Carlo pi: the share of the grid inside the circle is what is said", () => {
  let inside = 0;
  for (let x = -(2 ** 15); x < 2 ** 15; x++) {
    const rest = 2 ** 30 - x * x - 1; // y * y may be so much
    if (rest < 0) continue;
    const y = Math.floor(Math.sqrt(rest));
    inside += Math.min(y, 2 ** 15) + Math.min(y, 2 ** 15 - 1) + 1;
  }
  assertEquals(4 * inside / 2 ** 32, PI_ON_GRID);
});

Deno.test("ranges() cuts at multiples of the grain", () => {
  assertEquals(ranges(100, 30, 8), [[0, 32], [32, 64], [64, 96], [96, 100]]);
  assertEquals(ranges(5, 100, 8), [[0, 5]]);
  assertEquals(ranges(16, 1, 8), [[0, 8], [8, 16]]);
});

Deno.test("expectResult() says what came out and what had to", () => {
  assertThrows(
    () => expectResult("A sum", 1, 2),
    WrongResultError,
    "came out as 1 and has to be 2",
  );
});
