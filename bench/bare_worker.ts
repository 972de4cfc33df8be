/**
 * A worker that answers every number with the next one.
 *
 * @module
 */
self.onmessage = ({ data }: MessageEvent<number>) => self.postMessage(data + 1);
