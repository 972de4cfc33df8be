/**
 * What the packages above build on: the codec and the channel. Not for programs: it changes without
 * notice.
 *
 * @module
 */
export * from "./channel.ts";
export * from "./codec/mod.ts";
