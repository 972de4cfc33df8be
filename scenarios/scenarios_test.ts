import { assert, assertEquals } from "@std/assert";
import { fileOf, ids, loadAll } from "./catalogue.ts";
import { width } from "./layout.ts";
import { codeOf, lessonCode, markedLines } from "./source.ts";
import { scenario as command } from "./testdata/command.ts";
import { list } from "./texts.ts";

for (const id of ids) {
  Deno.test(`${id} passes in quick size and fits on a terminal`, async () => {
    const { code, out, err } = await command(id, "--quick");
    assertEquals(code, 0, out + err);
    const long = out.split("\n").filter((line) => line.length > width);
    assertEquals(long, []);
    const findings = [
      ...["Question", "What ran", "Answer", "Why", "What the slide does not say"],
      ...["Check", "Exercise"],
    ];
    for (const title of findings) assert(out.split("\n").includes(title), `no ${title}`);
  });
}

Deno.test("every lesson marks a line that matters, or a few", async () => {
  for (const id of ids) {
    const marked = markedLines(await codeOf(id)).length;
    assert(marked >= 1 && marked <= 6, `${id} marks ${marked} lines by // <- why`);
  }
});

Deno.test("every module has the id of its file, a lesson, and a next scenario", async () => {
  for (const [i, scenario] of (await loadAll()).entries()) {
    assertEquals(scenario.id, ids[i]);
    assert(lessonCode(await Deno.readTextFile(fileOf(scenario.id))) !== "", scenario.id);
    assert(ids.includes(scenario.next) && scenario.next !== scenario.id, scenario.id);
    assert(list([scenario]).length <= width, scenario.id);
  }
});
