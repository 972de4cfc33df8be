import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { run as runProgram, words } from "./testdata/command.ts";
import { ownFolder, writable } from "./own_folder.ts";
import { run } from "./run.ts";
import type { Scenario } from "./scenario.ts";

const options = { workers: 0, size: 0, runs: 0, seed: 1, file: "", folder: "", quick: true };

Deno.test("ownFolder() is empty, in reports/out, and gone with what is in it", async () => {
  let path: string;
  {
    await using own = await ownFolder("test");
    ({ path } = own);
    assertStringIncludes(path, `${writable.pathname}test-`);
    assertEquals([...Deno.readDirSync(path)], []);
    await Deno.writeTextFile(`${path}/a.txt`, "a");
  }
  await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("a scenario that takes a folder has one while it runs, and none is left when it throws", async () => {
  let path = "";
  const scenario = {
    id: "test",
    takes: { folder: true },
    run: ({ folder }) => {
      path = folder;
      assert(Deno.statSync(folder).isDirectory);
      throw new Error("it failed");
    },
  } as Partial<Scenario> as Scenario;
  const { passed, error } = await run(scenario, options, () => {});
  assert(!passed && error?.includes("it failed"));
  await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("without leave to write, a scenario that takes a folder says what is missing", async () => {
  const all = words("main.ts", "joblib-memory", "--quick");
  const args = all.filter((word) => !word.startsWith("--allow-write"));
  assertEquals(args.length, all.length - 1);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  assertEquals([code, stdout.length], [2, 0]);
  assertStringIncludes(new TextDecoder().decode(stderr), "add --allow-write=reports/out.");
  assertEquals((await runProgram("joblib_memory.ts", "--quick")).code, 0);
});
