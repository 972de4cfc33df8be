/**
 * The slides on single processes. Where a slide's child prints, it puts its line on a queue here.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assertEquals } from "@std/assert";
import { tellName } from "./imported_target.ts";
import { drain, range, sleep } from "./python.ts";

let declared = 0; // each process has its own

const procFunc = mp.task(import.meta, (n: number, out: mp.Queue<string>) => {
  declared += 1;
  out.put(`process ${n} counted ${declared}`);
});

Deno.test("PNNL, Spawning concurrent processes: ten that are joined, with variables of their own", async () => {
  const out = new mp.Queue<string>();
  const processes: mp.Process[] = [];
  for (const i of range(10)) {
    const p = new mp.Process({ target: procFunc, args: [i, out] });
    processes.push(p);
    p.start();
  }
  for (const p of processes) await p.join();
  out.put("All done!");
  const lines = drain(out);
  assertEquals(lines.pop(), "All done!");
  assertEquals(lines.toSorted(), [...range(10)].map((n) => `process ${n} counted 1`));
  assertEquals(declared, 0);
});

Deno.test("Firenze, Spawning a process: build, start, join, behind the main guard", async () => {
  const out = new mp.Queue<[string, boolean]>();
  const p = new mp.Process({ target: tellName, args: [out] });
  p.start();
  await p.join();
  // The module's `if (import.meta.main)` is false where a worker imports it.
  assertEquals(out.get()[1], false);
});

Deno.test("Firenze, Creating a process: target, args, a name, an imported function", async () => {
  const out = new mp.Queue<[string, boolean]>();
  const p = new mp.Process({ target: tellName, args: [out], name: "worker 1" });
  p.start();
  await p.join();
  assertEquals(out.get()[0], "worker 1");
});

const finish = mp.task(import.meta, (may: mp.Event, how: string) => {
  may.wait();
  if (how === "exits") mp.exit(3);
});

Deno.test("Firenze, Starting/Joining a process: join with a timeout; exit codes 0, above and below", async () => {
  const may = new mp.Event();
  const ok = new mp.Process({ target: finish, args: [may, "returns"] });
  const error = new mp.Process({ target: finish, args: [may, "exits"] });
  const killed = new mp.Process({ target: finish, args: [new mp.Event(), "waits"] });
  for (const p of [ok, error, killed]) p.start();
  await ok.join(10);
  assertEquals([ok.isAlive(), ok.exitcode], [true, null]);
  may.set();
  await ok.join();
  await error.join();
  killed.terminate();
  await killed.join();
  assertEquals(ok.exitcode, 0);
  assertEquals(error.exitcode, 3);
  assertEquals(killed.exitcode, -15);
});

Deno.test("Firenze, Daemon processes: a daemon ends with the main program", async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "-A",
      "--no-check",
      new URL("testdata/daemon.ts", import.meta.url).pathname,
    ],
    signal: AbortSignal.timeout(20_000),
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals([code, text(stdout), text(stderr)], [0, "alive: true\n", ""]);
});

class Greeter extends mp.Process {
  static {
    mp.task(import.meta, this);
  }

  constructor(readonly greeting: string, readonly out: mp.Queue<string>) {
    super({ name: "greeter" });
  }

  override run(): void {
    this.out.put(`${this.greeting} from ${this.name}`);
  }
}

Deno.test("Firenze, Subclassing Process: own constructor, own run", async () => {
  const out = new mp.Queue<string>();
  const p = new Greeter("hello", out);
  p.start();
  await p.join();
  assertEquals(drain(out), ["hello from greeter"]);
});

const f = mp.task(import.meta, (name: string, out: mp.Queue<string>) => {
  out.put("hello from " + name);
});

Deno.test("UVA, The Process Class: hello from four processes, in any order", async () => {
  const out = new mp.Queue<string>();
  const ncpus = 4;
  for (const i of range(ncpus)) {
    const p = new mp.Process({ target: f, args: [String(i), out] });
    p.start();
  }
  // The slide joins nobody; its program waits at its end.
  for (const p of mp.activeChildren()) await p.join();
  assertEquals(drain(out).toSorted(), [...range(ncpus)].map((i) => `hello from ${i}`));
});

const work = mp.task(import.meta, async (i: number, out: mp.Queue<[number, number]>) => {
  await sleep(10 * Math.random());
  out.put([mp.currentProcess().pid!, i]);
});

Deno.test("Duke, In [46] [49]: ten processes, each joined before the next one starts", async () => {
  const out = new mp.Queue<[number, number]>();
  for (const i of range(10)) {
    const p = new mp.Process({ target: work, args: [i, out] });
    p.start();
    await p.join();
  }
  const lines = drain(out);
  assertEquals(lines.map(([, i]) => i), [...range(10)]);
  const pids = lines.map(([pid]) => pid);
  assertEquals(pids, pids.toSorted((a, b) => a - b)); // they grow, as on the slide
  assertEquals(new Set(pids).size, 10);
});
