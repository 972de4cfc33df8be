// out[i] = a[i] + factor * b[i], over arrays of doubles at byte addresses in the shared memory.

export function scalar(a: usize, b: usize, out: usize, factor: f64, length: i32): void {
  for (const end = a + (<usize> length << 3); a < end; a += 8, b += 8, out += 8) {
    store<f64>(out, load<f64>(a) + factor * load<f64>(b));
  }
}

export function simd(a: usize, b: usize, out: usize, factor: f64, length: i32): void {
  const f = f64x2.splat(factor);
  const whole = a + (<usize> (length & ~3) << 3);
  for (; a < whole; a += 32, b += 32, out += 32) {
    v128.store(out, f64x2.add(v128.load(a), f64x2.mul(f, v128.load(b))));
    v128.store(out, f64x2.add(v128.load(a, 16), f64x2.mul(f, v128.load(b, 16))), 16);
  }
  scalar(a, b, out, factor, length & 3);
}
