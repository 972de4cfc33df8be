/**
 * A program that ends while its daemon still waits.
 *
 * @module
 */
import * as mp from "@polycore/polycore";

const work = mp.task(import.meta, (begun: mp.Event, never: mp.Event) => {
  begun.set();
  never.wait();
});

if (import.meta.main) {
  const begun = new mp.Event();
  const p = new mp.Process({ target: work, args: [begun, new mp.Event()] });
  p.daemon = true;
  p.start();
  await begun.waitAsync();
  console.log("alive:", p.isAlive());
}
