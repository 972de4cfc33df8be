// The kernel of ../pi_kernels.ts in AssemblyScript: TypeScript with the types of the processor.
// A throw is one random number of 32 bits, whose halves are its coordinates, from -2^15 to 2^15 - 1.

/** Hits of `throws` throws in each of four lanes, one lane after the other. */
export function scalar(seed: i32, stream: i32, throws: i32): i32 {
  let hits = 0;
  for (let lane = 0; lane < 4; lane++) {
    let a = seed, b = 4 * stream + lane, c = 0x9e3779b9, d = 1;
    for (let i = -15; i < throws; i++) { // the first 15 mix the seed in
      const r = a + b + d;
      d += 1;
      a = b ^ (b >>> 9);
      b = c + (c << 3);
      c = rotl<i32>(c, 21) + r;
      const x = r << 16 >> 16, y = r >> 16;
      if (i >= 0) hits += i32(<u32> (x * x + y * y) < 1 << 30);
    }
  }
  return hits;
}

/** The same hits, all four lanes at once: a v128 holds the same word of each. */
export function simd(seed: i32, stream: i32, throws: i32): i32 {
  const one = i32x4.splat(1), radius = i32x4.splat(1 << 30), nine = i32x4.splat(0x9e3779b9);
  let a = i32x4.splat(seed);
  let b = i32x4.add(i32x4.splat(4 * stream), i32x4(0, 1, 2, 3));
  let c = nine, d = one;
  let hits = i32x4.splat(0);
  for (let i = -15; i < throws; i++) {
    const r = i32x4.add(i32x4.add(a, b), d);
    d = i32x4.add(d, one);
    a = v128.xor(b, i32x4.shr_u(b, 9));
    b = i32x4.add(c, i32x4.shl(c, 3));
    c = i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), r);
    if (i >= 0) {
      // dot_i16x8_s takes x * x + y * y of the halves of each word in one instruction; a hit
      // gives -1 in its lane.
      hits = i32x4.sub(hits, i32x4.lt_u(i32x4.dot_i16x8_s(r, r), radius));
    }
  }
  return i32x4.extract_lane(hits, 0) + i32x4.extract_lane(hits, 1) +
    i32x4.extract_lane(hits, 2) + i32x4.extract_lane(hits, 3);
}
