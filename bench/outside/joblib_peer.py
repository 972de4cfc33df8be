"""What the bench of Parallel, Memory, dump and load does, in Python's joblib with loky.

The argument is a folder, where walk.raw has the doubles. Reads "name size jobs runs" from each line of its
input, and answers each run with the result and the milliseconds, or, for a peak, with its figure.
"""
import json
import os
import sys
import time
from math import sqrt

import joblib
import numpy as np
from joblib import Memory, Parallel, delayed

FOLDER = sys.argv[1]


def spin(ms):
    """Compute for so long."""
    end = time.perf_counter() + ms / 1000
    while time.perf_counter() < end:
        pass
    return ms


def probe(x):
    """A number of an array, and of the result of the cached function."""
    return float(x[0] + x[x.size // 2] + x[-1])


def path(name):
    return os.path.join(FOLDER, name)


def doubles(size):
    return np.fromfile(path("walk.raw"), np.float64, size)


class Calls:
    """Many calls of one function, by workers that stay."""

    def __init__(self, function, argument):
        self.function, self.argument, self.parallel = function, argument, None

    def prepare(self, size, jobs):
        self.parallel = Parallel(n_jobs=jobs).__enter__()

    def run(self, size):
        call = delayed(self.function)
        results = self.parallel(call(self.argument(i)) for i in range(size))
        return len(results) + results[-1]


class Cached:
    """A call of a cached function whose argument is a large array."""

    def prepare(self, size, jobs):
        self.array = doubles(size)
        self.function = Memory(path("python-cache"), verbose=0).cache(probe)

    def run(self, size):
        return self.function(self.array)


class Dump:
    def __init__(self, compress):
        self.compress, self.path = compress, path("python-dump")

    def prepare(self, size, jobs):
        self.array = doubles(size)
        self.run(size)
        assert (joblib.load(self.path) == self.array).all()

    def run(self, size):
        joblib.dump(self.array, self.path, self.compress)
        return 1


class Load(Dump):
    def __init__(self, compress):
        super().__init__(compress)
        self.path = path("python-load")

    def prepare(self, size, jobs):
        joblib.dump(doubles(size), self.path, self.compress)

    def run(self, size):
        return probe(joblib.load(self.path))


def memory(field):
    """A figure of this process, in bytes."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field))


def peak(name, size):
    """How far the memory of this new process went up, in bytes, with the array itself."""
    before = memory("VmRSS")
    if name == "peak-dump":
        joblib.dump(doubles(size), path("python-peak"))
    else:
        probe(joblib.load(path("python-peak")))
    return memory("VmHWM") - before


MEASURES = {
    "calls": Calls(sqrt, float),
    "spin": Calls(spin, lambda i: 1),
    "cached": Cached(),
    "dump": Dump(0),
    "load": Load(0),
    "zlib-dump": Dump(("zlib", 3)),
    "zlib-load": Load(("zlib", 3)),
}


def main():
    prepared = set()
    print("ready", flush=True)
    for line in sys.stdin:
        name, size, jobs, runs = line.split()
        size, jobs = int(size), int(jobs)
        for _ in range(int(runs)):
            if name.startswith("peak-"):
                print(json.dumps({"result": peak(name, size), "ms": 0}), flush=True)
                continue
            measure = MEASURES[name]
            if name not in prepared:
                prepared.add(name)
                measure.prepare(size, jobs)
                measure.run(size)
            start = time.perf_counter()
            result = measure.run(size)
            ms = (time.perf_counter() - start) * 1000
            print(json.dumps({"result": float(result), "ms": ms}), flush=True)


if __name__ == "__main__":
    main()
