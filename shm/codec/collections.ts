/**
 * Map and Set.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { defineBuiltin } from "./classes.ts";
import { readNext } from "./decode.ts";
import { put } from "./encode.ts";
import { defineRead, expect, met, takeCount } from "./reader.ts";
import { base } from "./scratch.ts";
import { MAP, SET } from "./tags.ts";

const { forEach: eachEntry } = Map.prototype;
const { forEach: eachElement } = Set.prototype;
const { has: hasKey } = Map.prototype;
const { has: hasElement } = Set.prototype;

// Counted while they are walked, because a getter of an entry may add entries.

defineBuiltin(Map, (map) => hasKey.call(map as Map<unknown, unknown>, 0), (map, at) => {
  const head = at - base;
  let count = 0;
  at += 2;
  eachEntry.call(map, (value, key) => {
    count++;
    at = put(value, put(key, at));
  });
  i32[base + head] = MAP;
  i32[base + head + 1] = count;
  return at;
});

defineRead(MAP, () => {
  const count = takeCount();
  expect(count * 2);
  const map: Map<unknown, unknown> = met(new Map());
  for (let i = 0; i < count; i++) map.set(readNext(), readNext());
  return map;
});

defineBuiltin(Set, (set) => hasElement.call(set as Set<unknown>, 0), (set, at) => {
  const head = at - base;
  let count = 0;
  at += 2;
  eachElement.call(set, (element) => {
    count++;
    at = put(element, at);
  });
  i32[base + head] = SET;
  i32[base + head + 1] = count;
  return at;
});

defineRead(SET, () => {
  const count = takeCount();
  expect(count);
  const set: Set<unknown> = met(new Set());
  for (let i = 0; i < count; i++) set.add(readNext());
  return set;
});
