/**
 * The rules of `Parallel` beside joblib's own, on random inputs. Without Python and joblib these tests are
 * left out, unless `POLYCORE_NEED_PYTHON=1`.
 */
import { assertEquals } from "@std/assert";
import { AutoBatchSize } from "./batching.ts";
import { preDispatchAmount } from "./pre_dispatch.ts";
import { isSkipped, shortTime } from "./progress.ts";

const PROGRAM = `
import json, sys
from joblib.parallel import _verbosity_filter
from joblib.logger import short_format_time
from joblib._parallel_backends import AutoBatchingMixin
from joblib._utils import eval_expr
asked = json.load(sys.stdin)
def sizes(durations):
    class Quiet:
        verbose = 0
    auto = AutoBatchingMixin()
    auto.parallel = Quiet()
    found = []
    for seconds in durations:
        found.append(auto.compute_batch_size())
        auto.batch_completed(found[-1], seconds)
    return found
json.dump({
    "sizes": [sizes(durations) for durations in asked["durations"]],
    "skipped": [[bool(_verbosity_filter(i, v)) for i in range(300)] for v in asked["verbose"]],
    "times": [short_format_time(t) for t in asked["times"]],
    "amounts": [int(eval_expr(e.replace("n_jobs", "4"))) for e in asked["expressions"]],
}, sys.stdout)
`;

async function joblib(program: string, input = ""): Promise<string> {
  const command = new Deno.Command("/usr/bin/python3", {
    args: ["-c", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const process = command.spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await process.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const needed = Deno.env.get("POLYCORE_NEED_PYTHON") === "1";
const there = needed || await joblib("import joblib").then(() => true, () => false);

/** Times of batches in seconds: from far too short to far too long, and around the limits. */
function randomDurations(): number[] {
  return Array.from({ length: 40 }, () => {
    const near = [0.2, 2, 1e-4][Math.floor(Math.random() * 3)]!;
    return near * 2 ** (Math.random() * 4 - 2);
  });
}

function randomExpression(depth = 3): string {
  const numbers = ["n_jobs", "1.5", "2", "3", "7"];
  if (depth === 0) return numbers[Math.floor(Math.random() * numbers.length)]!;
  const operator = ["+", "*", "-", "//", "/", "%"][Math.floor(Math.random() * 6)]!;
  const [left, right] = [randomExpression(depth - 1), randomExpression(depth - 1)];
  return Math.random() < 0.5 ? `(${left}) ${operator} ${right}` : `${left}${operator}${right}`;
}

/** What joblib, too, finds to be at least 1. */
function isAmount(expression: string): boolean {
  try {
    return preDispatchAmount(expression, 4) >= 1;
  } catch {
    return false;
  }
}

Deno.test(
  "batch sizes, lines, times and preDispatch as joblib has them",
  { ignore: !there },
  async () => {
    const durations = Array.from({ length: 50 }, randomDurations);
    const times = Array.from({ length: 200 }, () => Math.random() * 10 ** (Math.random() * 5 - 1));
    const verbose = [1, 2, 3, 5, 8, 10, 11, 50];
    const expressions = Array.from({ length: 400 }, () => randomExpression()).filter(isAmount);
    const asked = { durations, times, verbose, expressions };
    const theirs = JSON.parse(await joblib(PROGRAM, JSON.stringify(asked)));
    for (const [i, list] of durations.entries()) {
      const auto = new AutoBatchSize();
      const sizes = list.map((seconds) => {
        const size = auto.next();
        auto.completed(size, seconds * 1000);
        return size;
      });
      assertEquals(sizes, theirs.sizes[i], `times: ${list}`);
    }
    const skipped = verbose.map((v) => Array.from({ length: 300 }, (_, i) => isSkipped(i, v)));
    assertEquals(skipped, theirs.skipped);
    assertEquals(times.map((seconds) => shortTime(seconds * 1000)), theirs.times);
    assertEquals(
      expressions.map((e) => [e, preDispatchAmount(e, 4)]),
      expressions.map((e, i) => [e, theirs.amounts[i]]),
    );
  },
);
