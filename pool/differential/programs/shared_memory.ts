/**
 * Shared memory by name.
 *
 * @module
 */

import { SharedMemory } from "@polycore/shm";
import { Process, task } from "../../mod.ts";
import { line, tell } from "./report.ts";

const NAME = "polycore-differential";

const write = task(import.meta, (name: string) => {
  const memory = SharedMemory.attach(name);
  memory.buf[0]! += 1;
  memory.buf[memory.size - 1] = 255;
  memory.close();
});

async function main(): Promise<void> {
  for (const size of [0, -1]) {
    tell(`create ${size} bytes`, () => SharedMemory.create(NAME, size));
  }
  tell("attach to nothing", () => SharedMemory.attach(NAME));
  for (const size of [1, 8, 4096, 5000]) {
    const memory = SharedMemory.create(NAME, size);
    const half = Math.floor(size / 2);
    const sum = memory.buf.reduce((a, b) => a + b);
    line(`${size} bytes, at first`, [memory.name === NAME, memory.size, memory.buf.length, sum]);
    tell(`${size} bytes, create again`, () => SharedMemory.create(NAME, size));
    memory.buf[0] = 41;
    const process = new Process({ target: write, args: [NAME] });
    process.start();
    await process.join();
    const written = [process.exitcode, memory.buf[0], memory.buf[size - 1]];
    line(`${size} bytes, written by another process`, written);
    const other = SharedMemory.attach(NAME);
    other.buf[half] = 7;
    line(`${size} bytes, attached`, [other.size, memory.buf[half]]);
    const closed = [other.close(), other.close(), other.name === NAME, memory.buf[half]];
    line(`${size} bytes, close`, closed);
    line(`${size} bytes, unlink`, memory.unlink());
    tell(`${size} bytes, attach after unlink`, () => SharedMemory.attach(NAME));
    line(`${size} bytes, still there`, memory.buf[half]);
    const again = SharedMemory.create(NAME, 2);
    line(`${size} bytes, the name again`, [again.size, again.buf, memory.size]);
    again.close();
    again.unlink();
    line(`${size} bytes, close all`, memory.close());
    tell(`${size} bytes, the bytes after close`, () => memory.buf[0]);
  }
  const memory = SharedMemory.create(NAME, 4);
  memory.buf.set([1, 2, 3, 4]);
  line("all bytes", [memory.buf, memory.buf.subarray(1, 3)]);
  memory.unlink();
  memory.close();
}

if (import.meta.main) await main();
