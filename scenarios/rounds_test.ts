import { assertEquals } from "@std/assert";
import * as mp from "@polycore/polycore";
import { distribution, orders, play, playMany, type Rounds } from "./rounds.ts";

const addOne = mp.task(import.meta, (rounds: Rounds, sum: mp.Value<"i">) => {
  return play(rounds, () => sum.add(1), (round) => [rounds.party, round, sum.value]);
});

Deno.test("playMany() gives for each round what every party saw after all had played", async () => {
  await using pool = new mp.Pool(2);
  assertEquals(await playMany(pool, 2, 3, addOne, new mp.Value("i", 0)), [
    [[0, 0, 2], [1, 0, 2]],
    [[0, 1, 4], [1, 1, 4]],
    [[0, 2, 6], [1, 2, 6]],
  ]);
});

const listed = [["2", "expected", "none lost"], ["1", "interesting", "one lost"]] as const;

Deno.test("distribution() counts each outcome, and has its seed", () => {
  assertEquals(distribution("x", ["2", "2", "1"], listed, 7), {
    of: "x",
    runs: 3,
    seed: 7,
    rows: [
      { outcome: "2", count: 2, label: "expected", means: "none lost" },
      { outcome: "1", count: 1, label: "interesting", means: "one lost" },
    ],
  });
});

Deno.test("distribution() forbids an outcome that is not listed", () => {
  assertEquals(distribution("x", ["3", "2", "3"], listed).rows.slice(1), [
    { outcome: "1", count: 0, label: "interesting", means: "one lost" },
    { outcome: "3", count: 2, label: "forbidden", means: "must not be" },
  ]);
});

Deno.test("orders() lists all orders of three, and forbids what is none", () => {
  const { rows } = orders("x", ["0 1 2", "2 1 0", "0 1 2", "0 0 1"]);
  assertEquals(rows.map(({ count }) => count), [2, 0, 0, 0, 0, 1, 1]);
  assertEquals([rows[0]!.label, rows[5]!.label, rows[6]!.label], [
    "expected",
    "interesting",
    "forbidden",
  ]);
});
