import { assert } from "@std/assert";
import { knownId, readRequest, resolve } from "./arguments.ts";
import { ids, load } from "./catalogue.ts";

/** The commands of the READMEs, with the words that follow `deno task scenario`. */
async function commandsOf(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(path, import.meta.url));
  const commands = [...text.matchAll(/deno(?:@\S+)? task scenario([^`#\n]*)/g)];
  return commands.map(([, words]) => words!.trim()).filter((words) => !words.includes("…"));
}

for (const path of ["../README.md", "README.md"]) {
  Deno.test(`every scenario command of ${path} is one that the command takes`, async () => {
    const commands = await commandsOf(path);
    assert(commands.length > 5, "the commands were not found");
    for (const command of commands) {
      const request = readRequest(
        command.replace(/\bID\b/, "deadlock").split(/\s+/).filter(Boolean),
      );
      if (request.id === undefined) continue;
      resolve(await load(knownId(request.id, ids)), request.given, request.quick);
    }
  });
}
