import { assertEquals } from "@std/assert";
import { checkJobs } from "./executor_linear.ts";

const pis = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const pids = [7, 8, 7, 7, 7, 7, 7, 7, 7, 7];
const holds = (...args: Parameters<typeof checkJobs>) =>
  checkJobs(...args).map((check) => check.holds);

Deno.test("checkJobs() holds when two workers find what one finds", () => {
  assertEquals(holds(pis, pis, pids, 2), [true, true]);
});

Deno.test("checkJobs() fails when a result differs or is missing", () => {
  assertEquals(holds(pis, pis.with(3, 0), pids, 2)[0], false);
  assertEquals(holds(pis.slice(1), pis.slice(1), pids, 2)[0], false);
});

Deno.test("checkJobs() fails when one worker did what two should begin", () => {
  assertEquals(holds(pis, pis, pids.with(1, 7), 2)[1], false);
});
