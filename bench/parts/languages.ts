/**
 * The same problem in every variant and in every language that this machine has, in turns.
 *
 * @module
 */
import type { BaseLine, Kernel } from "@polycore/reports";
import { type KernelSpec, type Problem, type VariantName, VARIANTS } from "../kernels/kernel.ts";
import { type Answer, type OutsideProgram, outsides } from "../outside/program.ts";
import { type Context, onPool, onThisThread, sample, unitsPerTask, VARIANT } from "./context.ts";
import type { Timed } from "../sampling.ts";

/** A language, running or missing. */
interface Language {
  name: string;
  title: string;
  program: OutsideProgram | null;
  missing: string | null;
}

/** The languages of this machine. */
export class Languages implements AsyncDisposable {
  readonly #languages: Language[];

  private constructor(languages: Language[]) {
    this.#languages = languages;
  }

  /** Start those that are there. */
  static async start(onProgress: (text: string) => void): Promise<Languages> {
    const languages: Language[] = [];
    for (const { name, title, start } of outsides) {
      onProgress(`starting ${title}`);
      try {
        languages.push({ name, title, program: await start(), missing: null });
      } catch (error) {
        languages.push({ name, title, program: null, missing: (error as Error).message });
      }
    }
    return new Languages(languages);
  }

  /**
   * Measure a problem in every variant on this thread, in every language on one thread and on the most, and
   * on our pools.
   */
  async measure<D>(
    kernel: KernelSpec<D>,
    problem: Problem<D>,
    size: number,
    context: Context,
  ): Promise<Pick<Kernel, "result" | "baseLines" | "runs">> {
    const result = problem.check(kernel.variants[VARIANT](problem.data, 0, size));
    problem.clear?.();
    const lines: { line: BaseLine; subject: Timed | null }[] = [];
    const add = (line: Omit<BaseLine, "samplesMs" | "missing">, subject: Timed) =>
      lines.push({ line: { ...line, missing: null, samplesMs: subject.samplesMs }, subject });
    for (const [name, title] of Object.entries(VARIANTS)) {
      const subject = onThisThread(kernel, name as VariantName, problem, size);
      add({ name, title, threads: 1, result }, subject);
    }
    const most = Math.max(...context.cores);
    for (const { name, title, program, missing } of this.#languages) {
      if (!program) {
        const line = { name, title, threads: 1, result: null, samplesMs: [], missing };
        lines.push({ line, subject: null });
        continue;
      }
      // numba throws with its own random numbers, as one would write it, and with ours, for comparison.
      const works = name === "numba" && kernel.name === "monte-carlo-pi"
        ? [["", kernel.name, "its own random numbers"], [
          "-same",
          `${kernel.name}-same`,
          "our throws",
        ]]
        : [["", kernel.name, ""]];
      for (const [suffix, work, remark] of works) {
        for (const threads of new Set([1, most])) {
          const words = [remark, threads > 1 ? `${threads} threads` : ""].filter((word) => word);
          add({
            name: `${name}${suffix}${threads > 1 ? `-${threads}` : ""}`,
            title: words.length > 0 ? `${title}, ${words.join(", ")}` : title,
            threads,
            result: null,
          }, outside(program, work, size, threads));
        }
      }
    }
    const pools = context.cores.map((workers) => ({
      workers,
      subject: onPool(
        kernel,
        problem,
        size,
        context.pool(workers),
        unitsPerTask(kernel, size, workers),
      ),
    }));
    await sample(
      [...lines.flatMap(({ subject }) => subject ?? []), ...pools.map(({ subject }) => subject)],
      kernel.title,
      context,
    );
    return {
      result,
      baseLines: lines.map(({ line }) => line).filter(({ missing, samplesMs }) =>
        missing !== null || samplesMs.length > 0
      ),
      runs: pools.flatMap(({ workers, subject: { samplesMs } }) =>
        samplesMs.length === 0 ? [] : [{ workers, samplesMs, workerTimes: null }]
      ),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { program } of this.#languages) await program?.[Symbol.asyncDispose]();
  }
}

function outside(program: OutsideProgram, work: string, size: number, threads: number): Timed {
  return {
    samplesMs: [],
    run: () => program.run(work, size, threads),
    ownMs: (answer) => (answer as Answer).ms,
  };
}
