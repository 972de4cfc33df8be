/**
 * Random values for the tests, repeatable by their seed.
 *
 * @module
 */

/** A source of numbers from 0 to 1. */
export type Random = () => number;

/** The seed in an environment variable, or a new one; tests print it in their names. */
export function seedOf(variable: string): number {
  const state = Deno.permissions.querySync({ name: "env", variable });
  const given = state.state === "granted" ? Deno.env.get(variable) : undefined;
  return given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
}

/** mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

/** One of the choices. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

const KEYS = [
  "a",
  "b",
  "id",
  "name",
  "x",
  "0",
  "17",
  "two words",
  "ключ",
  "__proto__",
  "constructor",
];
const LETTERS = ["a", "Z", " ", "ÿ", "ß", "日", "👩", "\ud800", "\udc01", "\u0000", "\ufeff", '"'];
const NUMBERS = [0, -0, NaN, Infinity, 0.1, -1, 2 ** 30, -(2 ** 30), 2 ** 31, 2 ** 53, 5e-324];
const VIEWS = [Uint8Array, Int16Array, Float32Array, Float64Array, BigInt64Array] as const;

function text(random: Random): string {
  const length = Math.floor(random() * pick(random, [4, 20, 70, 300]));
  const letters = random() < 0.5 ? LETTERS.slice(0, 3) : LETTERS;
  return Array.from({ length }, () => pick(random, letters)).join("");
}

/** A value that structured clone can copy exactly, in which some objects occur several times. */
export function randomValue(random: Random, depth: number): unknown {
  const made: object[] = [];
  const size = () => Math.floor(random() * 6);
  const inner = (level: number) => make(level - 1);

  function remember<T extends object>(object: T): T {
    made.push(object);
    return object;
  }

  const simple: (() => unknown)[] = [
    () => pick(random, [undefined, null, true, false]),
    () => pick(random, NUMBERS),
    () => Math.floor((random() - 0.5) * 2 ** pick(random, [4, 16, 31, 33, 50])),
    () => random() - 0.5,
    () => text(random),
    () => BigInt(Math.floor(random() * 2 ** 50)) ** BigInt(pick(random, [1, 2, 7])) * -1n,
    () => remember(new Date(Math.floor(random() * 1e13))),
    () =>
      remember(
        new RegExp(pick(random, ["a+", "[/]", "\\/\\n", "(?:)"]), pick(random, ["", "gi", "u"])),
      ),
    () => remember(Object(pick<unknown>(random, [1.5, "boxed", true, 9n])) as object),
  ];
  const nested: ((level: number) => unknown)[] = [
    (level) => {
      const array = remember([] as unknown[]);
      for (let i = size(); i > 0; i--) {
        if (random() < 0.1) array.length++;
        else array.push(inner(level));
      }
      return array;
    },
    () => remember(Array.from({ length: size() }, () => pick(random, [random(), 3, -0]))),
    (level) => {
      const object = remember({} as Record<string, unknown>);
      for (let i = size(); i > 0; i--) {
        const value = inner(level), key = pick(random, KEYS);
        Object.defineProperty(object, key, {
          value,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    },
    (level) => {
      const map = remember(new Map<unknown, unknown>());
      for (let i = size(); i > 0; i--) map.set(inner(level), inner(level));
      return map;
    },
    (level) => {
      const set = remember(new Set<unknown>());
      for (let i = size(); i > 0; i--) set.add(inner(level));
      return set;
    },
    () => {
      const View = pick(random, VIEWS);
      const buffer = remember(new ArrayBuffer(64, random() < 0.3 ? { maxByteLength: 80 } : {}));
      new Uint8Array(buffer).forEach((_, i, bytes) => bytes[i] = random() * 256);
      return remember(random() < 0.5 ? new View(buffer) : new View(buffer, 8, 2));
    },
    (level) =>
      remember(
        new (pick(random, [Error, TypeError, RangeError]))(text(random), { cause: inner(level) }),
      ),
  ];

  function make(level: number): unknown {
    if (made.length > 0 && random() < 0.1) return pick(random, made);
    return level <= 0 || random() < 0.4 ? pick(random, simple)() : pick(random, nested)(level);
  }

  return make(depth);
}
