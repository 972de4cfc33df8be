import { assertEquals } from "@std/assert";
import { MapResult } from "./map_result.ts";
import { rejects } from "./testing/helpers.ts";

Deno.test("the results of all chunks, in the order of the inputs", async () => {
  const result = new MapResult<number>("f", 3);
  const chunks = [0, 1, 2].map((i) => result.chunk(i, 2 * i));
  chunks[2]!.settle(true, [5]);
  chunks[0]!.settle(true, [1, 2]);
  assertEquals(result.ready(), false);
  chunks[1]!.settle(true, [3, 4]);
  assertEquals([result.ready(), await result], [true, [1, 2, 3, 4, 5]]);
});

Deno.test("the first error that arrives, once all chunks have ended", async () => {
  for (const [first, second] of [[new Error("one"), new Error("two")], [undefined, "two"]]) {
    const result = new MapResult<number>("f", 3);
    const chunks = [0, 1, 2].map((i) => result.chunk(i, i));
    chunks[2]!.settle(false, first);
    chunks[0]!.settle(false, second);
    assertEquals(result.ready(), false);
    chunks[1]!.settle(true, [1]);
    assertEquals(await result.get().catch((error) => [error]), [first] as unknown);
  }
});

Deno.test("a chunk knows its function and place, for errors", () => {
  const chunk = new MapResult<number>("f", 1).chunk(0, 57);
  assertEquals([chunk.fn, chunk.first], ["f", 57]);
});

Deno.test("no chunks at all: there at once, with its callback called", async () => {
  const called: unknown[] = [];
  const result = new MapResult<number>("f", 0, { callback: (value) => called.push(value) });
  assertEquals([result.ready(), await result, called], [true, [], [[]]]);
  await rejects(new MapResult<number>("f", 1).get({ timeout: 0 }), Error, "f");
});
