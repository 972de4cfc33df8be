import { assertEquals } from "@std/assert";
import { machineDifferences } from "./same_machine.ts";
import { syntheticMachine } from "./synthetic_report.ts";

const machine = syntheticMachine(4);

Deno.test("machineDifferences() names what counts, with both values", () => {
  assertEquals(machineDifferences(machine, { ...machine, cpu: "Other", deno: null }), [
    "processor (Model CPU; Other)",
    "Deno (2.9.6; not readable)",
  ]);
  assertEquals(machineDifferences(machine, syntheticMachine(4, { memoryBytes: 8 * 2 ** 30 })), [
    "memory (16.0 GiB; 8.0 GiB)",
  ]);
});

Deno.test("machineDifferences() does not mind the commit, the load and a little memory", () => {
  const later = { ...machine, gitCommit: "f", loadStart: 3, loadEnd: 9 };
  assertEquals(machineDifferences(machine, { ...later, memoryBytes: 15.9 * 2 ** 30 }), []);
  const blind = { ...machine, memoryBytes: null, cpu: null };
  assertEquals(machineDifferences(blind, { ...blind }), []);
});
