// Rows of the product of two matrices of doubles that lie row by row in the shared memory. The second
// one is square, `n` by `n`.

/** The classic three loops, in the order that walks along the rows. */
export function scalar(a: usize, b: usize, out: usize, n: i32, rows: i32): void {
  const row = <usize> n << 3;
  for (const end = out + row * <usize> rows; out < end; out += row, a += row) {
    memory.fill(out, 0, row);
    for (let k: usize = 0; k < row; k += 8) {
      const x = load<f64>(a + k);
      const line = b + (k >> 3) * row;
      for (let j: usize = 0; j < row; j += 8) {
        store<f64>(out + j, load<f64>(out + j) + x * load<f64>(line + j));
      }
    }
  }
}

/**
 * Two rows by eight columns at a time stay in registers, so that each number of `b` that is loaded is used twice
 * and nothing is stored before it is finished. `n` is a multiple of 8.
 */
export function simd(a: usize, b: usize, out: usize, n: i32, rows: i32): void {
  const row = <usize> n << 3;
  let r = 0;
  for (; r + 2 <= rows; r += 2, a += 2 * row, out += 2 * row) {
    for (let j: usize = 0; j < row; j += 64) {
      let c00 = f64x2.splat(0), c01 = f64x2.splat(0), c02 = f64x2.splat(0), c03 = f64x2.splat(0);
      let c10 = f64x2.splat(0), c11 = f64x2.splat(0), c12 = f64x2.splat(0), c13 = f64x2.splat(0);
      let line = b + j;
      for (let k: usize = 0; k < row; k += 8, line += row) {
        const x0 = v128.load_splat<f64>(a + k);
        const x1 = v128.load_splat<f64>(a + row + k);
        let y = v128.load(line);
        c00 = f64x2.add(c00, f64x2.mul(x0, y));
        c10 = f64x2.add(c10, f64x2.mul(x1, y));
        y = v128.load(line, 16);
        c01 = f64x2.add(c01, f64x2.mul(x0, y));
        c11 = f64x2.add(c11, f64x2.mul(x1, y));
        y = v128.load(line, 32);
        c02 = f64x2.add(c02, f64x2.mul(x0, y));
        c12 = f64x2.add(c12, f64x2.mul(x1, y));
        y = v128.load(line, 48);
        c03 = f64x2.add(c03, f64x2.mul(x0, y));
        c13 = f64x2.add(c13, f64x2.mul(x1, y));
      }
      v128.store(out + j, c00);
      v128.store(out + j, c01, 16);
      v128.store(out + j, c02, 32);
      v128.store(out + j, c03, 48);
      v128.store(out + row + j, c10);
      v128.store(out + row + j, c11, 16);
      v128.store(out + row + j, c12, 32);
      v128.store(out + row + j, c13, 48);
    }
  }
  scalar(a, b, out, n, rows - r);
}
