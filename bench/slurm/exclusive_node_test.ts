import { assertEquals } from "@std/assert";
import { exclusiveInWords, exclusiveNode } from "./exclusive_node.ts";

Deno.test("exclusiveInWords() tells a node of one's own from a shared one, and guesses nothing", () => {
  const job = (share: string) =>
    `JobId=1 JobName=x NodeList=n1 OverSubscribe=${share} Contiguous=0`;
  assertEquals(exclusiveInWords(job("NO")), "yes");
  assertEquals(exclusiveInWords(job("OK")), "no, other jobs may run on it");
  assertEquals(exclusiveInWords(job("YES")), "no, other jobs may run on its very cores");
  assertEquals(exclusiveInWords(job("SOMETHING")), "not readable");
  assertEquals(exclusiveInWords(""), "not readable");
});

Deno.test({
  name: "exclusiveNode() says so where Slurm cannot be asked",
  permissions: "none",
  async fn() {
    assertEquals(await exclusiveNode("1"), "not readable");
  },
});
