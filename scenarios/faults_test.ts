import { assert, assertEquals, assertThrows } from "@std/assert";
import { ids, loadAll } from "./catalogue.ts";
import { faults } from "./faults.ts";
import type { Report } from "./run.ts";
import { breakCode, runBroken } from "./testdata/broken.ts";

for (const fault of faults) {
  Deno.test(`${fault.id} fails with its fault: ${fault.what}`, async () => {
    const { code, out, err } = await runBroken(fault);
    assert(code !== 137, "It did not end: a fault must make its scenario fail, not wait for ever.");
    assertEquals(code, 1, out + err);
    // Where the fault makes a worker run the scenario too, that report comes first.
    const { check = [], error }: Report = JSON.parse(out.slice(out.lastIndexOf("\n{\n") + 1));
    const failed = error ??
      check.filter(({ holds }) => !holds).map(({ claim }) => claim).join("\n");
    assert(`\n${failed}`.includes(`\n${fault.fails}`), failed);
  });
}

Deno.test("every scenario names its deck and its slide", async () => {
  for (const { id, deck, slide } of await loadAll()) {
    assert(["PNNL", "Firenze", "UVA", "Duke", "beyond"].includes(deck) && slide !== "", id);
  }
});

Deno.test("every scenario has a fault", () => {
  assertEquals([...new Set(faults.map(({ id }) => id))].toSorted(), ids.toSorted());
});

const fault = { id: "x", what: "", edits: [["a = 1;", "a = 2;"]], fails: "" } as const;

Deno.test("breakCode() puts the fault in, whatever comment stands there", () => {
  assertEquals(breakCode("a = 1; // a = 1;\nb = 1;", fault), "a = 2;\nb = 1;");
});

Deno.test("breakCode() names the fault whose text is not there, or more than once", () => {
  assertThrows(() => breakCode("b = 1;", fault), Error, "The fault of x is stale");
  assertThrows(() => breakCode("a = 1; a = 1;", fault), Error, "stands 2 times");
});
