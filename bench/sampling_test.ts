import { assert, assertEquals, assertRejects } from "@std/assert";
import { sampleInTurns, type Timed } from "./sampling.ts";

/** A subject that takes so many milliseconds of a clock that only it moves. */
function subjects(clock: { now: number }, ...durations: (() => number)[]): Timed[] {
  return durations.map((duration) => ({
    samplesMs: [],
    run() {
      clock.now += duration();
    },
  }));
}

/** Runs with a clock that stands still between the runs. */
async function withClock(act: (clock: { now: number }) => Promise<void>): Promise<void> {
  const { now } = performance;
  const clock = { now: 0 };
  performance.now = () => clock.now;
  try {
    await act(clock);
  } finally {
    performance.now = now;
  }
}

const options = { precision: 0.02, budgetMs: 1e6, random: () => 0.5 };

Deno.test("steady times need no more samples than an interval does", () =>
  withClock(async (clock) => {
    const [a, b] = subjects(clock, () => 10, () => 20);
    await sampleInTurns([a, b], options);
    assertEquals([a.samplesMs, b.samplesMs], [Array(6).fill(10), Array(6).fill(20)]);
  }));

Deno.test("scattered times are taken until the interval is narrow enough", () =>
  withClock(async (clock) => {
    let i = 0;
    const [a] = subjects(clock, () => 100 + (i++ * 7) % 5); // 100 to 104: 2 % needs the middle three
    await sampleInTurns([a], options);
    assert(a.samplesMs.length > 6 && a.samplesMs.length < 100, String(a.samplesMs.length));
  }));

Deno.test("the budget ends what never gets narrow, with all subjects sampled alike", () =>
  withClock(async (clock) => {
    let i = 0;
    const [a, b] = subjects(clock, () => i++ % 2 ? 5 : 10, () => 5);
    await sampleInTurns([a, b], { ...options, budgetMs: 200 });
    assertEquals(a.samplesMs.length, b.samplesMs.length);
    assert(clock.now >= 200 && clock.now < 230, String(clock.now));
  }));

Deno.test("a budget that the first round spends still leaves one sample", () =>
  withClock(async (clock) => {
    const [a] = subjects(clock, () => 100);
    await sampleInTurns([a], { ...options, budgetMs: 50 });
    assertEquals(a.samplesMs, [100]);
  }));

Deno.test("a budget that is spent before there is an interval is overdrawn, but not by much", () =>
  withClock(async (clock) => {
    const [a] = subjects(clock, () => 100);
    await sampleInTurns([a], { ...options, budgetMs: 600 });
    assertEquals(a.samplesMs.length, 6);
    const [b] = subjects(clock, () => 100);
    await sampleInTurns([b], { ...options, budgetMs: 300 });
    assertEquals(b.samplesMs.length, 5);
  }));

Deno.test("warm-up goes on while the times fall", () =>
  withClock(async (clock) => {
    const durations = [100, 50, 30, 20, 20];
    const [a] = subjects(clock, () => durations.shift() ?? 20);
    await sampleInTurns([a], options);
    assertEquals(a.samplesMs, Array(6).fill(20));
  }));

Deno.test("a run that is stopped keeps what it has", () =>
  withClock(async (clock) => {
    let runs = 0;
    const [a, b] = subjects(clock, () => (runs++, 1), () => (runs++, 1));
    await sampleInTurns([a, b], { ...options, stopped: () => runs >= 9 });
    assertEquals(a.samplesMs.length + b.samplesMs.length, 3); // three rounds of warm-up took six
  }));

Deno.test("the order within a round is chance's, before() is untimed, and a wrong result ends it", async () => {
  const log: string[] = [];
  const chances = [0.99, 0, 0, 0];
  const make = (name: string): Timed => ({
    samplesMs: [],
    before: () => void log.push(`(${name})`),
    run: () => Promise.resolve(log.push(name)),
    check: () => {
      if (log.length >= 8) throw new Error("wrong");
    },
  });
  await assertRejects(
    () => sampleInTurns([make("a"), make("b")], { ...options, random: () => chances.shift() ?? 0 }),
    Error,
    "wrong",
  );
  assertEquals(log, ["(a)", "a", "(b)", "b", "(b)", "b", "(a)", "a"]);
});
