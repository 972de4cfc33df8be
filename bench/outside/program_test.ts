import { assertEquals, assertRejects } from "@std/assert";
import { kernels } from "../kernels/all.ts";
import { BLOCK } from "../kernels/monte_carlo_pi.ts";
import { OutsideProgram, outsides } from "./program.ts";

const sizes: Record<string, number> = { "monte-carlo-pi": BLOCK + 12_345, "matrix-multiply": 20 };

for (const outside of outsides) {
  Deno.test(`${outside.title} gives the results of the kernels, or says what is missing`, async (t) => {
    let program: OutsideProgram;
    try {
      program = await outside.start();
    } catch (error) {
      console.log(`not measured here: ${(error as Error).message}`);
      return;
    }
    await using _ = program;
    for (const kernel of kernels) {
      await t.step(kernel.name, async () => {
        const size = sizes[kernel.name] ?? 100_003;
        const problem = kernel.prepare(size);
        const sum = kernel.variants.typescript(problem.data, 0, size);
        const written = problem.data[2]?.view.reduce((sum: number, x: number) => sum + x, 0);
        for (const threads of [1, 2]) {
          const { result, ms } = await program.run(kernel.name, size, threads);
          assertEquals(ms > 0, true);
          // Python has random numbers of its own; "same" is the generator of the kernels.
          if (kernel.name === "monte-carlo-pi" && outside.name !== "c-openmp") {
            assertEquals(Math.abs(4 * result / size - Math.PI) < 0.02, true, String(result));
            continue;
          }
          assertEquals(result, written ?? sum);
        }
      });
    }
  });
}

Deno.test("a program that ends without an answer is an error", async () => {
  await using program = new OutsideProgram("true", []);
  await assertRejects(() => program.run("triad", 1, 1), Error, "ended before it answered");
});
