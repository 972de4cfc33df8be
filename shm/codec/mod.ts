/**
 * Values as words of the shared memory, so that they pass between threads without the runtime's
 * message ports: all that structured clone knows, and shared objects at any depth.
 *
 * @example
 * ```ts
 * import { decode, encode, scratchAddress } from "./mod.ts";
 * import { Lock } from "@polycore/sync";
 * import { assertInstanceOf } from "@std/assert";
 *
 * encode({ guard: new Lock(), limits: new Set([1, 2]) });
 * const copy = decode(scratchAddress()) as { guard: Lock };
 * assertInstanceOf(copy.guard, Lock); // on the same memory
 * ```
 *
 * @module
 */
import "./arrays.ts";
import "./collections.ts";
import "./errors_travel.ts";
import "./held.ts";
import "./numbers.ts";
import "./simple_objects.ts";
import "./strings.ts";

export { type BufferCodec, installBufferCodec } from "./buffers.ts";
export { refusalOf } from "./classes.ts";
export { decode, discard } from "./decode.ts";
export { encode } from "./encode.ts";
export { Refusal, RemoteError, UncloneableError } from "./errors.ts";
export { type ErrorClass, registerErrorClass } from "./errors_travel.ts";
export {
  type BoundParts,
  type FunctionCodec,
  functionsInLastEncode,
  installFunctionCodec,
} from "./functions.ts";
export { pathTo, type Root } from "./path.ts";
export { refuseClass } from "./refused.ts";
export { dropHeld } from "./held.ts";
export { detachScratch, releaseScratch, scratchAddress } from "./scratch.ts";
