// Monte-Carlo pi: see ../monte_carlo_pi.ts for what a throw is and how a block is cut into eight lanes.

let seed: u64 = 0;

function nextSeed(): u64 {
  seed += 0x9e3779b97f4a7c15;
  let x = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// @ts-ignore: a decorator of AssemblyScript

function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** Throws inside the circle, one lane after the other. */
export function scalar(block: i32, throws: i32): i32 {
  let inside = 0;
  for (let lane = 0; lane < 8; lane++) {
    seed = <u64> block * 8 + lane;
    let pair = nextSeed();
    let s0 = <u32> pair;
    let s1 = <u32> (pair >> 32);
    pair = nextSeed();
    let s2 = <u32> pair;
    let s3 = <u32> (pair >> 32);
    for (let i = lane; i < throws; i += 8) {
      const r = rotl<u32>(s0 + s3, 7) + s0;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = rotl<u32>(s3, 11);
      const x = <i32> (r << 16) >> 16;
      const y = <i32> r >> 16;
      inside += i32(<u32> (x * x + y * y) < 1 << 30);
    }
  }
  return inside;
}

// The words of the lanes' states, a lane in each place of a vector: lanes 0 to 3, and 4 to 7.
let a0 = i32x4.splat(0);
let a1 = i32x4.splat(0);
let a2 = i32x4.splat(0);
let a3 = i32x4.splat(0);

/** Load the states of four lanes into the vectors above. */
function start(block: i32, first: i32): void {
  for (let lane = 0; lane < 4; lane++) {
    seed = <u64> block * 8 + first + lane;
    const low = nextSeed();
    const high = nextSeed();
    // The vectors turn by one place a round: after four rounds each lane is in its own.
    a0 = turn(a0, <i32> low);
    a1 = turn(a1, <i32> (low >> 32));
    a2 = turn(a2, <i32> high);
    a3 = turn(a3, <i32> (high >> 32));
  }
}

// @ts-ignore: a decorator of AssemblyScript

function turn(x: v128, last: i32): v128 {
  return i32x4.replace_lane(v128.shuffle<i32>(x, x, 1, 2, 3, 0), 3, last);
}

/** The same throws, eight at a time. */
export function simd(block: i32, throws: i32): i32 {
  start(block, 0);
  let p0 = a0, p1 = a1, p2 = a2, p3 = a3;
  start(block, 4);
  let q0 = a0, q1 = a1, q2 = a2, q3 = a3;
  const limit = i32x4.splat(1 << 30);
  let inside = i32x4.splat(0);
  for (let rest = throws; rest > 0; rest -= 8) {
    let r = i32x4.add(rotate(i32x4.add(p0, p3), 7), p0);
    let t = i32x4.shl(p1, 9);
    p2 = v128.xor(p2, p0);
    p3 = v128.xor(p3, p1);
    p1 = v128.xor(p1, p2);
    p0 = v128.xor(p0, p3);
    p2 = v128.xor(p2, t);
    p3 = rotate(p3, 11);
    let hits = i32x4.lt_u(i32x4.dot_i16x8_s(r, r), limit);
    r = i32x4.add(rotate(i32x4.add(q0, q3), 7), q0);
    t = i32x4.shl(q1, 9);
    q2 = v128.xor(q2, q0);
    q3 = v128.xor(q3, q1);
    q1 = v128.xor(q1, q2);
    q0 = v128.xor(q0, q3);
    q2 = v128.xor(q2, t);
    q3 = rotate(q3, 11);
    let others = i32x4.lt_u(i32x4.dot_i16x8_s(r, r), limit);
    if (rest < 8) { // the last round of a block whose length is no multiple of 8
      hits = v128.and(hits, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest)));
      others = v128.and(others, i32x4.lt_s(i32x4(4, 5, 6, 7), i32x4.splat(rest)));
    }
    inside = i32x4.sub(inside, i32x4.add(hits, others));
  }
  return i32x4.extract_lane(inside, 0) + i32x4.extract_lane(inside, 1) +
    i32x4.extract_lane(inside, 2) + i32x4.extract_lane(inside, 3);
}
