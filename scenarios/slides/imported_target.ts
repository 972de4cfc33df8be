/**
 * A target that lives in another module than the program that runs it.
 *
 * @module
 */
import * as mp from "@polycore/polycore";

/** Tells its name and whether its module was started as the program. */
export const tellName = mp.task(import.meta, (out: mp.Queue<[string, boolean]>) => {
  out.put([mp.currentProcess().name, import.meta.main]);
});
