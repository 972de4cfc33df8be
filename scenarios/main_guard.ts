/**
 * What happens without `if (import.meta.main)`, shown safely.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const hello = mp.task(import.meta, (name: string) => ({
  said: `hello, ${name}`,
  isMain: import.meta.main, // false in a worker: the worker imports this module
}));

/** The program, which only the main program calls: see the last line of this file. */
async function program() {
  await using pool = new mp.Pool(1);
  return await pool.apply(hello, ["world"]);
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "main-guard",
  deck: "Firenze",
  slide: "Spawning a process; UVA: The Process Class",
  summary: "what happens without if (import.meta.main)",
  question:
    'The slides say: protect the creation of processes by if __name__ == "__main__". What ' +
    "happens in a program that does not?",
  takes: {},
  next: "process-lifecycle",

  async run(_, print) {
    const end = await import("./main_guard_missing.ts").then(
      ({ said }) => said,
      (error: Error) => error,
    );
    print("without a guard: the module starts a pool as soon as it is imported");
    const guarded = await program();
    print("with the guard: only the main program starts the pool");
    const message = end instanceof Error ? end.message.trim() : `It worked: ${end}`;
    return {
      found: `without: ${end instanceof Error ? "refused" : "ran"}; with: ${guarded.said}`,
      answer: [
        "Without the guard the program ends with this error:",
        message,
        {
          columns: ["program", "ends with", "import.meta.main in the worker"],
          rows: [
            ["without the guard", end instanceof Error ? end.name : end, null],
            ["with the guard", guarded.said, guarded.isMain],
          ],
        },
      ],
      why: "A worker finds its function by importing the module that has it, and importing runs " +
        "all that stands at the top level. If that starts a worker, the worker imports the " +
        "module and starts a worker, which imports the module ... Here a worker that is still " +
        "importing is refused, with an error that names the module, before the first round is " +
        "over. import.meta.main is true only in the module that was started as the program, so " +
        "what stands behind it is run once. Every scenario ends with such a line.",
      check: [
        {
          claim: "Without the guard no second generation of workers is started.",
          holds: end instanceof Error && message.includes("while a worker imports it"),
        },
        {
          claim: "The error names the module, and the line to write.",
          holds: message.includes("main_guard_missing.ts") &&
            message.includes("if (import.meta.main)"),
        },
        { claim: "With the guard the task runs.", holds: guarded.said === "hello, world" },
        { claim: "In the worker the guard is false.", holds: guarded.isMain === false },
      ],
    };
  },
};

// #region lesson
if (import.meta.main) await alone(scenario); // <- the guard
// #endregion
