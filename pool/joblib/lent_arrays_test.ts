import { assert, assertEquals, assertRejects } from "@std/assert";
import { blocksInUse } from "@polycore/sync/internal";
import { SharedArray } from "@polycore/shm";
import { delayed, Parallel } from "../mod.ts";
import { add } from "../testing/tasks.ts";
import { addInPlace, failWith, giveBackArray, lookAt } from "./testing/parallel_tasks.ts";

const large = () => new Float64Array(1000).fill(1).with(0, 7);

Deno.test("typed arrays above maxNbytes lie in the shared memory, smaller ones are copied", async () => {
  await using parallel = Parallel({ nJobs: 2, maxNbytes: 7999 });
  const seen = await parallel([
    delayed(lookAt)(large(), large().subarray(0, 999)),
    delayed(lookAt)(large().subarray(1, 3)),
  ]);
  const type = "Float64Array";
  assertEquals(seen, [
    [{ type, shared: true, numbers: [7, 1] }, { type, shared: false, numbers: [7, 1] }],
    [{ type, shared: false, numbers: [1, 1] }],
  ]);
});

const LIMITS = [["8K", false], ["1K", true], [null, false], [undefined, false]] as const;

for (const [maxNbytes, shared] of LIMITS) {
  Deno.test(`maxNbytes ${maxNbytes}: 8000 bytes are ${shared ? "shared" : "copied"}`, async () => {
    await using parallel = Parallel({ nJobs: 2, maxNbytes });
    const [seen] = await parallel([delayed(lookAt)(large())]);
    assertEquals(seen![0]!.shared, shared);
  });
}

Deno.test("every class of typed array arrives as what it was", async () => {
  await using parallel = Parallel({ nJobs: 2, maxNbytes: 0 });
  const arrays = [
    new Uint8ClampedArray([1, 2]),
    new Int16Array([0, 1, 2]).subarray(1),
    new Float32Array([1, 2]),
    new BigInt64Array([1n, 2n]),
  ];
  const [seen] = await parallel([delayed(lookAt)(...arrays as unknown as Float64Array[])]);
  assertEquals(
    seen!.map(({ type, shared, numbers }) => [type, shared, numbers.map(Number)]),
    arrays.map((array) => [array.constructor.name, true, [1, 2]]),
  );
});

Deno.test("an array is put there once per call: all calls see the same memory, the caller does not", async () => {
  await using parallel = Parallel({ nJobs: 2, maxNbytes: 100, batchSize: 1 });
  const array = large();
  const calls = Array.from({ length: 8 }, () => delayed(addInPlace)(array));
  const seen = await parallel(calls);
  assert(Math.max(...seen) > 8, `each call saw its own copy: ${seen}`); // not 15: two may add at once
  assertEquals(array[0], 7, "the caller's array is its own");
  assertEquals((await parallel([delayed(lookAt)(array)]))[0]![0]!.numbers, [7, 1], "copied anew");
});

Deno.test("arrays inside of arguments, twice, and in a circle", async () => {
  await using parallel = Parallel({ nJobs: 2, maxNbytes: 100 });
  const array = large();
  const data: Record<string, unknown> = { rows: [array, { array }], text: "x" };
  data.self = data;
  const look = (d: { rows: [Float64Array, { array: Float64Array }]; text: string }) => [
    d.rows[0].buffer instanceof SharedArrayBuffer,
    d.rows[1].array === d.rows[0],
    d.text,
  ];
  assertEquals(await parallel([delayed(look)(data as never)]), [[true, true, "x"]]);
});

Deno.test("what a call gives back of a shared array is a copy", async () => {
  await using parallel = Parallel({ nJobs: 2, maxNbytes: 100, batchSize: 2 });
  const array = large();
  const results = await parallel([1, 2, 3].map(() => delayed(giveBackArray)(array)));
  await parallel([delayed(addInPlace)(new Float64Array(1000))]); // may take the same memory
  for (const { array: all, parts: [part], map } of results) {
    assert(!(all.buffer instanceof SharedArrayBuffer));
    assertEquals([all, part, map.get("all")], [array, array.subarray(1), array]);
  }
});

Deno.test("a SharedArray stays one, and the memory goes back when the call ends", async () => {
  await using parallel = Parallel({ nJobs: 2, maxNbytes: 0, batchSize: 2 });
  const sum = (a: SharedArray<"d">, b: Float64Array) => a.view[0]! + b[0]!;
  using shared = new SharedArray("d", [5]);
  const call = async () => {
    await parallel([1, 2, 3, 4].map(() => delayed(giveBackArray)(large())));
    await parallel([1, 2, 3, 4].map((x) => delayed(add)(x, 1)));
    await assertRejects(
      () => parallel([0, 1, 2, 3].map((x) => delayed(failWith)(large(), x))),
      RangeError,
      "not with 1000 numbers",
    );
  };
  assertEquals(await parallel([delayed(sum)(shared, large())]), [12]);
  await call();
  await parallel([delayed(add)(1, 1)]);
  const before = blocksInUse();
  for (let i = 0; i < 3; i++) await call();
  await parallel([delayed(add)(1, 1)]);
  assert(blocksInUse() <= before + 8, `${blocksInUse()} blocks, before ${before}`);
});
