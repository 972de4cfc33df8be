import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { defaultCores, helpText, parseOptions, UsageError, VARIABLES } from "./options.ts";

const defaults = { cpuCount: 6, kernels: ["pi", "dot"], out: "out", seed: 7 };

const unset = {
  cores: [1, 2, 4, 6],
  kernels: ["pi", "dot"],
  precision: 0.02,
  budget: 200,
  languages: false,
  pin: false,
  quick: false,
  out: "out",
  compare: null,
  seed: 7,
};

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

Deno.test("parseOptions() fills in what is not given, and a quick run has less time", () => {
  assertEquals(parseOptions([], defaults), unset);
  assertEquals(parseOptions(["--quick"], defaults), { ...unset, quick: true, budget: 35 });
});

Deno.test("parseOptions() reads every option from the command line", () => {
  const args = [
    "--cores=4, 1,4",
    "--kernels",
    "dot",
    "--precision",
    "5%",
    "--budget",
    "9",
    "--pin",
  ];
  args.push("--quick", "--languages", "--out", "x y", "--compare", "a.json", "--seed=0");
  assertEquals(parseOptions(args, defaults), {
    cores: [1, 4],
    kernels: ["dot"],
    precision: 0.05,
    budget: 9,
    languages: true,
    pin: true,
    quick: true,
    out: "x y",
    compare: "a.json",
    seed: 0,
  });
  assertEquals(parseOptions(["--help"], defaults), "help");
  assertEquals(parseOptions(["-h"], defaults), "help");
});

Deno.test("parseOptions() reads every option from the environment, and the command line wins", () => {
  const values: Record<string, string> = {
    POLYCORE_CORES: "1,2",
    POLYCORE_KERNELS: "dot",
    POLYCORE_PRECISION: "0.1",
    POLYCORE_BUDGET: "5",
    POLYCORE_OUT: "there",
    POLYCORE_COMPARE: "b.json",
    POLYCORE_SEED: "3",
    POLYCORE_LANGUAGES: "1",
    POLYCORE_PIN: "1",
    POLYCORE_QUICK: "0",
  };
  assertEquals([...VARIABLES].sort(), Object.keys(values).sort());
  assertEquals(parseOptions(["--cores", "3"], defaults, (name) => values[name]), {
    cores: [3],
    kernels: ["dot"],
    precision: 0.1,
    budget: 5,
    languages: true,
    pin: true,
    quick: false,
    out: "there",
    compare: "b.json",
    seed: 3,
  });
});

Deno.test("--cores takes ranges, and N is all cores", () => {
  const cores = (text: string) => {
    const options = parseOptions(["--cores", text], defaults);
    return options === "help" ? [] : options.cores;
  };
  assertEquals(cores("1..N"), [1, 2, 3, 4, 5, 6]);
  assertEquals(cores("1,3..4,N"), [1, 3, 4, 6]);
});

Deno.test("parseOptions() refuses bad words in one sentence that names them", () => {
  const cases: [string[], string][] = [
    [["--cores", "0,99999"], '--cores has "0", and a whole number from 1 to 512 is allowed'],
    [["--cores", "99999"], '--cores has "99999"'],
    [["--cores", "x"], '--cores has "x"'],
    [["--cores", "1.5"], '--cores has "1.5"'],
    [["--cores", "1,,2"], '--cores has ""'],
    [["--cores", "4..2"], '--cores has "4..2", and a range goes up'],
    [["--cores", "1..2..3"], '--cores has "1..2..3"'],
    [["--cores", "-1"], '"-1" is not an option'],
    [["--cores"], "--cores needs a value"],
    [["--cores="], "--cores needs a value"],
    [["--out", "--quick"], "--out needs a value"],
    [["--precision", "0"], '--precision is "0", and a share such as 2% or 0.02 is allowed'],
    [["--precision", "150%"], '--precision is "150%"'],
    [["--budget", "1e3"], '--budget has "1e3", and a whole number from 1 to 86400 is allowed'],
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
  const faulty = (name: string) => name === "POLYCORE_PIN" ? "yes" : undefined;
  const { message } = assertThrows(() => parseOptions([], defaults, faulty), UsageError);
  assertEquals(message, 'POLYCORE_PIN is "yes", and 1 for yes and 0 for no are allowed');
});

Deno.test("helpText() names every option and what holds without it", () => {
  const text = helpText(defaults);
  for (
    const name of [
      "cores",
      "kernels",
      "precision",
      "budget",
      "languages",
      "pin",
      "quick",
      "compare",
      "out",
    ]
  ) {
    assertStringIncludes(text, `--${name}`);
  }
  assertMatch(text, /default here: 1,2,4,6/);
  assertEquals(text.split("\n").filter((line) => line.length > 88), []);
});
