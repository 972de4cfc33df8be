/**
 * The whole API: Python's names and ours. Each name is there, has documentation with an example, and is
 * named in a test.
 *
 * @module
 */
import * as polycore from "@polycore/polycore";
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";

/** What Python calls it, what we call it, and the members that have to be there, static ones too. */
type Row = [python: string, ours: string, members?: string];

const waits = "acquire acquireAsync release hold holdAsync";
const queue = "put putAsync get getAsync putNowait getNowait qsize empty full close";
const elements = "get set length slice subarray view getLock";
const executor = "submit map shutdown";
const workers = `${executor} terminateWorkers killWorkers`;
const pool =
  "apply applyAsync map mapAsync starmap starmapAsync imap imapUnordered close terminate join";
const withAsync = (names: string) => `${names} ${names.replaceAll(/\w+/g, "$&Async")}`;

const rows: Row[] = [
  ["Lock", "Lock", `${waits} locked`],
  ["RLock", "RLock", `${waits} locked`],
  ["Semaphore", "Semaphore", `${waits} value`],
  ["BoundedSemaphore", "BoundedSemaphore", `${waits} value`],
  ["Condition", "Condition", `${waits} wait waitAsync waitFor waitForAsync notify notifyAll`],
  ["Event", "Event", "set clear isSet wait waitAsync"],
  ["Barrier", "Barrier", "wait waitAsync abort reset parties nWaiting broken"],
  ["BrokenBarrierError", "BrokenBarrierError"],
  ["none", "DeadlockError", "cycle"],
  ["none", "OwnerDiedError"],
  ["Value", "Value", "value getLock add view"],
  ["RawValue", "RawValue", "value view"],
  ["Array", "SharedArray", elements],
  ["Array", "Array", elements],
  ["RawArray", "RawArray", "get set length slice subarray view"],
  ["Queue", "Queue", queue],
  ["queue.Empty", "QueueEmpty"],
  ["queue.Full", "QueueFull"],
  ["SimpleQueue", "SimpleQueue", "put putAsync get getAsync empty close"],
  ["JoinableQueue", "JoinableQueue", `${queue} taskDone join joinAsync`],
  ["Pipe", "Pipe"],
  [
    "connection.Connection",
    "Connection",
    "send recv recvAsync poll pollAsync close closed readable writable sendBytes recvBytes recvBytesInto",
  ],
  ["connection.wait", "connectionWait"],
  ["connection.wait", "connectionWaitAsync"],
  ["EOFError", "EOFError"],
  ["BrokenPipeError", "BrokenPipeError"],
  ["BufferTooShort", "BufferTooShort"],
  ["shared_memory.SharedMemory", "SharedMemory", "create attach name size buf close unlink"],
  [
    "Manager",
    "Manager",
    "list dict Set Namespace Lock RLock Semaphore BoundedSemaphore Condition Event Barrier Queue " +
    "JoinableQueue Value Array Pool PoolAsync shutdown shutdownAsync register create createAsync",
  ],
  [
    "managers.DictProxy",
    "DictProxy",
    withAsync("get set has delete update keys values items size setDefault pop popItem clear copy"),
  ],
  [
    "managers.ListProxy",
    "ListProxy",
    withAsync(
      "length at get set push pop shift unshift splice slice toArray concat indexOf lastIndexOf " +
        "includes sort reverse join fill clear",
    ) + " forEach map filter find findIndex findLast some every reduce flatMap",
  ],
  ["managers.NamespaceProxy", "NamespaceProxy", "getAsync setAsync hasAsync deleteAsync"],
  ["managers.SetProxy", "SetProxy", withAsync("add update size has delete pop values copy clear")],
  ["managers.PoolProxy", "PoolProxy", pool],
  ["managers.BaseProxy", "RemoteObject", "callMethod callMethodAsync"],
  ["KeyError", "KeyError"],
  ["AttributeError", "AttributeError"],
  ["none", "ManagerError"],
  [
    "Process",
    "Process",
    "start join run isAlive exitcode terminate kill close pid name daemon sentinel",
  ],
  ["Process.sentinel", "Sentinel"],
  ["sys.exit", "exit"],
  ["none", "stopRequested"],
  ["current_process", "currentProcess"],
  ["parent_process", "parentProcess"],
  ["process._ParentProcess", "ParentProcess", "isAlive join"],
  ["active_children", "activeChildren"],
  ["cpu_count", "cpuCount"],
  ["none", "cpuInfo"],
  ["Pool", "Pool", pool],
  ["pool.IMapIterator", "ImapIterator", "next"],
  ["pool.AsyncResult", "AsyncResult", "get wait ready successful"],
  ["TimeoutError", "TimeoutError"],
  ["pool.MaybeEncodingError", "MaybeEncodingError"],
  ["pool.RemoteTraceback", "RemoteTraceback"],
  ["none", "WorkerDiedError"],
  ["none", "BrokenPoolError"],
  ["ProcessPoolExecutor", "WorkerPoolExecutor", workers],
  ["ProcessPoolExecutor", "ProcessPoolExecutor", workers],
  ["ThreadPoolExecutor", "EventLoopExecutor", executor],
  ["ThreadPoolExecutor", "ThreadPoolExecutor", executor],
  [
    "Future",
    "Future",
    "running done cancel cancelled result exception addDoneCallback setRunningOrNotifyCancel " +
    "setResult setException",
  ],
  ["BrokenExecutor", "BrokenExecutorError"],
  ["CancelledError", "CancelledError"],
  ["InvalidStateError", "InvalidStateError"],
  ["wait", "wait"],
  ["ALL_COMPLETED", "ALL_COMPLETED"],
  ["FIRST_COMPLETED", "FIRST_COMPLETED"],
  ["FIRST_EXCEPTION", "FIRST_EXCEPTION"],
  ["as_completed", "asCompleted"],
  ["loop.run_in_executor", "runInExecutor"],
  ["functools.partial", "partial"],
  ["joblib.Parallel", "Parallel"],
  ["joblib.Parallel(return_as='generator')", "ParallelResults", "next return toArray"],
  ["joblib.delayed", "delayed"],
  ["joblib.parallel_config", "parallelConfig"],
  ["joblib.effective_n_jobs", "effectiveNJobs"],
  ["joblib.register_parallel_backend", "registerParallelBackend"],
  ["loky.get_reusable_executor().shutdown", "releaseWorkers"],
  ["get_logger", "getLogger"],
  ["log_to_stderr", "logToStderr"],
  ["logging.Logger", "Logger", "level setLevel getEffectiveLevel isEnabledFor"],
  ["joblib.dump", "dump"],
  ["joblib.load", "load"],
  ["joblib.load", "LoadError"],
  ["none", "task"],
  ["joblib.Memory", "Memory", "location cache clear reduceSize"],
  ["joblib.MemorizedResult", "MemorizedResult", "path get clear"],
  ["joblib.expires_after", "expiresAfter"],
  ["joblib.hash", "hash"],
  ["joblib.memory.CacheWarning", "CacheWarning"],
  ["joblib.memory.JobLibCollisionWarning", "CollisionWarning"],
];

/** What `deno doc` tells of a name. */
interface Doc {
  name: string;
  declarations: {
    kind: string;
    jsDoc?: { doc?: string; tags?: { kind: string }[] };
    def?: { properties?: { name: string }[] };
  }[];
}

const exported = polycore as Record<string, unknown>;
const root = fromFileUrl(new URL(".", import.meta.url));

async function readDocs(): Promise<Doc[]> {
  const args = ["doc", "--json", join(root, "mod.ts")];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  assert(success, new TextDecoder().decode(stderr));
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
  return (Object.values(nodes) as { symbols: Doc[] }[]).flatMap(({ symbols }) => symbols);
}

const docs = await readDocs();

function* testFiles(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory && !name.startsWith(".")) yield* testFiles(path);
    else if (name.endsWith("_test.ts") && path !== fromFileUrl(import.meta.url)) yield path;
  }
}

const tests = [...testFiles(root)].map((path) => Deno.readTextFileSync(path));

function isNamed(name: string, text: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

/** Whether a class has a member: a method, an accessor, a field, or a static one of these. */
function hasMember(ours: string, member: string): boolean {
  const made = exported[ours] as { prototype: object };
  if (member in made.prototype || member in made) return true;
  // A field is on neither, so the documentation has to tell.
  for (let of: object | null = made; of; of = Object.getPrototypeOf(of)) {
    const declared = docs.filter(({ name }) => exported[name] === of).flatMap((d) =>
      d.declarations
    );
    if (declared.some(({ def }) => def?.properties?.some((own) => own.name === member))) {
      return true;
    }
  }
  return false;
}

/** Whether a test reads or calls a member, overrides it, or has its name to call it by. */
function isUsed(member: string, text: string): boolean {
  return new RegExp(`\\.${member}\\b|override ${member}\\(|"${member}"`).test(text);
}

const membersOf = (members = "") => members.split(" ").filter((name) => name !== "");

Deno.test("each name of Python's has its counterpart, with its members", () => {
  const missing = rows.flatMap(([python, ours, members]) => {
    if (!(ours in exported)) return [`${python}: ${ours}`];
    return membersOf(members).filter((member) => !hasMember(ours, member)).map((member) =>
      `${python}: ${ours}.${member}`
    );
  });
  assertEquals(missing, []);
  assertEquals(rows.map(([, ours]) => ours).length, new Set(rows.map(([, ours]) => ours)).size);
});

Deno.test("each class, function and constant is documented with an example", () => {
  const without = docs.filter(({ name, declarations }) =>
    name in exported && !declarations.some(({ kind, jsDoc }) =>
      kind === "reference" || // another name, whose class is looked at itself
      jsDoc?.doc && jsDoc.tags?.some((tag) => tag.kind === "example")
    )
  );
  assertEquals(without.map(({ name }) => name), []);
  const names = docs.map(({ name }) => name);
  assertEquals(Object.keys(exported).filter((name) => !names.includes(name)), []);
});

Deno.test("each class, function and constant is named in a test", () => {
  assertEquals(Object.keys(exported).filter((name) => !tests.some((t) => isNamed(name, t))), []);
});

Deno.test("each member is used in a test that names its class", () => {
  // By what the objects of a class come, where a test need not name the class.
  const maker: Record<string, string> = {
    Connection: "Pipe",
    DictProxy: "manager.dict",
    ImapIterator: "imap",
    ListProxy: "manager.list",
    Logger: "getLogger",
    PoolProxy: "manager.Pool",
    ProcessPoolExecutor: "WorkerPoolExecutor",
    SetProxy: "manager.Set",
  };
  const untested = rows.flatMap(([, ours, members]) =>
    membersOf(members).filter((member) =>
      !(ours.endsWith("Proxy") && member.endsWith("Async")) && // pool/manager/proxies_test.ts has all
      !tests.some((text) => isNamed(maker[ours] ?? ours, text) && isUsed(member, text))
    ).map((member) => `${ours}.${member}`)
  );
  assertEquals(untested, []);
});

Deno.test("what is missing is seen", () => {
  assert(hasMember("Lock", "acquire"));
  assert(hasMember("RawValue", "view")); // a field that a base class declares
  assert(hasMember("SharedMemory", "create"));
  assertEquals(hasMember("Lock", "steal"), false);
  assertEquals(isNamed("Lock", "an RLock"), false);
  assertEquals(isUsed("hold", "holds lock.holdAsync()"), false);
});
