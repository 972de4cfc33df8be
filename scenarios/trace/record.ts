/**
 * `--trace`: recording the run of a scenario, and the files that come of it.
 *
 * @module
 */
import { startTrace, stopTrace } from "@polycore/sync/internal";
import type { Scenario } from "../scenario.ts";
import { chromeTrace } from "./chrome.ts";
import { figureOf } from "./figure.ts";
import { costSentence, findingsOf } from "./findings.ts";
import { type Model, modelOf } from "./model.ts";
import { tracePage } from "./page.ts";

/** Where the files are written; git leaves it out. */
export const folder: URL = new URL("../../reports/out/", import.meta.url);

/** What `--json --trace` gives of a recording. */
export interface TraceFacts {
  /** What it shows, the most telling first. */
  readonly findings: readonly string[];
  /** What recording cost. */
  readonly cost: Model["cost"];
  /** A picture of the whole run, as a `figure` of HTML. */
  readonly figure: string;
}

/** A scenario whose run is recorded, and what was recorded when it has ended. */
export function recorded(scenario: Scenario): { scenario: Scenario; model: () => Model } {
  let model: Model | undefined;
  const run: Scenario["run"] = async (options, print) => {
    startTrace();
    const start = performance.now();
    try {
      return await scenario.run(options, print);
    } finally {
      const end = performance.now() - start;
      const trace = stopTrace();
      model = modelOf(trace, Math.max(end, trace.events.at(-1)?.ms ?? 0));
    }
  };
  return { scenario: { ...scenario, run }, model: () => model! };
}

/** What there is to say of a recording, for programs. */
export function factsOf(model: Model, id: string): TraceFacts {
  return { findings: findingsOf(model), cost: model.cost, figure: figureOf(model, id).text };
}

/** Write the page and the file for Perfetto; gives the lines that say so. */
export function saveTrace(model: Model, id: string, to: URL = folder): string[] {
  Deno.mkdirSync(to, { recursive: true });
  const write = (name: string, text: string) => {
    Deno.writeTextFileSync(new URL(name, to), text);
    return `reports/out/${name}`;
  };
  const page = write(`trace-${id}.html`, tracePage(model, id));
  const chrome = write(`trace-${id}.trace.json`, chromeTrace(model));
  return [
    ...findingsOf(model),
    costSentence(model),
    `The picture: ${page}`,
    `For Perfetto (https://ui.perfetto.dev): ${chrome}`,
  ];
}
