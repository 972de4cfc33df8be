/**
 * Four and ten processes say hello.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { orders } from "./rounds.ts";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
let owner = "nobody";

const hello = mp.task(import.meta, (i: number, heard: mp.Queue<Hello>) => {
  heard.put({ i, name: mp.currentProcess().name, owner });
});

/** Start `count` processes, join them, and give what they said in the order of saying it. */
async function greet(count: number): Promise<Hello[]> {
  owner = "the parent"; // <- the processes do not see this
  const heard = new mp.Queue<Hello>();
  const processes: mp.Process[] = [];
  for (let i = 0; i < count; i++) {
    const process = new mp.Process({ target: hello, args: [i, heard], name: `hello-${i}` });
    processes.push(process);
    process.start();
  }
  const hellos: Hello[] = [];
  for (let i = 0; i < count; i++) hellos.push(await heard.getAsync());
  for (const process of processes) await process.join();
  return hellos;
}
// #endregion

/** What a process says. */
interface Hello {
  i: number;
  name: string;
  owner: string;
}

/** The scenario. */
export const scenario: Scenario = {
  id: "spawn-processes",
  deck: "UVA",
  slide: "The Process Class; PNNL: Spawning concurrent processes",
  summary: "hello from 4 and 10 processes: which order, whose memory?",
  question: "The parent starts processes 0, 1, 2 and so on; each says hello and its number. In " +
    "which order do we hear them, and do they see a variable that the parent has set?",
  takes: {
    workers: { means: "processes in the larger group", full: 10, min: 2, max: 64 },
    runs: { means: "runs of each group", full: 5, quick: 2, max: 100 },
  },
  next: "process-lifecycle",

  async run({ workers, runs }, print) {
    const rows: (string | number)[][] = [];
    let complete = true, foreign = 0, shuffled = 0;
    const start = performance.now();
    const groups = workers > 4 ? [4, workers] : [workers];
    for (const count of groups) {
      for (let run = 1; run <= runs; run++) {
        const hellos = await greet(count);
        const order = hellos.map(({ i }) => i);
        if (run === 1) { for (const { i } of hellos.slice(0, 4)) print(`hello from ${i}`); }
        complete &&= new Set(order).size === count && hellos.length === count;
        foreign += hellos.filter(({ owner }) => owner !== "nobody").length;
        if (order.some((i, place) => i !== place)) shuffled++;
        rows.push([count, run, order.join(" "), hellos[0]!.owner]);
      }
    }
    const started = runs * groups.reduce((sum, count) => sum + count, 0);
    const each = (performance.now() - start) / started;
    return {
      found: `${shuffled} of ${rows.length} runs out of order`,
      answer: [
        { columns: ["processes", "run", "heard in this order", "owner as they see it"], rows },
        `Out of order in ${shuffled} of ${rows.length} runs. The parent set owner to ` +
        `"${owner}", and no process saw that. Start to end took ${each.toFixed(1)} ms a process.`,
      ],
      why: "Processes run side by side. Each says hello when it is ready, which is decided by " +
        "the operating system and not by the order of start(). Nothing promises an order unless " +
        "the program makes one. And each process has its own memory: it ran the module anew and " +
        "has its own owner variable; what the parent changed later stayed with the parent.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["order heard from 4", "0 2 3 1", String(rows[0]![2])]],
      },
      check: [
        { claim: "Every process is heard exactly once.", holds: complete },
        { claim: "No process sees what the parent set.", holds: foreign === 0 },
        { claim: "The parent still has what it set.", holds: owner === "the parent" },
      ],
    };
  },

  async often({ quick }) {
    const heard: string[] = [];
    while (heard.length < (quick ? 6 : 60)) {
      heard.push((await greet(3)).map(({ i }) => i).join(" "));
    }
    return [orders("processes 0, 1 and 2 are started, and say hello", heard)];
  },
};

if (import.meta.main) await alone(scenario);
