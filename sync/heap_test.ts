import { assert, assertEquals, assertThrows } from "@std/assert";
import { HeapFullError } from "./mod.ts";
import {
  allocate,
  allocateZeroed,
  blocksInUse,
  free,
  i32,
  LAYOUT,
  release,
  retain,
  roomFor,
} from "./internal.ts";
import { HEAP_START } from "./memory.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** Every word from `from` on, as far as `words` go, of all these blocks, is in one block only. */
function assertApart(blocks: { address: number; words: number }[]): void {
  const sorted = blocks.toSorted((a, b) => a.address - b.address);
  for (let i = 1; i < sorted.length; i++) {
    const before = sorted[i - 1]!, at = sorted[i]!;
    assert(before.address + before.words <= at.address, `${JSON.stringify([before, at])} overlap`);
  }
}

Deno.test("a block has the room asked for, on cache lines of its own", () => {
  const blocks: { address: number; words: number }[] = [];
  for (let words = 0; words < 3000; words = Math.ceil(words * 1.05) + 1) {
    const room = roomFor(words);
    assert(room >= words, `${room} words of ${words}`);
    assert(room <= Math.max(16, words * 1.5 + 32), `${room} words for ${words}`);
    blocks.push({ address: allocate(words), words: room });
  }
  for (const { address, words } of blocks) {
    assertEquals(address % 16, 0);
    assert(address >= HEAP_START && address + words <= i32.length);
  }
  assertApart(blocks);
  blocks.forEach(({ address }) => free(address));
});

Deno.test("3 threads allocate and free at random: no two live blocks overlap", async () => {
  const seed = Date.now() & 0xffffff;
  console.log(`seed ${seed}`);
  const before = blocksInUse();
  const crew = start(3, (s, i, seed) => {
    let state = seed + i * 7919;
    const random = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >> 8) % n;
    };
    const mine: { address: number; words: number; mark: number }[] = [];
    let mark = (i + 1) << 24;
    const check = (block: { address: number; words: number; mark: number }) => {
      for (let at = block.address; at < block.address + block.words; at++) {
        if (s.i32[at] !== block.mark) {
          throw new Error(`seed ${seed}: word ${at} of ${block.address}`);
        }
      }
    };
    for (let n = 0; n < 5000; n++) {
      if (mine.length < 40 && random(100) < 55) {
        const words = random(8) === 0 ? random(3000) + 1 : random(60) + 1;
        const zeroed = random(2) === 0;
        const address = zeroed ? s.allocateZeroed(words) : s.allocate(words);
        if (zeroed) check({ address, words, mark: 0 });
        s.i32.fill(++mark, address, address + s.roomFor(words)); // another's block would notice
        mine.push({ address, words: s.roomFor(words), mark });
      } else if (mine.length > 0) {
        const [block] = mine.splice(random(mine.length), 1);
        check(block!);
        s.free(block!.address);
      }
    }
    mine.forEach(check);
    return mine.map(({ address, words }) => ({ address, words }));
  }, seed);
  const live = (await crew.join()).flat();
  assertApart(live);
  assertEquals(blocksInUse(), before + live.length);
  live.forEach(({ address }) => free(address));
  assertEquals(blocksInUse(), before);
});

Deno.test("a block that is used again is zeroed on demand", () => {
  const first = allocateZeroed(40);
  i32.fill(-1, first, first + 40);
  free(first);
  const again = allocateZeroed(40);
  assertEquals(again, first); // it is the same one
  assert(i32.subarray(again, again + 40).every((word) => word === 0));
  free(again);
});

Deno.test("freeing twice is caught, and the heap stays whole", () => {
  const block = allocate(10), before = blocksInUse();
  free(block);
  assertThrows(() => free(block), Error, "[polycore bug]");
  assertEquals(blocksInUse(), before - 1);
  const [a, b] = [allocate(10), allocate(10)];
  assert(a !== b);
  free(a);
  free(b);
});

Deno.test("the last holder frees a block; once more is caught", () => {
  const before = blocksInUse();
  const block = allocate(10);
  retain(block);
  const freed: number[] = [];
  release(block, (block) => freed.push(block));
  assertEquals([freed.length, blocksInUse()], [0, before + 1]);
  release(block, (block) => freed.push(block));
  assertEquals([freed, blocksInUse()], [[block], before]);
  assertThrows(() => release(block), Error, "[polycore bug]");
  assertEquals(blocksInUse(), before);
});

Deno.test("holders that let go in 4 threads at once free it exactly once", async () => {
  const before = blocksInUse();
  const blocks = Array.from({ length: 500 }, () => allocate(4));
  for (const block of blocks) for (let n = 1; n < 4; n++) retain(block);
  await run(4, (s, _i, blocks) => blocks.forEach((block) => s.release(block)), blocks);
  assertEquals(blocksInUse(), before);
});

Deno.test("a block larger than the memory is refused, whatever the size", () => {
  for (const words of [i32.length, 2 ** 31, 2 ** 37 + 1, 2 ** 53, Infinity, NaN]) {
    assertThrows(() => allocate(words), HeapFullError, "has no room");
  }
  assertEquals(i32[LAYOUT.heapLock], 0);
});

Deno.test("a full heap throws HeapFullError and is usable again, in all sizes", () => {
  const before = blocksInUse();
  const blocks: { address: number; words: number }[] = [];
  // Untouched pages cost nothing, so that all of the memory can be taken: large blocks, then smaller ones.
  for (let words = i32.length / 8; words >= 1024; words /= 2) {
    const error = assertThrows(() => {
      for (;;) blocks.push({ address: allocate(words - 16), words: roomFor(words - 16) });
    }, HeapFullError);
    assert(error instanceof RangeError);
  }
  assertApart(blocks);
  assertEquals(i32[LAYOUT.heapLock], 0);
  assertThrows(() => allocateZeroed(2000), HeapFullError, "dispose()");

  free(blocks.shift()!.address);
  free(blocks.shift()!.address);
  const small = Array.from({ length: 1000 }, (_, i) => {
    const words = 1 + i * 7 % 3000;
    return { address: allocateZeroed(words), words: roomFor(words) };
  });
  assertApart([...blocks, ...small]); // cut out of the two freed ones
  [...blocks, ...small].forEach(({ address }) => free(address));
  assertEquals(blocksInUse(), before);
  free(allocate(i32.length / 16));
});

Deno.test("no thread is left", assertNobodyLeft);
