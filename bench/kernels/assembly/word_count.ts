// Words of a text of bytes: a word begins at a byte that is no white space and has white space before it.

// @ts-ignore: a decorator of AssemblyScript

function isSpace(byte: i32): bool {
  return byte == 32 || <u32> (byte - 9) < 5;
}

/** `before` is the byte in front of the text. */
export function scalar(text: usize, length: i32, before: i32): i32 {
  let words = 0;
  let spaceBefore = isSpace(before);
  for (const end = text + length; text < end; text++) {
    const space = isSpace(load<u8>(text));
    words += i32(spaceBefore && !space);
    spaceBefore = space;
  }
  return words;
}

/** Sixteen bytes at a time. */
export function simd(text: usize, length: i32, before: i32): i32 {
  let words = 0;
  let spaceBefore = i32(isSpace(before));
  const whole = text + (length & ~15);
  for (; text < whole; text += 16) {
    const bytes = v128.load(text);
    const space = i8x16.bitmask(v128.or(
      i8x16.eq(bytes, i8x16.splat(32)),
      i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(9)), i8x16.splat(5)),
    ));
    words += popcnt<i32>(~space & (space << 1 | spaceBefore) & 0xffff);
    spaceBefore = space >> 15 & 1;
  }
  return words + scalar(text, length & 15, spaceBefore ? 32 : 97);
}
