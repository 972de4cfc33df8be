import { assertEquals, assertRejects } from "@std/assert";
import { sampleInRounds, type Subject, WrongResultError } from "./rounds.ts";

function subject(name: string, log: string[], result = 7): Subject {
  return { samplesMs: [], run: () => (log.push(name), result) };
}

Deno.test("sampleInRounds() runs each subject once a round, and keeps all but the warm-up", async () => {
  const log: string[] = [];
  const subjects = ["a", "b", "c"].map((name) => subject(name, log));
  const rounds: [number, number][] = [];
  const onRound = (round: number, of: number) => rounds.push([round, of]);
  assertEquals(await sampleInRounds(subjects, { warmups: 2, samples: 3, onRound }), 7);
  for (let i = 0; i < 15; i += 3) assertEquals(log.slice(i, i + 3).sort(), ["a", "b", "c"]);
  assertEquals(subjects.map(({ samplesMs }) => samplesMs.length), [3, 3, 3]);
  assertEquals(rounds, [[0, 5], [1, 5], [2, 5], [3, 5], [4, 5]]);
});

Deno.test("sampleInRounds() lets chance decide the order of each round", async () => {
  const log: string[] = [];
  const chances = [0.99, 0, 0, 0];
  const random = () => chances.shift()!;
  await sampleInRounds(["a", "b"].map((name) => subject(name, log)), {
    warmups: 0,
    samples: 2,
    random,
  });
  assertEquals(log, ["a", "b", "b", "a"]);
});

Deno.test("sampleInRounds() waits for promises", async () => {
  const late: Subject = { samplesMs: [], run: () => Promise.resolve(3) };
  assertEquals(await sampleInRounds([late], { warmups: 0, samples: 2 }), 3);
  assertEquals(late.samplesMs.length, 2);
});

Deno.test("sampleInRounds() refuses a run with another result", async () => {
  const subjects = [subject("a", [], 1), subject("b", [], 2)];
  await assertRejects(
    () => sampleInRounds(subjects, { warmups: 0, samples: 1 }),
    WrongResultError,
    "the same problem",
  );
});
