/**
 * Building plain objects. A shape that comes often gets a function of its own, compiled from an object
 * literal with its keys: it makes the object in one step with its final layout.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { readNext, readString } from "./decode.ts";
import { expect, met, reader, setField } from "./reader.ts";
import { shapeOf } from "./shapes.ts";
import { END } from "./tags.ts";

/** So many objects of a shape are built key by key before a function is compiled for it. */
const TRIES = 8;

/** Builds an object of one shape. */
interface Maker {
  /** The object's keys. */
  keys: readonly string[];
  /** How many objects were built key by key. */
  uses: number;
  /** The compiled function, for values in which nothing occurs twice. */
  make: (() => object) | undefined;
  /** The compiled function that numbers the object before it reads its values. */
  fill: (() => object) | undefined;
}

const makers: (Maker | undefined)[] = [];

function makerOf(id: number): Maker {
  const shape = shapeOf(id);
  return makers[id] = { keys: shape.keys, uses: 0, make: undefined, fill: undefined };
}

/** Read an object; `reader.at` is at its first value. */
export function readObject(id: number): object {
  const maker = makers[id] ?? makerOf(id);
  if (reader.objects === undefined) {
    if (maker.make !== undefined) return maker.make();
  } else if (maker.fill !== undefined) {
    return maker.fill();
  }
  if (++maker.uses === TRIES) compile(maker);
  return readFields(maker.keys);
}

function readFields(keys: readonly string[]): object {
  const object = met({});
  for (let i = 0; i < keys.length; i++) setField(object, keys[i]!, readNext());
  return object;
}

function compile(maker: Maker): void {
  if (maker.keys.includes("__proto__")) return; // a literal would set the prototype
  const keys = maker.keys.map((key) => JSON.stringify(key));
  const literal = (value: string) => `{${keys.map((key) => `${key}:${value}`).join()}}`;
  const body = `"use strict";return{` +
    `make(){return${literal("next()")}},` +
    `fill(){const o=${literal("0")};reader.objects.push(o);` +
    keys.map((key) => `o[${key}]=next();`).join("") + `return o}}`;
  try {
    Object.assign(maker, new Function("next", "reader", body)(readNext, reader));
  } catch (error) {
    if (!(error instanceof EvalError)) throw error; // code from strings may be forbidden
  }
}

/** Read an object with keys that no shape has; `reader.at` is at the first value of the shape. */
export function readMore(id: number): object {
  const object = readFields(shapeOf(id).keys);
  for (;;) {
    expect(1);
    if (i32[reader.at] === END) {
      reader.at++;
      return object;
    }
    setField(object, readString(), readNext());
  }
}
