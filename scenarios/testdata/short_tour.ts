/**
 * A tour of the scenarios named on the command line; "FAIL" and "ERROR" stand for ones that do not
 * pass. Run by `tour_test.ts`.
 *
 * @module
 */
import { load } from "../catalogue.ts";
import type { Report } from "../run.ts";
import { type Stop, tour } from "../tour.ts";

const scenario = await load("threads-hide-io");
const scenarios = Deno.args.map((id) => ({ ...scenario, id }));

// deno-lint-ignore require-await
async function visit(id: string): Promise<Stop> {
  if (id === "ERROR") {
    return { id, passed: false, seconds: 1, finding: "it broke", report: undefined };
  }
  const check = [{ claim: "It holds.", holds: id !== "FAIL" }];
  const report = { id, check, found: "so much" } as unknown as Report;
  return { id, passed: id !== "FAIL", seconds: 1, finding: "it does not hold", report };
}

Deno.exit(await tour(scenarios, { json: false, seed: undefined, visit }));
