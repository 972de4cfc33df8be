import { assertEquals } from "@std/assert";
import { checkLaw } from "./amdahl.ts";

const holds = (...args: Parameters<typeof checkLaw>) =>
  checkLaw(...args).map((check) => check.holds);

Deno.test("checkLaw() holds for shares as even as can be", () => {
  const run = { alone: 100, shared: [450, 450] };
  assertEquals(holds(1000, [{ s: 0.1, run }]), [true, true]);
});

Deno.test("checkLaw() fails when steps are missing, or a share is larger than the others", () => {
  assertEquals(holds(1000, [{ s: 0.1, run: { alone: 100, shared: [450, 449] } }])[0], false);
  assertEquals(holds(1000, [{ s: 0.1, run: { alone: 100, shared: [500, 400] } }])[1], false);
  assertEquals(holds(1000, [])[0], false);
});
