/**
 * The rules of the workspace that a machine can check: imports run one way, the library needs no third
 * party, one module touches `Atomics`, and no file grows beyond what can be read in one go.
 */
import { assertEquals } from "@std/assert";
import { join } from "@std/path";

/** Which packages each package may import, beside itself. */
const MAY_IMPORT: Record<string, string[]> = {
  sync: [],
  shm: ["sync"],
  pool: ["sync", "shm"],
  reports: ["sync", "shm", "pool"],
  scenarios: ["sync", "shm", "pool", "polycore", "reports"],
  bench: ["sync", "shm", "pool", "polycore", "reports"],
};

/** The packages that run without any third-party package. */
const LIBRARY = ["sync", "shm", "pool"];

const MOST_LINES = 400;

const root = import.meta.dirname!;

function* filesOf(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(join(root, folder))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && path !== join("reports", "out")) yield* filesOf(path);
    else if (/\.(ts|js)$/.test(entry.name)) yield path;
  }
}

const files = Object.keys(MAY_IMPORT).flatMap((folder) => [...filesOf(folder)]);
const textOf = (file: string) => Deno.readTextFileSync(join(root, file));
const packageOf = (file: string) => file.split(/[/\\]/)[0]!;
const isTest = (file: string) => /_(test|bench)\.ts$|[/\\]testing[/\\]/.test(file);

/** What a module imports, without what stands in its comments. */
function importsOf(file: string): string[] {
  const code = textOf(file).replace(/\/\*[\s\S]*?\*\//g, "");
  return [...code.matchAll(/(?<!")\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
}

function wrongImport(file: string, specifier: string): boolean {
  const mine = packageOf(file);
  const other = /^@polycore\/([a-z]+)/.exec(specifier)?.[1];
  if (other) return other !== mine && !MAY_IMPORT[mine]!.includes(other);
  if (specifier.startsWith(".")) return packageOf(join(file, "..", specifier)) !== mine;
  return LIBRARY.includes(mine) && !isTest(file) && !specifier.startsWith("node:");
}

Deno.test("imports run one way: sync <- shm <- pool <- reports <- scenarios, bench", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).filter((specifier) => wrongImport(file, specifier)).map((s) => `${file}: ${s}`)
  );
  assertEquals(wrong, []);
});

Deno.test("the rule sees an import against the direction", () => {
  assertEquals(wrongImport("sync/lock.ts", "@polycore/shm"), true);
  assertEquals(wrongImport("shm/queue.ts", "../pool/pool.ts"), true);
  assertEquals(wrongImport("pool/pool.ts", "npm:chart.js@4"), true);
  assertEquals(wrongImport("pool/pool.ts", "@polycore/sync/internal"), false);
  assertEquals(importsOf("imports_test.ts"), ["@std/assert", "@std/path"]);
});

Deno.test("only sync/atomics.ts touches Atomics", () => {
  const wrong = files.filter((file) =>
    LIBRARY.includes(packageOf(file)) && !isTest(file) && file !== join("sync", "atomics.ts") &&
    /\bAtomics\./.test(textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""))
  );
  assertEquals(wrong, []);
});

Deno.test(`no file has more than ${MOST_LINES} lines`, () => {
  assertEquals(files.filter((file) => textOf(file).split("\n").length > MOST_LINES + 1), []);
});
