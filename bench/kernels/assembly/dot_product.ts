// The dot product of two arrays of doubles at byte addresses in the shared memory.

export function scalar(a: usize, b: usize, length: i32): f64 {
  let sum: f64 = 0;
  for (const end = a + (<usize> length << 3); a < end; a += 8, b += 8) {
    sum += load<f64>(a) * load<f64>(b);
  }
  return sum;
}

export function simd(a: usize, b: usize, length: i32): f64 {
  // Four sums side by side, as one alone would wait for its own last addition.
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  const whole = a + (<usize> (length & ~7) << 3);
  for (; a < whole; a += 64, b += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)));
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1) + scalar(a, b, length & 7);
}
