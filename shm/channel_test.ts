import { assert, assertEquals } from "@std/assert";
import {
  allocate,
  blocksInUse,
  bury,
  free,
  i32,
  lockInternal,
  release,
  retain,
  unlock,
} from "@polycore/sync/internal";
import {
  append,
  claim,
  createChannel,
  emptyChannel,
  INLINE_WORDS,
  NOTHING,
  pending,
  putNow,
  tryTake,
} from "./channel.ts";
import { inlineHeader, recordWords } from "./channel_record.ts";
import { encode } from "./codec/mod.ts";
import { Queue, Value } from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, start } from "./testing/threads.ts";

/** The words of a channel and of a segment; see `channel.ts`. */
const TAIL_LOCK = 0, TAIL_SEGMENT = 1, PUT = 2, NEXT_PUT = 3;
const HEAD_LOCK = 16, HEAD_SEGMENT = 17, GOT = 18, NEXT_READ = 19, NEXT_GOT = 20;
const NEXT = 0, WRITE = 1, READ = 16, FIRST = 17, SEGMENT_WORDS = 4096 - 16;

const put = (channel: number, value: unknown) => assertEquals(putNow(channel, encode(value)), 0);

function takeAll(channel: number): unknown[] {
  const values = [];
  for (let value = tryTake(channel); value !== NOTHING; value = tryTake(channel)) {
    values.push(value);
  }
  return values;
}

function drop(channel: number): void {
  release(channel, emptyChannel);
}

/** A word that a step writes, and what it held before. */
type Step = [word: number, before: number];

const step = (word: number): Step => [word, i32[word]!];

/** Make the memory look as if a thread had died in the middle, before the last of its writes. */
function takeBack(steps: Step[]): void {
  for (const [word, before] of steps) i32[word] = before;
}

Deno.test("a producer that dies between any two writes of a put does no harm", async () => {
  for (let last = 0; last <= 4; last++) {
    await assertNoLeak(() => {
      const channel = createChannel(0);
      put(channel, "before");
      const segment = i32[channel + TAIL_SEGMENT]!;
      const at = i32[segment + WRITE]!;
      const steps = [channel + NEXT_PUT, at, channel + PUT, segment + WRITE].map(step);
      put(channel, "the dead one's, quite a bit longer");
      takeBack(steps.slice(last));
      if (last < 2) { for (let word = at + 3; word < at + 8; word++) i32[word] = 9 << 2 | 1; // half written
       }
      put(channel, "x");
      put(channel, ["after"]);
      const there = last < 2 ? [] : ["the dead one's, quite a bit longer"];
      assertEquals(pending(channel), 3 + there.length, `after ${last} writes`);
      assertEquals(takeAll(channel), ["before", ...there, "x", ["after"]]);
      assertEquals([pending(channel), tryTake(channel)], [0, NOTHING]);
      drop(channel);
    });
  }
});

Deno.test("a record that was finished and not counted is counted with the next, several too", () => {
  const channel = createChannel(0);
  const segment = i32[channel + TAIL_SEGMENT]!;
  const steps = [channel + PUT, segment + WRITE].map(step);
  const words = encode(1), from = shm.scratchAddress();
  const source = allocate(20);
  i32.copyWithin(source, from, from + words);
  i32[source + words] = inlineHeader(words);
  i32.copyWithin(source + words + 1, from, from + words);
  append(channel, inlineHeader(words), source, 2 * words + 1, 2);
  free(source);
  takeBack(steps);
  assertEquals(tryTake(channel), NOTHING);
  put(channel, 2);
  assertEquals(pending(channel), 3);
  assertEquals(takeAll(channel), [1, 1, 2]);
  drop(channel);
});

Deno.test("a consumer that dies between any two writes of a take does no harm", async () => {
  for (let last = 0; last <= 4; last++) {
    await assertNoLeak(() => {
      const channel = createChannel(3);
      for (const value of ["a", "b", "c"]) put(channel, value);
      const segment = i32[channel + HEAD_SEGMENT]!;
      const words = [channel + NEXT_READ, channel + NEXT_GOT, segment + READ, channel + GOT];
      const steps = words.map(step);
      assertEquals(tryTake(channel), "a");
      takeBack(steps.slice(last));
      assertEquals(tryTake(channel), last < 3 ? "a" : "b"); // at most the dead one's value is gone
      assertEquals(pending(channel), last < 3 ? 2 : 1);
      put(channel, "d"); // there is room
      assertEquals(takeAll(channel), last < 3 ? ["b", "c", "d"] : ["c", "d"]);
      assertEquals(pending(channel), 0);
      drop(channel);
    });
  }
});

Deno.test("a producer that dies while it takes a new segment does no harm", () => {
  for (let last = 0; last <= 6; last++) {
    const channel = createChannel(0);
    const big = "x".repeat(3500);
    let n = 0;
    const segment = i32[channel + TAIL_SEGMENT]!;
    for (; i32[segment + WRITE]! + 900 < segment + SEGMENT_WORDS; n++) put(channel, big);
    const words = [segment + NEXT, channel + TAIL_SEGMENT, channel + NEXT_PUT, channel + PUT];
    const [setNext, setTail, setNextPut, setPut] = words.map(step) as [Step, Step, Step, Step];
    put(channel, big);
    const next = i32[segment + NEXT]!;
    const setHeader: Step = [next + FIRST, 0], setWrite: Step = [next + WRITE, next + FIRST];
    takeBack([setNext, setTail, setNextPut, setHeader, setPut, setWrite].slice(last));
    put(channel, 1);
    put(channel, big);
    put(channel, 2);
    const values = takeAll(channel).map((value) => value === big ? "big" : value);
    const rest = last < 4 ? [1, "big", 2] : ["big", 1, "big", 2]; // the header was there
    assertEquals(values, [...Array(n).fill("big"), ...rest], `after ${last} writes`);
    assertEquals(pending(channel), 0);
    drop(channel);
  }
});

Deno.test("a consumer that dies while it leaves a segment does no harm", () => {
  const channel = createChannel(0);
  for (let i = 0; i < 2000; i++) put(channel, `value ${i}`);
  const first = i32[channel + HEAD_SEGMENT]!;
  retain(first); // as the dead one left it
  let i = 0;
  for (; i32[channel + HEAD_SEGMENT] === first; i++) assertEquals(tryTake(channel), `value ${i}`);
  for (; i < 2000; i++) assertEquals(tryTake(channel), `value ${i}`);
  assertEquals([tryTake(channel), pending(channel)], [NOTHING, 0]);
  release(first);
  drop(channel);
});

Deno.test("records of every size around the limits, over many segments, in order", async () => {
  await assertNoLeak(() => {
    const channel = createChannel(0);
    const sizes = [0, 1, 100, ...Array.from({ length: 40 }, (_, i) => (INLINE_WORDS - 20 + i) * 4)];
    for (let round = 0; round < 20; round++) {
      for (const size of sizes) put(channel, "y".repeat(size));
      for (const size of sizes) {
        const value = tryTake(channel) as string;
        assertEquals([value.length, value.replaceAll("y", "")], [size, ""]);
      }
    }
    drop(channel);
  });
});

Deno.test("segments are given back as they are read", () => {
  const channel = createChannel(0);
  const before = blocksInUse();
  for (let i = 0; i < 20_000; i++) put(channel, i);
  assert(blocksInUse() > before + 10);
  for (let i = 0; i < 20_000; i++) assertEquals(tryTake(channel), i);
  assertEquals(blocksInUse(), before);
  drop(channel);
});

Deno.test("what nobody took is let go of with the channel: blocks, and shared objects", async () => {
  await assertNoLeak(() => {
    const channel = createChannel(0);
    for (let i = 0; i < 10; i++) {
      using v = new Value("i", i);
      put(channel, [v, "z".repeat(i * 1000)]);
    }
    drop(channel);
  });
});

Deno.test("claim moves whole records, as many as fit and are wanted", () => {
  const channel = createChannel(0);
  const room = 64, into = allocate(room);
  assertEquals(claim(channel, into, room, 9), 0);
  for (let i = 0; i < 1000; i++) put(channel, i);
  const size = recordWords(inlineHeader(encode(0)));
  assertEquals(claim(channel, into, room, 2), 2);
  assertEquals(claim(channel, into, size - 1, 9), 0); // none fits
  for (let next = 2; next < 1000;) {
    const count = claim(channel, into, room, 1000);
    assert(count > 0 && count <= room / size);
    let at = into;
    for (let k = 0; k < count; k++, at += recordWords(i32[at]!)) {
      assertEquals(shm.decode(at + 1), next++);
    }
  }
  assertEquals([pending(channel), claim(channel, into, room, 9)], [0, 0]);
  free(into);
  drop(channel);
});

for (const lock of [TAIL_LOCK, HEAD_LOCK]) {
  const side = lock === TAIL_LOCK ? "producers'" : "consumers'";
  Deno.test(`a thread that ends with the ${side} lock does not block the others`, async () => {
    const queue = new Queue<number>();
    queue.put(1);
    const crew = start(
      1,
      (s, _i, queue, lock) => {
        s.lockInternal(queue.address + lock);
        s.bury(s.me);
      },
      queue,
      lock,
    );
    await crew.join();
    assert(i32[queue.address + lock] !== 0);
    queue.put(2);
    assertEquals([queue.get(), queue.get()], [1, 2]);
  });

  Deno.test(`a thread that waits for the ${side} lock goes on as soon as its owner is buried`, async () => {
    const queue = new Queue<number>();
    const dead = shm.enrol("dead");
    i32[queue.address + lock] = dead * 2;
    const crew = start(
      1,
      (_s, _i, queue, lock) => {
        if (lock !== 0) return queue.get();
        queue.put(5);
        return 5;
      },
      queue,
      lock,
    );
    if (lock !== TAIL_LOCK) queue.put(5);
    shm.untilBlocked(crew.ids);
    bury(dead);
    assertEquals(await crew.join(), [5]);
  });
}

Deno.test("a stack that overflows anywhere in put or get: nothing lost that was put, nothing doubled", () => {
  const channel = createChannel(0);
  const expected: number[] = [], taken: number[] = [];
  let next = 0, failed = 0, succeeded = 0;
  const words = encode(0), source = allocate(words), last = source + words - 1;
  i32.copyWithin(source, shm.scratchAddress(), shm.scratchAddress() + words);
  /** Go down as far as the stack reaches, and try at each level on the way back. */
  function dive(act: () => void, ..._room: number[]): void {
    try {
      dive(act, ..._room);
    } catch { /* the end of the stack */ }
    if (succeeded > 3) return;
    try {
      act();
      succeeded++;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      failed++;
    }
  }
  for (let round = 0; round < 60; round++) {
    const room = Array(round % 13).fill(0);
    succeeded = 0;
    dive(() => {
      i32[last] = ++next << 1 | 1; // encoded here, as this is not about the codec
      append(channel, inlineHeader(words), source, words);
      expected.push(next);
    }, ...room);
    succeeded = 0;
    dive(() => {
      const value = tryTake(channel);
      if (value !== NOTHING) taken.push(value as number);
    }, ...room);
    assertEquals([i32[channel + TAIL_LOCK], i32[channel + HEAD_LOCK]], [0, 0]);
  }
  put(channel, ++next);
  taken.push(...takeAll(channel) as number[]);
  assertEquals(pending(channel), 0);
  free(source);
  assert(failed > 100, `${failed} overflows`);
  assert(taken.every((value, i) => i === 0 || value > taken[i - 1]!), "something doubled");
  const missing = expected.filter((value) => !taken.includes(value));
  assert(missing.length <= failed, `${missing}`); // only where the overflow came after the taking
  drop(channel);
});

Deno.test("a full heap is an error, and leaves the channel free to go on", () => {
  const channel = createChannel(0);
  put(channel, 1);
  const big = [];
  try {
    for (let words = 2 ** 29; words > 2000; words >>= 1) {
      for (;;) {
        try {
          big.push(allocate(words));
        } catch {
          break;
        }
      }
    }
    let thrown: unknown;
    for (let i = 0; i < 100_000 && thrown === undefined; i++) {
      try {
        putNow(channel, encode("x".repeat(300)));
      } catch (error) {
        thrown = error;
      }
    }
    assertEquals((thrown as Error)?.name, "HeapFullError");
    assertEquals(i32[channel + TAIL_LOCK], 0);
  } finally {
    big.forEach(free);
  }
  put(channel, 2);
  assertEquals([tryTake(channel), takeAll(channel).at(-1)], [1, 2]);
  drop(channel);
});

Deno.test("the locks of a channel are the library's own", () => {
  const channel = createChannel(0);
  lockInternal(channel + TAIL_LOCK);
  assertEquals(tryTake(channel), NOTHING); // producers and consumers do not meet
  unlock(channel + TAIL_LOCK);
  drop(channel);
});

Deno.test("no thread is left", assertNobodyLeft);
