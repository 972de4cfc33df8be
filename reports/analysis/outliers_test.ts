import { assertEquals } from "@std/assert";
import { tukeyOutliers } from "./outliers.ts";

Deno.test("tukeyOutliers() finds the mild outlier of the published example", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, section 7.1.6: 1441 is the one mild outlier.
  // deno-fmt-ignore
  const samples = [
    30, 171, 184, 201, 212, 250, 265, 270, 272, 289, 305, 306, 322, 322, 336, 346, 351, 370, 390,
    404, 409, 411, 436, 437, 439, 441, 444, 448, 451, 453, 470, 480, 482, 487, 494, 495, 499, 503,
    514, 521, 522, 527, 548, 550, 559, 560, 570, 572, 574, 578, 585, 592, 592, 607, 616, 618, 621,
    629, 637, 638, 640, 656, 668, 707, 709, 719, 737, 739, 752, 758, 766, 792, 792, 794, 802, 818,
    830, 832, 843, 858, 860, 869, 918, 925, 953, 991, 1000, 1005, 1068, 1441,
  ];
  const { mild, severe } = tukeyOutliers(samples);
  assertEquals([mild, severe], [[89], []]);
});

Deno.test("tukeyOutliers() by hand, on both sides and in the order of taking", () => {
  // The quartiles are 20 and 30, so the fences lie at 5, 45 and at -10, 60.
  const samples = [61, 20, 20, 25, 30, 30, 46, 25, -11, 4, 25, 20, 30];
  assertEquals(tukeyOutliers(samples), {
    mildFences: [5, 45],
    severeFences: [-10, 60],
    mild: [6, 9],
    severe: [0, 8],
  });
});

Deno.test("tukeyOutliers() finds none among equal samples or in a single one", () => {
  for (const samples of [[5], [5, 5, 5, 5]]) {
    const { mild, severe } = tukeyOutliers(samples);
    assertEquals([mild, severe], [[], []]);
  }
});
