/**
 * How the inputs of a `map` are cut into chunks.
 *
 * @module
 */

/** The inputs of a chunk: an array, or a part of a typed array, which travels as one. */
export type Chunk = ArrayLike<unknown>;

/** CPython's rule for the chunk size: four chunks for each worker, rounded up. */
export function defaultChunkSize(inputs: number, workers: number): number {
  return Math.ceil(inputs / (workers * 4));
}

/** The inputs as something with a length; a typed array stays one. */
export function toList(inputs: Iterable<unknown>): Chunk {
  return Array.isArray(inputs) || isTypedArray(inputs) ? inputs : Array.from(inputs);
}

/** Cut a list into chunks. */
export function* chunksOf(list: Chunk, size: number): Generator<Chunk> {
  const part = isTypedArray(list)
    ? (begin: number, end: number) => list.subarray(begin, end)
    : (begin: number, end: number) => (list as unknown[]).slice(begin, end);
  for (let begin = 0; begin < list.length; begin += size) yield part(begin, begin + size);
}

/** A chunk at its place among all inputs, for the paths in errors. */
export function atPlace(chunk: Chunk, first: number): unknown[] {
  const list: unknown[] = [];
  for (let i = 0; i < chunk.length; i++) list[first + i] = chunk[i];
  return list;
}

function isTypedArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
