/**
 * Objects around one or two primitives: Date, RegExp, and boxed primitives.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { defineBuiltin } from "./classes.ts";
import { readNext, readString } from "./decode.ts";
import { put } from "./encode.ts";
import { orBug } from "./errors.ts";
import { putRaw, takeRaw } from "./numbers.ts";
import { defineRead, reserve, settle } from "./reader.ts";
import { BOXED, DATE, REGEXP } from "./tags.ts";

const { getTime } = Date.prototype;

defineBuiltin(Date, (date) => getTime.call(date as Date), (date, at) => {
  i32[at] = DATE;
  return putRaw(getTime.call(date), at + 1);
});

defineRead(DATE, () => {
  const number = reserve();
  return settle(number, new Date(takeRaw()));
});

const sourceOf = Object.getOwnPropertyDescriptor(RegExp.prototype, "source")!.get!;

defineBuiltin(RegExp, (regexp) => sourceOf.call(regexp), (regexp: RegExp, at) => {
  i32[at] = REGEXP;
  return put(regexp.flags, put(sourceOf.call(regexp), at + 1));
});

defineRead(REGEXP, () => {
  const number = reserve();
  const source = readString(), flags = readString();
  return settle(number, orBug(() => new RegExp(source, flags)));
});

for (const cls of [Number, String, Boolean, BigInt]) {
  const valueOf = cls.prototype.valueOf as (this: object) => unknown;
  const write = (object: object, at: number) => {
    i32[at] = BOXED;
    return put(valueOf.call(object), at + 1);
  };
  defineBuiltin(cls, (object) => valueOf.call(object), write);
}

defineRead(BOXED, () => {
  const number = reserve();
  return settle(number, Object(readNext()) as object);
});
