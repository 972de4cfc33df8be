import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { decode, encode, scratchAddress, UncloneableError } from "./mod.ts";
import { assertAsCloned, roundTrip } from "./testing.ts";

Deno.test("primitives come through", () => {
  for (const value of [undefined, null, true, false, "", "a", 0, -0, 1, -1, NaN, 1e300]) {
    assertAsCloned(value);
  }
});

Deno.test("a small whole number takes one word, the limits of each size come through", () => {
  assertEquals(encode(7), encode(undefined));
  for (let bits = 28; bits < 34; bits++) {
    for (const near of [-2, -1, 0, 1, 2]) {
      assertAsCloned(2 ** bits + near);
      assertAsCloned(-(2 ** bits) + near);
    }
  }
});

Deno.test("arrays come through, whatever is mixed in them", () => {
  for (
    const array of [
      [],
      [1, 2, 3],
      [0.5, 1, -0, NaN],
      [1, 2, 0.5, "x"],
      [1, 2, 0.5, undefined, 3],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0.5],
      [[], [[]], [[1], [2.5]]],
      ["a", 1, null, true, undefined],
    ]
  ) assertAsCloned(array);
  assertAsCloned(Array.from({ length: 5000 }, (_, i) => i / 2));
  assertAsCloned(Array.from({ length: 5000 }, (_, i) => i === 4999 ? "end" : i + 0.5));
  assertAsCloned(Array.from({ length: 20000 }, (_, i) => i));
});

Deno.test("plain objects come through at first, when their shape is learned and when it is known", () => {
  for (let i = 0; i < 20; i++) {
    assertAsCloned({ first: i, second: { third: "x", fourth: [i] }, "with space": i / 2 });
    assertAsCloned({});
    assertAsCloned({ 1: "index", 0: "first", name: true, "": "empty" });
    assertAsCloned({ [`only ${i}`]: { [`once ${i}`]: i } });
  }
});

Deno.test("an instance of a class arrives as a plain object with its own fields", () => {
  class Base {
    #secret = 1;
    kept = this.#secret + 1;
    get computed() {
      return 3;
    }
  }
  // deno-lint-ignore no-explicit-any
  (Base.prototype as any).inherited = "on the prototype";
  for (let i = 0; i < 4; i++) assertAsCloned(new Base());
  assertAsCloned(Object.assign(Object.create(null), { a: 1 }));
});

Deno.test("keys that are symbols or not enumerable stay behind, getters are read", () => {
  const object = {
    [Symbol("s")]: 1,
    get seen() {
      return "by the getter";
    },
  };
  Object.defineProperty(object, "hidden", { value: 2, enumerable: false });
  assertAsCloned(object);
});

Deno.test("an enumerable key of Object.prototype does not travel along", () => {
  // deno-lint-ignore no-explicit-any
  const prototype = Object.prototype as any;
  const object = { own: 1 };
  prototype.polluted = 2;
  try {
    for (let i = 0; i < 4; i++) assertEquals(Object.hasOwn(roundTrip(object), "polluted"), false);
  } finally {
    delete prototype.polluted;
  }
});

Deno.test("a getter that changes its object while it is encoded does no harm", () => {
  const list: unknown[] = [1, 2, 3, 4];
  list[1] = {
    get shorten() {
      list.length = 2;
      return 1;
    },
  };
  assertEquals(roundTrip(list).length, 4);
  const object: Record<string, unknown> = {
    get grow() {
      object.late = 1;
      delete object.gone;
      return 2;
    },
    gone: 3,
  };
  assertEquals(roundTrip(object), { grow: 2 });
});

Deno.test("a Proxy over plain data is read through", () => {
  assertEquals(roundTrip(new Proxy({ a: [1] }, {})), { a: [1] });
  assertEquals(roundTrip(new Proxy([1, 2], {})), [1, 2]);
});

Deno.test("a thousand levels are allowed, more are refused, and encoding works afterwards", () => {
  const chain = (levels: number) => {
    let value: unknown = "end";
    for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { value };
    return value;
  };
  assertAsCloned(chain(1000));
  const error = assertThrows(() => encode(chain(1001), "args"), UncloneableError);
  assertStringIncludes(error.message, "args is nested too deeply");
  assertThrows(() => encode(chain(1e6)), UncloneableError);
  assertAsCloned(chain(3));
});

Deno.test("encoding from inside a getter is refused, and encoding works afterwards", () => {
  const value = {
    get sends() {
      return encode(1, "inner");
    },
  };
  assertThrows(() => encode(value), Error, "while inner is being sent");
  assertAsCloned([1]);
});

Deno.test("an error thrown by a getter comes out as it is", () => {
  const value = {
    get broken(): never {
      throw new RangeError("mine");
    },
  };
  assertThrows(() => encode(value), RangeError, "mine");
});

Deno.test("the words may be decoded as often as one likes when nothing shared is inside", () => {
  encode({ a: [1, "two"] });
  const first = decode(scratchAddress()), second = decode(scratchAddress());
  assertEquals(first, second);
  assert(first !== second);
});
