/**
 * `applyAsync` of x ** 3 for 1 to 10, with a callback for results and one for errors.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const power = mp.task(import.meta, (x: number, y: number, go: mp.Event) => {
  go.wait();
  return x ** y;
});

const failing = mp.task(import.meta, (x: number) => {
  throw new RangeError(`no result for ${x}`);
});

async function cubes(count: number, workers: number) {
  await using pool = new mp.Pool(workers);
  const go = new mp.Event();
  const called: number[] = [];
  const results: mp.AsyncResult<number>[] = [];
  for (let x = 1; x <= count; x++) {
    results.push(pool.applyAsync(power, [x, 3, go], { callback: (cube) => called.push(cube) }));
  }
  const readyEarly = results.filter((result) => result.ready()).length; // <- the parent goes on
  go.set();
  const collected = await Promise.all(results.map((result) => result.get()));

  const caught: string[] = [];
  const fails = pool.applyAsync(failing, [11], {
    callback: () => caught.push("callback"),
    errorCallback: (error) => caught.push(String(error)), // <- instead of the callback
  });
  const thrown = await fails.get().catch((error: Error) => String(error)); // get() throws it too
  return { collected, called, readyEarly, caught, thrown, successful: fails.successful() };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "apply-async",
  deck: "UVA",
  slide: "The Pool Class: apply_async; Firenze: Pool methods",
  summary: "x ** 3 for 1 to 10; callbacks and error callbacks",
  question: "apply_async hands over one call at a time and does not wait. In which order are the " +
    "results collected, when do the callbacks come, and where does an error go?",
  takes: {
    workers: { means: "workers", full: 4, max: 64 },
    size: { means: "numbers", full: 10, max: 10_000 },
  },
  next: "starmap",

  async run({ workers, size }, print) {
    const found = await cubes(size, workers);
    print(
      `${size} calls of x ** 3 were handed over; ${found.readyEarly} were ready at that moment`,
    );
    print("then one call of a function that throws");
    const expected = Array.from({ length: size }, (_, i) => (i + 1) ** 3);
    const show = (values: readonly number[]) =>
      values.slice(0, 10).join(" ") + (values.length > 10 ? " ..." : "");
    const sorted = found.called.toSorted((a, b) => a - b);
    return {
      found: `${found.collected.at(-1)} is the last; error: ${found.caught.length} callback`,
      answer: [
        {
          columns: ["what", "values"],
          rows: [
            ["collected by get()", show(found.collected)],
            ["callbacks, as they came", show(found.called)],
            ["error callback", found.caught.join("; ")],
            ["get() of the same call", `throws ${found.thrown}`],
          ],
        },
      ],
      why: "applyAsync returns an AsyncResult at once. The list of those is in the order of the " +
        "calls, so collecting them gives the results in that order, whoever was first to finish. " +
        "A callback is called in the parent as soon as its result is there, in the order of " +
        "finishing. It should be quick, as the next results wait for it. An error calls the " +
        "error callback instead, and get() throws it: who asks for neither never hears of it.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["x ** 3 of 1 to 10", "1, 8, 27 ... 1000", show(found.collected)]],
      },
      check: [
        {
          claim: "Collected, the cubes are in the order of the calls.",
          holds: found.collected.join() === expected.join(),
        },
        { claim: "The calls return before their results.", holds: found.readyEarly === 0 },
        {
          claim: "Each result calls its callback once, before get() returns.",
          holds: sorted.join() === expected.join(),
        },
        {
          claim: "An error calls the error callback only, and get() throws it.",
          holds: found.caught.join() === "RangeError: no result for 11" &&
            found.thrown === found.caught[0] && !found.successful,
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
