/**
 * How shared objects reach a test's thread, until a package above brings a codec.
 *
 * @module
 */

import { Shareable } from "../mod.ts";
import { dropInTransit, holdInTransit, kindOf } from "../internal.ts";

/** A shared object on its way. */
class Packed {
  constructor(readonly kind: number, readonly address: number, readonly parts: unknown[]) {}
}

/** A structured-cloneable form of an argument. */
export function pack(value: unknown): unknown {
  if (!(value instanceof Shareable)) return value;
  holdInTransit(value);
  return { packed: { ...new Packed(value.kind.id, value.address, value.pack().map(pack)) } };
}

function isPacked(value: unknown): value is { packed: Packed } {
  return typeof value === "object" && value !== null && "packed" in value;
}

/** The counterpart of {@linkcode pack}, in the thread. */
export function unpack(value: unknown): unknown {
  if (!isPacked(value)) return value;
  const { kind, address, parts } = value.packed;
  return kindOf(kind).unpack(address, parts.map(unpack));
}

/** Let go of what was packed and never arrived. */
export function drop(value: unknown): void {
  if (!isPacked(value)) return;
  value.packed.parts.forEach(drop);
  dropInTransit(value.packed.kind, value.packed.address);
}
