/** Something that answers to indices. */
interface Indexable {
  get(index: number): unknown;
  set(index: number, value: never): void;
}

/**
 * A prototype that answers `object[index]` by `object.get(index)`. It stands behind the class in the
 * chain of prototypes, so that only indices, which no object has of its own, come this far, and methods
 * and fields keep their speed.
 */
export function indexed(parent: object): object {
  return new Proxy(Object.create(parent), {
    get(target, key, receiver) {
      const index = toIndex(key);
      return index === undefined
        ? Reflect.get(target, key, receiver)
        : (receiver as Indexable).get(index);
    },
    set(target, key, value, receiver) {
      const index = toIndex(key);
      if (index === undefined) return Reflect.set(target, key, value, receiver);
      (receiver as Indexable).set(index, value as never);
      return true;
    },
  });
}

/** The number that a property key writes, if it is one: "3" and "-1", not "03" or "x". */
function toIndex(key: string | symbol): number | undefined {
  if (typeof key !== "string") return undefined;
  const index = Number(key);
  return String(index) === key && !Number.isNaN(index) ? index : undefined;
}
