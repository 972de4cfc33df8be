import { assert, assertEquals } from "@std/assert";
import { Semaphore } from "./mod.ts";
import { attend, serve } from "./internal.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** What threads asked of this test's service, with who asked; an empty batch is no request. */
const asked: [number, unknown][] = [];
let empty = 0;

serve<number>("double", (requests) => {
  if (requests.length === 0) empty++;
  for (const { from, body, answer } of requests) {
    asked.push([from, body]);
    answer(body * 2);
  }
});

for (const mode of ["in its event loop", "blocked in a wait of ours"]) {
  Deno.test(`the main thread, ${mode}, answers each thread in the order of its requests`, async () => {
    asked.length = 0;
    const done = new Semaphore(0);
    const crew = start(2, (s, i, done) => {
      const answers: unknown[] = [];
      for (let n = 0; n < 5; n++) s.askMain("double", 10 * i + n);
      while (answers.length < 5) {
        const seen = s.load(s.LAYOUT.mainAnswer);
        const answer = s.nextAnswer();
        if (answer !== undefined) answers.push(answer);
        else {
          s.ringMain();
          s.wait(s.LAYOUT.mainAnswer, seen, 5);
        }
      }
      done.release();
      return answers;
    }, done);
    for (let n = 0; n < 2; n++) {
      if (mode.startsWith("blocked")) done.acquire();
      else await done.acquireAsync();
    }
    assertEquals(await crew.join(), [[0, 2, 4, 6, 8], [20, 22, 24, 26, 28]]);
    const first = asked.filter(([from]) => from === crew.ids[0]);
    assertEquals(first, [0, 1, 2, 3, 4].map((n) => [crew.ids[0]!, n]));
  });
}

Deno.test("what a thread asked for before it ended is done", async () => {
  asked.length = 0;
  const [id] = await run(1, (s) => {
    s.askMain("double", 7);
    return s.me;
  });
  attend();
  assertEquals(asked, [[id, 7]]);
  attend(); // nobody rang: nothing to do
  assertEquals(asked.length, 1);
});

Deno.test("with each new thread the services have an occasion to tidy up", async () => {
  const before = empty;
  await run(2, () => {});
  assert(empty >= before + 2);
});

Deno.test("no thread is left", assertNobodyLeft);
