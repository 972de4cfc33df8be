/**
 * Which objects the value that is being encoded has had so far, so that cycles and shared objects keep
 * their identity. Few objects are compared one by one, more go to a Map.
 *
 * @module
 */

/** So many objects are compared one by one: measured, a Map is slower up to here. */
const FEW = 24;

const first: (object | undefined)[] = new Array(FEW).fill(undefined);
const numbers = new Map<object, number>();
let count = 0;

/** The number of an object that was met before; -1 for a new one, which gets the next number. */
export function numberOf(object: object): number {
  if (count > FEW) return numberInMap(object);
  for (let i = 0; i < count; i++) if (first[i] === object) return i;
  if (count < FEW) first[count++] = object;
  else startMap(object);
  return -1;
}

function startMap(object: object): void {
  for (let i = 0; i < FEW; i++) numbers.set(first[i]!, i);
  numbers.set(object, count++);
}

function numberInMap(object: object): number {
  const known = numbers.get(object);
  if (known !== undefined) return known;
  numbers.set(object, count++);
  return -1;
}

/** How many objects were met. */
export function objectsMet(): number {
  return count;
}

/** Forget all objects but the first `kept`. */
export function forgetObjects(kept: number): void {
  if (count > FEW && kept <= FEW) numbers.clear();
  else if (count > FEW) {
    for (const [object, number] of numbers) if (number >= kept) numbers.delete(object);
  }
  for (let i = kept; i < Math.min(count, FEW); i++) first[i] = undefined;
  count = kept;
}
