import { assertEquals, assertStringIncludes } from "@std/assert";
import { syntheticReport } from "../synthetic_report.ts";
import { machineBlock } from "./machine_block.ts";

function blockOf(slurm: Record<string, string> | null): [seen: string, folded: string] {
  const { text } = machineBlock(syntheticReport(1, [1], { slurm }));
  const cut = text.indexOf("<details");
  return [text.slice(0, cut), text.slice(cut)];
}

Deno.test("the page says at once whether a Slurm job had its node for itself", () => {
  const [seen, folded] = blockOf({ SLURM_JOB_ID: "7", "exclusive node": "yes" });
  assertStringIncludes(seen, "<dt>Slurm node for this job alone</dt><dd>yes</dd>");
  assertStringIncludes(folded, "<dt>Slurm</dt><dd>SLURM_JOB_ID=7</dd>");
});

Deno.test("outside of a job it does not speak of it", () => {
  const [seen, folded] = blockOf({});
  assertEquals(seen.includes("Slurm"), false);
  assertStringIncludes(folded, "<dt>Slurm</dt><dd>no job</dd>");
  assertStringIncludes(blockOf(null)[1], '<dt>Slurm</dt><dd class="missing">not readable</dd>');
});
