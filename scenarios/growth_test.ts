import { assert, assertEquals, assertRejects } from "@std/assert";
import { growth } from "./growth.ts";

Deno.test("growth() gives the result, and sees memory that was used in between", async () => {
  const [result, grown] = await growth(() => {
    const held = new Uint8Array(64e6).fill(1);
    return Promise.resolve(held[63_999_999]);
  });
  assertEquals(result, 1);
  assert(grown > 32e6, `it grew by ${grown} bytes`);
});

Deno.test("growth() stops looking when the action fails", async () => {
  await assertRejects(() => growth(() => Promise.reject(new Error("it failed"))), Error, "failed");
});
