// out[i] = a[i] * a[i] + b[i], over arrays of doubles at byte addresses in the shared memory.

export function scalar(a: usize, b: usize, out: usize, length: i32): void {
  for (const end = a + (<usize> length << 3); a < end; a += 8, b += 8, out += 8) {
    const x = load<f64>(a);
    store<f64>(out, x * x + load<f64>(b));
  }
}

export function simd(a: usize, b: usize, out: usize, length: i32): void {
  const whole = a + (<usize> (length & ~3) << 3);
  for (; a < whole; a += 32, b += 32, out += 32) {
    const x = v128.load(a);
    const y = v128.load(a, 16);
    v128.store(out, f64x2.add(f64x2.mul(x, x), v128.load(b)));
    v128.store(out, f64x2.add(f64x2.mul(y, y), v128.load(b, 16)), 16);
  }
  scalar(a, b, out, length & 3);
}
