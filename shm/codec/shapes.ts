/**
 * Object shapes: the keys of an object, in order, as one number that all threads know.
 *
 * The shapes form a tree: a shape is its parent's keys and one key more. The tree lies in the shared
 * heap as a log of (parent, key) that only grows; a shape's number is its place in the log, and each
 * thread reads what was added since it last looked.
 *
 * @module
 */

import { allocate, i32, LAYOUT, load, lockInternal, store, unlock } from "@polycore/sync/internal";
import { errors } from "./errors.ts";

/** Shapes that may exist; beyond that, keys travel beside their values. */
const MOST_SHAPES = 16384;

/** Keys that a shape may have: an object with more is rather a dictionary. */
const MOST_KEYS = 64;

/** Length that a key may have. */
const LONGEST_KEY = 64;

/** Words of one part of the log. */
const PART = 16384 - 16;

/** Words that an entry has at the most: parent, length, and two units of the key in each word. */
const LARGEST_ENTRY = 2 + LONGEST_KEY / 2;

/** In place of a parent: the log goes on at the address in the next word. */
const CONTINUED = -1;

/** A node of the tree. */
export class Shape {
  /** The child that was taken last, and its key: most objects look like the one before. */
  lastKey: string | undefined = undefined;
  lastChild: Shape | undefined = undefined;
  children: Map<string, Shape> | undefined = undefined;
  /** Whether the next key is learned at once: the shape was made by an object that has more keys. */
  open = false;

  constructor(readonly id: number, readonly keys: readonly string[]) {}
}

/** The shape without keys. */
export const ROOT: Shape = new Shape(0, []);

const shapes: Shape[] = [ROOT];

/** Where this thread reads on in the log, and where that part of the log ends. */
let readAt = 0, partEnd = 0;

function enterPart(at: number): void {
  readAt = at;
  partEnd = at + PART;
}

/** Read what other threads have added. */
function catchUp(): void {
  const count = load(LAYOUT.shapeCount);
  while (shapes.length <= count) {
    if (i32[readAt] === CONTINUED) enterPart(i32[readAt + 1]!);
    const parent = shapes[i32[readAt]!]!;
    const length = i32[readAt + 1]!;
    readAt += 2;
    let key = "";
    for (let i = 0; i < length; i++) {
      key += String.fromCharCode(i32[readAt + (i >> 1)]! >>> ((i & 1) << 4) & 0xffff);
    }
    readAt += (length + 1) >> 1;
    const shape = new Shape(shapes.length, [...parent.keys, key]);
    parent.children ??= new Map();
    parent.children.set(key, shape);
    shapes.push(shape);
  }
}

/** Write an entry behind the last one; others do not see it before the count grows. */
function append(parent: number, key: string): void {
  let at = readAt;
  // Every part keeps two words for the way to the next one.
  if (at + LARGEST_ENTRY + 2 > partEnd) {
    const next = allocate(PART);
    i32[at] = CONTINUED;
    i32[at + 1] = next;
    at = next;
  }
  i32[at] = parent;
  i32[at + 1] = key.length;
  at += 2;
  for (let i = 0; i < key.length; i += 2) {
    i32[at++] = key.charCodeAt(i) | (i + 1 < key.length ? key.charCodeAt(i + 1) << 16 : 0);
  }
}

/** Add a shape, unless another thread just did; `undefined` when there are too many. */
function addShape(parent: Shape, key: string): Shape | undefined {
  lockInternal(LAYOUT.tableLock);
  try {
    catchUp();
    if (!parent.children?.has(key)) {
      if (shapes.length > MOST_SHAPES) return undefined;
      append(parent.id, key);
      store(LAYOUT.shapeCount, shapes.length);
      catchUp();
    }
    return parent.children!.get(key)!;
  } finally {
    unlock(LAYOUT.tableLock);
  }
}

/**
 * The ways out of the tree that were seen once, by a hash of parent and key. Only what comes again is
 * learned, so that the table does not fill with dictionaries that are each seen once.
 */
const seenOnce: { parent: Shape; key: string }[] = new Array(256);

function seenBefore(parent: Shape, key: string): boolean {
  const hash = parent.id * 31 + key.charCodeAt(0) * 7 + key.charCodeAt(key.length - 1) * 3 +
    key.length;
  const slot = hash & (seenOnce.length - 1);
  const seen = seenOnce[slot];
  if (seen?.parent === parent && seen.key === key) return true;
  seenOnce[slot] = { parent, key };
  return false;
}

function canBeLearned(parent: Shape, key: string): boolean {
  if (shapes.length > MOST_SHAPES || parent.keys.length === MOST_KEYS) return false;
  if (key.length === 0 || key.length > LONGEST_KEY) return false;
  const first = key.charCodeAt(0);
  return first < 48 || first > 57; // keys like indices belong to dictionaries
}

/**
 * The shape with one key more, or `undefined`: the keys from here on travel with the object. Callers
 * look at {@linkcode Shape.lastKey} first.
 */
export function childOf(parent: Shape, key: string): Shape | undefined {
  let child = parent.children?.get(key);
  if (child === undefined) {
    if (load(LAYOUT.shapeCount) >= shapes.length) {
      catchUp();
      child = parent.children?.get(key);
    }
    if (child === undefined) {
      if (!canBeLearned(parent, key)) return undefined;
      if (!parent.open && !seenBefore(parent, key)) return undefined;
      parent.open = false;
      child = addShape(parent, key);
      if (child === undefined) return undefined;
      child.open = true;
    }
  }
  parent.lastKey = key;
  parent.lastChild = child;
  return child;
}

/** The shape with a number, as another thread may have made it. */
export function shapeOf(id: number): Shape {
  if (id >= shapes.length) catchUp();
  const shape = shapes[id];
  if (shape === undefined) throw errors.bug(`no object shape has the number ${id}`);
  return shape;
}

/** How many shapes this thread knows, for tests. */
export function shapesKnown(): number {
  return shapes.length;
}

function begin(): void {
  lockInternal(LAYOUT.tableLock);
  if (load(LAYOUT.shapeTable) === 0) store(LAYOUT.shapeTable, allocate(PART));
  unlock(LAYOUT.tableLock);
  enterPart(load(LAYOUT.shapeTable));
}

begin();
