import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { defaultCores, helpText, parseOptions, UsageError } from "./options.ts";

const defaults = { cpuCount: 6, kernels: ["pi", "dot"], out: "out" };

Deno.test("defaultCores() gives the powers of two and all cores", () => {
  assertEquals([1, 2, 3, 4, 6, 16].map(defaultCores), [
    [1],
    [1, 2],
    [1, 2, 3],
    [1, 2, 4],
    [1, 2, 4, 6],
    [1, 2, 4, 8, 16],
  ]);
});

Deno.test("parseOptions() fills in what is not given", () => {
  assertEquals(parseOptions([], defaults), {
    cores: [1, 2, 4, 6],
    kernels: ["pi", "dot"],
    samples: null,
    quick: false,
    out: "out",
  });
});

Deno.test("parseOptions() reads every option", () => {
  const args = ["--cores=4, 1,4", "--kernels", "dot", "--samples", "5", "--quick", "--out", "x y"];
  assertEquals(parseOptions(args, defaults), {
    cores: [1, 4],
    kernels: ["dot"],
    samples: 5,
    quick: true,
    out: "x y",
  });
  assertEquals(parseOptions(["--help"], defaults), "help");
  assertEquals(parseOptions(["-h"], defaults), "help");
});

Deno.test("parseOptions() refuses bad words in one sentence that names them", () => {
  const cases: [string[], string][] = [
    [["--cores", "0,99999"], '--cores has "0", and a whole number from 1 to 512 is allowed'],
    [["--cores", "99999"], '--cores has "99999"'],
    [["--cores", "x"], '--cores has "x"'],
    [["--cores", "1.5"], '--cores has "1.5"'],
    [["--cores", "1,,2"], '--cores has ""'],
    [["--cores", "-1"], '"-1" is not an option'],
    [["--cores"], "--cores needs a value"],
    [["--cores="], "--cores needs a value"],
    [["--out", "--quick"], "--out needs a value"],
    [["--samples", "1e3"], '--samples has "1e3"'],
    [["--kernels", "pi,fft"], '--kernels has "fft", and the kernels are pi and dot'],
    [["--core", "1"], '"--core" is not an option'],
    [["-x"], '"-x" is not an option'],
    [["pi"], '"pi" is not an option'],
  ];
  for (const [args, part] of cases) {
    const { message } = assertThrows(() => parseOptions(args, defaults), UsageError);
    assertStringIncludes(message, part, args.join(" "));
    assertEquals(message.includes("\n"), false);
  }
});

Deno.test("helpText() shows what holds here", () => {
  assertStringIncludes(helpText(defaults), "default here: 1,2,4,6");
});
