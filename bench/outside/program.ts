/**
 * The kernels in other languages, as programs that wait for orders.
 *
 * @module
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fromFileUrl, join } from "@std/path";

/** What a program answers for a run. */
export interface Answer {
  /** The kernel's sum, or the sum of what was written. */
  result: number;
  /** Milliseconds by the program's own clock. */
  ms: number;
}

/** A way to run the kernels in another language. */
export interface Outside {
  /** A short name, the same in every report. */
  name: string;
  /** Its name in words. */
  title: string;
  /** Start it; throws an error that says why it cannot be measured here. */
  start(): Promise<OutsideProgram>;
}

/** A program in another language that is running. */
export class OutsideProgram implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  /** Start a program; it is ready when it answers. */
  constructor(command: string, args: string[]) {
    // One thread in the libraries below: the programs spread the work themselves.
    const env = { ...Deno.env.toObject(), OPENBLAS_NUM_THREADS: "1", OMP_PROC_BIND: "false" };
    this.#child = spawn(command, args, { env, stdio: ["pipe", "pipe", "ignore"] });
    // A program that cannot start, or that has ended, ends its output, which is told below.
    this.#child.on("error", () => {});
    this.#child.stdin.on("error", () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line that the program writes. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#child.spawnargs.join(" ")} ended before it answered`);
    return value;
  }

  /** Run a kernel once. */
  async run(kernel: string, size: number, threads: number): Promise<Answer> {
    this.#child.stdin.write(`${kernel} ${size} ${threads} 1\n`);
    return JSON.parse(await this.line());
  }

  /** End it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
  }
}

const folder = fromFileUrl(new URL(".", import.meta.url));

/** The interpreter that has Debian's packages. */
const PYTHON = "/usr/bin/python3";

/** Every other language, in the order of the report. */
export const outsides: readonly Outside[] = [
  python("numba"),
  python("numpy"),
  {
    name: "c-openmp",
    title: "C with OpenMP",
    async start() {
      const path = join(Deno.makeTempDirSync({ prefix: "polycore-c-" }), "kernels");
      const args = ["-O3", "-march=native", "-ffast-math", "-fopenmp", "kernels.c", "-o", path];
      await succeed("cc", [...args, "-lm"], "the C compiler cc is not installed");
      return new OutsideProgram(path, []);
    },
  },
];

/** Python's joblib, which does what `joblib_peer.py` tells, with its files in a folder. */
export function joblib(files: string): Outside {
  return python("joblib", "joblib_peer.py", files);
}

function python(library: string, script = "kernels.py", argument = library): Outside {
  return {
    name: library,
    title: library,
    async start() {
      const missing = `${library} is not installed for ${PYTHON}`;
      await succeed(PYTHON, ["-c", `import ${library}, numpy`], missing);
      const program = new OutsideProgram(PYTHON, [join(folder, script), argument]);
      await program.line(); // "ready"
      return program;
    },
  };
}

/** Run a command, or throw what it means that it fails. */
async function succeed(command: string, args: string[], otherwise: string): Promise<void> {
  let success = false;
  try {
    ({ success } = await new Deno.Command(command, { args, cwd: folder, stderr: "null" }).output());
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (!success) throw new Error(otherwise);
}
