/**
 * A program that forgot its guard; `main_guard.ts` shows what happens to it.
 *
 * @module
 */
import * as mp from "@polycore/polycore";

// #region lesson
const hello = mp.task(import.meta, (name: string) => `hello, ${name}`);

async function program() {
  await using pool = new mp.Pool(1);
  return await pool.apply(hello, ["world"]);
}

// No guard: a worker that imports this module, to find `hello`, calls program() too.
/** What the program says in the end. */
export const said: string = await program(); // <- no guard
// #endregion
