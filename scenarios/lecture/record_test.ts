import { assert, assertEquals } from "@std/assert";
import { readRequest, resolve } from "../arguments.ts";
import { load } from "../catalogue.ts";
import { less, record } from "./record.ts";

Deno.test("a recorded scenario takes the smaller numbers that it is given", async () => {
  for (const [id, words] of Object.entries(less)) {
    resolve(await load(id), readRequest([id, ...words]).given, true);
  }
});

Deno.test("a recording gives a picture and what it cost", async () => {
  const trace = await record("rlock", undefined);
  assert(trace!.cost.events > 10);
  assert(trace!.figure.includes("<svg"));
});

Deno.test("a scenario that gives no report has no recording", async () => {
  assertEquals(await record("no-such-scenario", undefined), null);
});
