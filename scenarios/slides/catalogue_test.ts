import { assertEquals } from "@std/assert";
import { fragments, testName } from "./catalogue.ts";

const folder = new URL(".", import.meta.url);
const named = /Deno\.test\(\s*"((?:PNNL|Firenze|UVA|Duke), [^"]*)"/g;

/** Each ported fragment as "file: name of its test", in the order of the alphabet. */
const catalogued = fragments.flatMap((fragment) =>
  "file" in fragment.port ? [`${fragment.port.file}: ${testName(fragment)}`] : []
).toSorted();

Deno.test("each fragment with a port has its test, and each such test its fragment", () => {
  const tests = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith("_test.ts"));
  const found = tests.flatMap(({ name: file }) => {
    const text = Deno.readTextFileSync(new URL(file, folder));
    return [...text.matchAll(named)].map(([, name]) => `${file}: ${name}`);
  });
  assertEquals(found.toSorted(), catalogued);
});

Deno.test("no fragment is listed twice, and each deck has some", () => {
  const names = fragments.map(testName);
  assertEquals(names.length, new Set(names).size);
  assertEquals([...new Set(fragments.map(({ deck }) => deck))], ["PNNL", "Firenze", "UVA", "Duke"]);
});
