/**
 * A program whose process ends in trouble; what it prints is looked at from outside.
 *
 * @module
 */

import { Process } from "../mod.ts";
import { exitWith, throwSomething } from "./tasks.ts";
import { unreachable } from "./throws_on_import.ts";

const hidden = 1;

const targets: Record<string, [(arg: never) => unknown, unknown]> = {
  crash: [throwSomething, "cause"],
  text: [exitWith, "the reason in words"],
  list: [exitWith, [1, 2, 3]],
  captures: [() => hidden, 0],
  "captures unseen": [() => new Function("return hidden")(), 0],
  guard: [unreachable, 0],
};

if (import.meta.main) {
  const [target, arg] = targets[Deno.args[0]!]!;
  const process = new Process({ target, args: [arg as never], name: "Crasher" });
  process.start();
  await process.join();
  console.log(process.exitcode);
}
