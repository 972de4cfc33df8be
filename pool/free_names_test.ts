import { assert, assertEquals, assertThrows } from "@std/assert";
import { isGlobal, readFunction } from "./free_names.ts";
import { fromText } from "./functions.ts";
import { FREE_NAMES } from "./testing/free_names_table.ts";
import { functionTexts } from "./testing/function_texts.ts";

for (const [source, names] of FREE_NAMES) {
  Deno.test(`free names of ${source}`, async () => {
    const { free } = readFunction(source);
    assertEquals(free.join(" "), names);
    if (names.startsWith("import")) return; // no text can have it
    const name = await missing(source);
    if (name !== undefined) assert(free.includes(name), `the engine misses ${name}`);
    if (free.length === 0) assertEquals(name, undefined);
  });
}

/** Which name the engine misses when it runs a function that is made of its text alone. */
async function missing(source: string): Promise<string | undefined> {
  try {
    const result = await fromText(source)();
    if (typeof result === "function") await result(); // the arrow function inside
    if (result?.[Symbol.iterator]) [...result]; // a generator runs only when it is asked for values
  } catch (error) {
    if (!(error instanceof ReferenceError)) return undefined;
    return /^(\S+) is not defined$/.exec(error.message)?.[1];
  }
}

Deno.test("the engine misses a name in most functions that use one", async () => {
  const using = FREE_NAMES.filter(([, names]) => names !== "" && !names.startsWith("import"));
  const missed = await Promise.all(using.map(([source]) => missing(source)));
  assert(missed.filter((name) => name !== undefined).length > using.length * 0.7);
});

Deno.test("what may see any name is in doubt", () => {
  for (
    const source of ["() => eval('x')", "function () { with (o) return x }", "(a) => eval(a) + 1"]
  ) {
    assertThrows(() => readFunction(source), Error, "not understood");
  }
});

Deno.test("the head of a function ends where its body begins", () => {
  const heads: [string, string][] = [
    ["(x) => x * rate", "(x) =>"],
    ["async x => { return (y) => y; }", "async x =>"],
    ["(f = () => 1, { g } = {}) => ({ f, g })", "(f = () => 1, { g } = {}) =>"],
    [
      "function* named(a, b = function () {}) { yield a; }",
      "function* named(a, b = function () {})",
    ],
    ["method(x) { return x; }", ""],
  ];
  for (const [source, head] of heads) assertEquals(readFunction(source).head, head);
});

Deno.test("a worker knows its globals, and what a function may put there", () => {
  for (const name of ["Math", "console", "undefined", "Deno", "crypto", "structuredClone"]) {
    assert(isGlobal(name, []), name);
  }
  for (const name of ["postMessage", "WorkerGlobalScope", "addEventListener", "toString", "self"]) {
    assert(isGlobal(name, []), name);
  }
  const puts = [
    "() => { globalThis.rate = 1 }",
    "() => Object.assign(self, { rate: 1 })",
    "(o) => Object.assign(globalThis, o)",
    '(k) => { globalThis[k + "e"] = 1 }',
  ];
  for (const text of puts) assert(isGlobal("rate", ["() => 1", text]), text);
  const others = [
    "() => rate",
    "() => { globalThis.rates = 1 }",
    "() => self.$rate",
    "() => itself",
  ];
  for (const text of others) assert(!isGlobal("rate", [text]), text);
  Object.assign(globalThis, { addedByThisTest: 1 });
  assert(!isGlobal("addedByThisTest", []), "a worker does not have what this thread added");
  Reflect.deleteProperty(globalThis, "addedByThisTest");
});

Deno.test("every name that a worker has counts", async () => {
  const code = "postMessage([...Object.getOwnPropertyNames(globalThis)])";
  const worker = new Worker(`data:text/javascript,${code}`, { type: "module" });
  const theirs = await new Promise<string[]>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  worker.terminate();
  assertEquals(theirs.filter((name) => !isGlobal(name, [])), []);
});

Deno.test("999 of 1000 functions of this program and of the runtime are understood", async () => {
  const texts = await functionTexts();
  assert(texts.size > 2000, `${texts.size} functions`);
  const doubtful: string[] = [];
  for (const text of texts) {
    try {
      assert(Array.isArray(readFunction(text).free));
    } catch {
      if (!/\beval\(/.test(text)) doubtful.push(text);
    }
  }
  assert(doubtful.length < texts.size / 1000, doubtful.slice(0, 5).join("\n\n"));
});
