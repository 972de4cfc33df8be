import { assertEquals } from "@std/assert";
import { checkFutures } from "./futures_cancel_callbacks.ts";

const pairs = [0, 1, 2, 3, 4, 5].map((i): [number, number] => [i, 2]);
const good = {
  tooLate: false,
  cancelled: true,
  called: [4, 0, 2],
  results: new Map([[0, 0], [1, 2], [2, 4], [3, 6], [5, 10]]),
  ran: [1, 1, 1, 1, 0, 1],
};
const holds = (change: Partial<typeof good>) =>
  checkFutures(pairs, { ...good, ...change }).map((check) => check.holds);

Deno.test("checkFutures() holds when number 4 alone is cancelled", () => {
  assertEquals(holds({}), [true, true, true, true]);
});

Deno.test("checkFutures() fails as on the slide, where cancel() came too late", () => {
  const results = new Map([...good.results, [4, 8]]);
  assertEquals(holds({ cancelled: false, results, ran: [1, 1, 1, 1, 1, 1] }), [
    ...[false, false, false, true],
  ]);
});

Deno.test("checkFutures() fails when one runs twice, or calls back twice or never", () => {
  assertEquals(holds({ ran: [1, 2, 1, 1, 0, 1] })[1], false);
  assertEquals(holds({ called: [4, 0, 2, 2] })[3], false);
  assertEquals(holds({ called: [0, 2] })[3], false);
});
