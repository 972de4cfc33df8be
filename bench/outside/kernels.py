"""The kernels in numpy or numba, for comparison.

Reads "kernel size threads runs" from each line of its input, and answers with the result and with the
milliseconds of each run. The first argument chooses numpy or numba.
"""
import json
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

BLOCK, LANES, N = 500_000, 8, 512
MASK = np.uint64(0xFFFFFFFFFFFFFFFF)


def data(kernel, size):
    """The data of the kernels in TypeScript: the results have to be the same numbers."""
    if kernel.startswith("monte-carlo-pi"):
        return (size,)
    if kernel == "word-count":
        return (text(size),)
    i = np.arange(size * N if kernel == "matrix-multiply" else size)
    if kernel == "matrix-multiply":
        j = np.arange(N * N)
        a = ((i * 7 + (i >> 9)) % 10).astype(float).reshape(size, N)
        b = ((j * 3 + (j >> 9)) % 7).astype(float).reshape(N, N)
        return a, b, np.zeros((size, N))
    a, b = (i % 10).astype(float), (i % 7).astype(float)
    return (a, b) if kernel == "dot-product" else (a, b, np.zeros(size))


def text(size):
    """The same words as in TypeScript, by the same generator."""
    z = 1
    state = []
    for _ in range(2):
        z = (z + 0x9E3779B97F4A7C15) % 2**64
        x = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
        x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) % 2**64
        x ^= x >> 31
        state += [x % 2**32, x >> 32]
    s0, s1, s2, s3 = state
    rotate = lambda x, by: (x << by | x >> (32 - by)) % 2**32
    parts, length = [], 0
    while length < size:
        bits = (rotate((s0 + s3) % 2**32, 7) + s0) % 2**32
        t = s1 << 9 & 0xFFFFFFFF
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = rotate(s3, 11)
        letter = bytes([97 + (bits >> 8) % 26])
        parts.append(letter * ((bits & 7) + 1) + (b"\n" if bits >> 16 & 15 == 0 else b" "))
        length += len(parts[-1])
    return np.frombuffer(b"".join(parts)[:size], np.uint8)


class Numpy:
    """Whole arrays at once; with several threads each takes a slice, as numpy lets go of the GIL."""

    def __init__(self):
        self.pools = {}

    def slices(self, work, size, threads):
        if threads == 1:
            return [work(slice(0, size))]
        pool = self.pools.setdefault(threads, ThreadPoolExecutor(threads))
        cuts = [t * size // threads for t in range(threads + 1)]
        return list(pool.map(work, map(slice, cuts, cuts[1:])))

    def run(self, kernel, size, threads, given):
        def work(s):
            if kernel == "monte-carlo-pi":
                inside = 0
                for at in range(s.start, s.stop, BLOCK):
                    generator = np.random.default_rng(at)
                    x, y = generator.random((2, min(BLOCK, s.stop - at)))
                    inside += int(np.count_nonzero(x * x + y * y < 1))
                return inside
            if kernel == "dot-product":
                return float(np.dot(given[0][s], given[1][s]))
            if kernel == "word-count":
                space = (given[0] == 32) | (given[0] - np.uint8(9) < 5)
                return int(np.count_nonzero(space[:-1] & ~space[1:])) + int(not space[0])
            a, b, out = given
            if kernel == "matrix-multiply":
                np.matmul(a[s], b, out=out[s])
            elif kernel == "square-add":
                np.multiply(a[s], a[s], out=out[s])
                np.add(out[s], b[s], out=out[s])
            else:
                np.multiply(b[s], 3, out=out[s])
                np.add(out[s], a[s], out=out[s])
            return 0

        # Words are counted in one piece: a slice would have to know the byte before it.
        return sum(self.slices(work, size, 1 if kernel == "word-count" else threads))


class Numba:
    """Loops that are compiled, and spread over threads."""

    def __init__(self):
        import numba

        def parallel(function):
            return numba.njit(function, parallel=True, fastmath=True, nogil=True)

        self.numba = numba

        @numba.njit(fastmath=True, nogil=True)
        def throws_inside(throws):
            inside = 0
            for _ in range(throws):
                x = random.random()
                y = random.random()
                if x * x + y * y < 1:
                    inside += 1
            return inside

        @parallel
        def monte_carlo_pi(size):
            inside = 0
            for block in numba.prange((size + BLOCK - 1) // BLOCK):
                inside += throws_inside(min(BLOCK, size - block * BLOCK))
            return inside

        @numba.njit(nogil=True)
        def next_seed(z):
            x = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            return x ^ (x >> np.uint64(31))

        @numba.njit(nogil=True)
        def lane_inside(lane, throws):
            low = next_seed(lane + np.uint64(0x9E3779B97F4A7C15))
            high = next_seed(lane + np.uint64(0x3C6EF372FE94F82A))  # the same number twice
            s0, s1 = np.uint32(low), np.uint32(low >> np.uint64(32))
            s2, s3 = np.uint32(high), np.uint32(high >> np.uint64(32))
            inside = 0
            for _ in range(throws):
                total = np.uint32(s0 + s3)
                bits = np.uint32((total << np.uint32(7) | total >> np.uint32(25)) + s0)
                t = np.uint32(s1 << np.uint32(9))
                s2 ^= s0
                s3 ^= s1
                s1 ^= s2
                s0 ^= s3
                s2 ^= t
                s3 = np.uint32(s3 << np.uint32(11) | s3 >> np.uint32(21))
                x = np.int32(np.int16(bits))
                y = np.int32(np.int16(bits >> np.uint32(16)))
                inside += np.uint32(np.int32(x * x + y * y)) < np.uint32(1 << 30)
            return inside

        @parallel
        def same_throws(size):
            inside = 0
            for block in numba.prange((size + BLOCK - 1) // BLOCK):
                throws = min(BLOCK, size - block * BLOCK)
                for lane in range(LANES):
                    count = (throws - lane + LANES - 1) // LANES
                    inside += lane_inside(np.uint64(block * LANES + lane), count)
            return inside

        @parallel
        def dot_product(a, b):
            total = 0.0
            for i in numba.prange(a.size):
                total += a[i] * b[i]
            return total

        @parallel
        def square_add(a, b, out):
            for i in numba.prange(a.size):
                out[i] = a[i] * a[i] + b[i]
            return 0

        @parallel
        def triad(a, b, out):
            for i in numba.prange(a.size):
                out[i] = a[i] + 3 * b[i]
            return 0

        @parallel
        def matrix_multiply(a, b, out):
            for i in numba.prange(a.shape[0]):
                out[i] = 0
                for k in range(N):
                    x = a[i, k]
                    for j in range(N):
                        out[i, j] += x * b[k, j]
            return 0

        @parallel
        def word_count(letters):
            words = 0
            for i in numba.prange(letters.size):
                space = letters[i] == 32 or 9 <= letters[i] <= 13
                before = i == 0 or letters[i - 1] == 32 or 9 <= letters[i - 1] <= 13
                words += before and not space
            return words

        self.kernels = {
            "monte-carlo-pi": monte_carlo_pi,
            "monte-carlo-pi-same": same_throws,
            "dot-product": dot_product,
            "square-add": square_add,
            "triad": triad,
            "matrix-multiply": matrix_multiply,
            "word-count": word_count,
        }

    def run(self, kernel, size, threads, given):
        self.numba.set_num_threads(threads)
        return self.kernels[kernel](*given)


def main():
    # A pool of threads is made once, so its size is what the machine has, and each run uses a part.
    runner = {"numpy": Numpy, "numba": Numba}[sys.argv[1]]()
    prepared, given = None, None
    print("ready", flush=True)
    for line in sys.stdin:
        kernel, size, threads, runs = line.split()
        if prepared != (kernel, size):
            prepared, given = (kernel, size), data(kernel, int(size))
            runner.run(kernel, int(size), int(threads), given)
        for _ in range(int(runs)):
            start = time.perf_counter()
            result = runner.run(kernel, int(size), int(threads), given)
            ms = (time.perf_counter() - start) * 1000
            if len(given) == 3:
                result = given[2].sum()
            print(json.dumps({"result": float(result), "ms": ms}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
