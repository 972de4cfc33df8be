/**
 * What the packages above build on: the codec and the channel. Not for programs: it changes without
 * notice.
 *
 * @module
 */
import "./foreign_buffers.ts";

export * from "./channel.ts";
export * from "./channel_record.ts";
export * from "./channel_waits.ts";
export * from "./codec/mod.ts";
export { indexed } from "./indexed.ts";
