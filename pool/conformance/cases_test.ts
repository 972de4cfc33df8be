import { assertEquals } from "@std/assert";
import { CASES, LAST } from "./cases.ts";

/** What `Deno.test` was called with. */
function titleOf([first, second]: unknown[]): string {
  if (typeof first === "string") return first;
  if (typeof first === "function") return first.name;
  return (first as { name?: string }).name ?? (second as () => void)?.name ?? "";
}

/** The titles of the tests of a file: it is loaded with a `Deno.test` that only takes notes. */
async function titlesOf(file: string): Promise<string[]> {
  const titles: string[] = [];
  const deno = Deno as { test: unknown };
  const { test } = deno;
  const note = (...args: unknown[]) => void titles.push(titleOf(args));
  deno.test = Object.assign(note, { ignore: note, only: note });
  try {
    await import(import.meta.resolve(`../${file}`));
  } finally {
    deno.test = test;
  }
  return titles;
}

/** Whether a title names a case, and not only one whose name begins alike. */
function names(title: string, name: string): boolean {
  const at = title.indexOf(name);
  if (at < 0) return false;
  const around = [title[at - 1], title[at + name.length]];
  return around.every((letter) => !/\w/.test(letter ?? "")) ||
    names(title.slice(at + name.length), name);
}

Deno.test("every case is somewhere", () => {
  const numbers = new Set(CASES.map(([number]) => number));
  assertEquals([...numbers], Array.from({ length: LAST }, (_, i) => i + 1));
});

Deno.test("every name stands in the title of a test in its file", async () => {
  const missing: string[] = [];
  const titles = new Map<string, string[]>();
  for (const [number, file, ...all] of CASES) {
    if (!titles.has(file)) titles.set(file, await titlesOf(file));
    for (const name of all) {
      if (!titles.get(file)!.some((title) => names(title, name))) {
        missing.push(`${number}: ${file} has no ${name}`);
      }
    }
  }
  assertEquals(missing, []);
});

Deno.test("a longer name is another one", () => {
  assertEquals(names("workers: _TestLock.test_rlock", "test_rlock"), true);
  assertEquals(names("workers: _TestLock.test_rlock", "test_lock"), false);
  assertEquals(names("test_barrier_10, test_barrier", "test_barrier"), true);
  assertEquals(names("test_barrier_10", "test_barrier"), false);
});
