import { assertAlmostEquals, assertEquals } from "@std/assert";
import { resampleMedian } from "./bootstrap.ts";
import { seededRandom } from "./random.ts";
import { rooflineOf, roofOf } from "./roofline.ts";

const random = seededRandom(1);
/** Seven samples within 1 % of the time. */
const point = (workers: number, ms: number) => ({
  workers,
  time: resampleMedian([0.99, 0.995, 1, 1, 1, 1.005, 1.01].map((x) => x * ms), random),
});
const triad = { name: "triad", bytesPerUnit: 24, size: 10_000_000 };
const dot = { bytesPerUnit: 16, flopsPerUnit: 2, size: 4_000_000 };

Deno.test("roofOf() takes the best run of the triad", () => {
  const roof = roofOf([
    { kernel: { ...triad, name: "dot-product" }, points: [point(1, 1)] },
    { kernel: triad, points: [point(1, 12), point(2, 6), point(4, 8)] },
  ])!;
  assertEquals(roof.workers, 2);
  assertAlmostEquals(roof.bytesPerSecond, 40e9, 1); // 240 MB in 6 ms
  assertEquals(roofOf([{ kernel: { ...triad, name: "sum" }, points: [point(1, 1)] }]), null);
});

Deno.test("rooflineOf() by hand: bandwidth, intensity, share of the triad", () => {
  const roof = roofOf([{ kernel: triad, points: [point(2, 6)] }]);
  // 64 MB in 2 ms are 32 GB/s, 80 % of 40; 8 million operations in it are 4 GFLOP/s.
  const line = rooflineOf(dot, [point(1, 3.2), point(2, 2)], roof)!;
  assertEquals(line.intensity, 0.125);
  assertAlmostEquals(line.rows[0].bytesPerSecond.median, 20e9, 1);
  assertAlmostEquals(line.rows[1].bytesPerSecond.median, 32e9, 1);
  assertAlmostEquals(line.rows[1].flopsPerSecond!.median, 4e9, 1);
  assertAlmostEquals(line.rows[1].share!.median, 0.8, 1e-9);
});

Deno.test("rooflineOf() says what holds the kernel only where the whole interval does", () => {
  const roof = roofOf([{ kernel: triad, points: [point(2, 6)] }]);
  const boundAt = (share: number) => rooflineOf(dot, [point(2, 1.6 / share)], roof)!.bound;
  assertEquals([0.3, 0.8, 0.95, 1.5].map(boundAt), ["other", null, "memory", "cache"]);
  assertEquals(rooflineOf(dot, [point(2, 1)], null)!.bound, null);
  const few = { workers: 2, time: resampleMedian([1.6], random) };
  assertEquals(rooflineOf(dot, [few], roof)!.bound, null);
});

Deno.test("rooflineOf() is silent for a kernel that counts no bytes", () => {
  assertEquals(rooflineOf({ ...dot, bytesPerUnit: null }, [point(1, 1)], null), null);
});
