import { assertEquals } from "@std/assert";
import { checkDraws } from "./hidden_lock.ts";

const end = (1 + Math.imul(6, 0x6d2b79f5)) | 0;
const right = { hits: 2, state: end };
const holds = (...args: Parameters<typeof checkDraws>) =>
  checkDraws(...args).map((check) => check.holds);

Deno.test("checkDraws() holds when the state has made every step", () => {
  assertEquals(holds(1, 3, [right, { hits: 3, state: end }], [right, right]), [true, true]);
});

Deno.test("checkDraws() fails when a draw was lost", () => {
  const lost = (1 + Math.imul(5, 0x6d2b79f5)) | 0;
  assertEquals(holds(1, 3, [right, { hits: 2, state: lost }], [right])[0], false);
});

Deno.test("checkDraws() fails when own generators draw other numbers", () => {
  assertEquals(holds(1, 3, [right], [right, { hits: 1, state: 0 }])[1], false);
});
