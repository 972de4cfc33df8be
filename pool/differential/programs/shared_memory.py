"""Shared memory by name."""

import multiprocessing as mp
import os
from multiprocessing.shared_memory import SharedMemory

from report import line, tell

NAME = f"polycore-differential-{os.getpid()}"


def write(name):
    memory = SharedMemory(name)
    memory.buf[0] += 1
    memory.buf[memory.size - 1] = 255
    memory.close()


def main():
    for size in [0, -1]:
        tell(f"create {size} bytes", lambda: SharedMemory(NAME, create=True, size=size), "'size' must be a positive")
    tell("attach to nothing", lambda: SharedMemory(NAME), "")
    for size in [1, 8, 4096, 5000]:
        memory = SharedMemory(NAME, create=True, size=size)
        line(f"{size} bytes, at first", [memory.name == NAME, memory.size, len(memory.buf), sum(memory.buf)])
        tell(f"{size} bytes, create again", lambda: SharedMemory(NAME, create=True, size=size), "")
        memory.buf[0] = 41
        process = mp.Process(target=write, args=(NAME,))
        process.start()
        process.join()
        line(f"{size} bytes, written by another process", [process.exitcode, memory.buf[0], memory.buf[size - 1]])
        other = SharedMemory(NAME)
        other.buf[size // 2] = 7
        line(f"{size} bytes, attached", [other.size, memory.buf[size // 2]])
        line(f"{size} bytes, close", [other.close(), other.close(), other.name == NAME, memory.buf[size // 2]])
        line(f"{size} bytes, unlink", memory.unlink())
        tell(f"{size} bytes, attach after unlink", lambda: SharedMemory(NAME), "")
        line(f"{size} bytes, still there", memory.buf[size // 2])
        again = SharedMemory(NAME, create=True, size=2)
        line(f"{size} bytes, the name again", [again.size, list(again.buf), memory.size])
        again.close()
        again.unlink()
        line(f"{size} bytes, close all", memory.close())
        tell(f"{size} bytes, the bytes after close", lambda: memory.buf[0], "")
    memory = SharedMemory(NAME, create=True, size=4)
    memory.buf[:] = bytes([1, 2, 3, 4])
    line("all bytes", [list(memory.buf), list(memory.buf[1:3])])
    memory.unlink()
    memory.close()


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
