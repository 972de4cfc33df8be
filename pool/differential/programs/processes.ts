/**
 * The life of processes: flags, names, exit codes, and what is refused when.
 *
 * @module
 */

import { Event } from "@polycore/sync";
import { Queue } from "@polycore/shm";
import { activeChildren, currentProcess, exit, parentProcess, Process, task } from "../../mod.ts";
import { line, outcome, tell, until } from "./report.ts";

type Code = Parameters<typeof exit>[0];

const EXITS: [string, Code][] = [
  ["None", null],
  ["True", true],
  ["False", false],
  ...[0, 1, 2, 3, 100, 255].map((n): [string, Code] => [String(n), n]),
  ["some last words", "some last words"],
];

const nothing = task(import.meta, () => {});
const leave = task(import.meta, (code: Code) => exit(code));
const leaveWithout = task(import.meta, () => exit());

const leaveInside = task(import.meta, (code: Code) => {
  try {
    exit(code);
  } finally {
    currentProcess();
  }
});

const fail = task(import.meta, () => {
  throw new RangeError("on purpose");
});

const wait = task(import.meta, (begun: Event, go: Event) => {
  begun.set();
  go.wait();
});

const tellWho = task(import.meta, (queue: Queue) => {
  const me = currentProcess() as Process, parent = parentProcess()!;
  const unstarted = new Process({ target: nothing });
  const mine = [me.name, me.daemon, parent.name, me.isAlive(), me.pid !== null];
  queue.put([...mine, activeChildren().length, unstarted.name, unstarted.daemon]);
});

const startAnother = task(import.meta, async (queue: Queue) => {
  const another = new Process({ target: nothing });
  queue.put(outcome(() => another.start()));
  if (another.pid) await another.join();
});

class Upper extends Process {
  static {
    task(import.meta, this);
  }

  constructor(readonly queue: Queue, readonly text: string) {
    super();
  }

  override run(): void {
    const { name, daemon, exitcode } = this;
    this.queue.put([this.text.toUpperCase(), name, daemon, this.isAlive(), exitcode]);
  }
}

function flags({ daemon, exitcode, pid }: Process, alive: boolean): unknown[] {
  return [daemon, alive, exitcode, pid !== null];
}

async function exits(): Promise<void> {
  const all: [string, (...args: never[]) => unknown, unknown[]][] = [
    ["return", nothing, []],
    ["exit()", leaveWithout, []],
    ["raise", fail, []],
    ["exit past except", leaveInside, [4]],
    ...EXITS.map(([name, code]) =>
      [`exit(${name})`, leave, [code]] as [string, typeof leave, [Code]]
    ),
  ];
  const started = all.map(([name, target, args]) => {
    const process = new Process({ target: target as (...args: unknown[]) => unknown, args });
    process.start();
    return { name, process };
  });
  for (const { name, process } of started) {
    await process.join();
    line(`exit code, ${name}`, [process.exitcode, process.isAlive(), process.name]);
  }
}

async function lives(): Promise<void> {
  for (const how of ["terminate", "kill", "go"] as const) {
    for (const daemon of [false, true]) {
      const begun = new Event(), go = new Event(); // new ones, as Python needs them
      const process = new Process({ target: wait, args: [begun, go], daemon });
      const label = `${how}, daemon ${daemon}`;
      line(`${label}, at first`, flags(process, process.isAlive()));
      process.start();
      begun.wait();
      const children = activeChildren();
      const first = children[0] === process;
      line(`${label}, started`, [flags(process, process.isAlive()), children.length, first]);
      const joined = [await process.join(0), await process.join(-1), await process.join(2)];
      line(`${label}, join 0`, [...joined, process.isAlive()]);
      if (how === "go") go.set();
      else process[how]();
      const ended = [await process.join(), await process.join(), await process.join(0)];
      line(`${label}, join`, [...ended, flags(process, process.isAlive())]);
      line(`${label}, nobody is left`, activeChildren());
    }
  }
}

async function refusals(): Promise<void> {
  const begun = new Event(), go = new Event();
  const process = new Process({ target: wait, args: [begun, go], name: "strict" });
  const shown = (it: Process = process) => Deno.inspect(it);
  line("initial", shown());
  line("join before start", await refused(() => process.join()));
  tell("terminate before start", () => process.terminate());
  tell("kill before start", () => process.kill());
  tell("a name that is a number", () => void (process.name = 5 as never));
  process.name = "renamed";
  line("renamed", shown());
  process.daemon = true;
  line("made a daemon", shown());
  process.daemon = false;
  process.start();
  begun.wait();
  line("started", shown());
  tell("start twice", () => process.start());
  tell("close while it runs", () => process.close());
  tell("daemon after start", () => void (process.daemon = true));
  tell("a name after start", () => void (process.name = "late"));
  line("name", process.name);
  go.set();
  await process.join();
  line("stopped", shown());
  tell("start after the end", () => process.start());
  tell("terminate after the end", () => process.terminate());
  tell("kill after the end", () => process.kill());
  line("close", [process.close(), process.close()]);
  line("closed", shown());
  tell("closed, start", () => process.start());
  line("closed, join", await refused(() => process.join()));
  line("closed, join 0", await refused(() => process.join(0)));
  tell("closed, is_alive", () => process.isAlive());
  tell("closed, terminate", () => process.terminate());
  tell("closed, kill", () => process.kill());
  tell("closed, exitcode", () => process.exitcode);
  tell("closed, pid", () => process.pid);
  line("closed, name", process.name);
  const unused = new Process({ target: nothing });
  unused.close();
  tell("start after close", () => unused.start());
  const killed = new Process({ target: wait, args: [new Event(), new Event()], name: "k" });
  killed.start();
  until(() => killed.isAlive());
  killed.kill();
  await killed.join();
  line("killed", shown(killed));
  tell("a target that is none", () => void new Process({ target: 5 as never }));
  tell("no target", () => new Process().start());
  tell("args that are none", () => new Process({ target: nothing, args: 5 as never }));
}

function refused(call: () => Promise<unknown>): Promise<unknown> {
  return call().catch(({ name, message }) => ({ raised: name, says: message }));
}

async function others(queue: Queue): Promise<void> {
  let process: Process = new Process({
    target: tellWho,
    args: [queue],
    name: "told",
    daemon: true,
  });
  process.start();
  line("a daemon tells", queue.get());
  await process.join();
  process = new Process({ target: tellWho, args: [queue], name: "told too" });
  process.start();
  line("another one tells", queue.get());
  await process.join();
  for (const daemon of [true, false]) {
    process = new Process({ target: startAnother, args: [queue], daemon });
    process.start();
    line(`a process starts another, daemon ${daemon}`, queue.get());
    await process.join();
  }
  process = new Upper(queue, "text");
  process.name = "upper";
  process.start();
  line("a subclass", [queue.get(), await process.join(), process.exitcode]);
}

if (import.meta.main) {
  const { name, daemon } = currentProcess();
  line("main", [name, daemon, parentProcess(), activeChildren()]);
  await exits();
  await lives();
  await refusals();
  await others(new Queue());
}
