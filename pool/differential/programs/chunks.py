"""How the inputs of a pool's calls are cut. An error skips the rest of its chunk, so if every input
fails, those that ran are the first ones of the chunks."""

import multiprocessing as mp

from report import line

MOST = 257


def begin(array):
    global ran
    ran = array


def fail(x, _=0):
    ran[x] = 1
    raise ValueError(x)


def nothing():
    pass


def starts(n, call):
    ran[:] = [0] * MOST
    try:
        call()
    except ValueError:
        pass
    return [x for x in range(n) if ran[x]]


if __name__ == "__main__":
    mp.set_start_method("spawn")
    begin(mp.RawArray("i", MOST))
    for workers in [1, 2, 3, 4, 6]:
        with mp.Pool(workers, begin, (ran,)) as pool:
            for n in [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 16, 17, 24, 25, 31, 32, 33, 64, 65, 100, 128, 257]:
                line(f"{workers} workers, {n} inputs", starts(n, lambda: pool.map(fail, range(n))))
            pairs = [(x, x) for x in range(50)]
            line(f"{workers} workers, starmap", starts(50, lambda: pool.starmap(fail, pairs)))
            generated = (x for x in range(50))
            line(f"{workers} workers, a generator", starts(50, lambda: pool.map(fail, generated)))
    with mp.Pool(1, begin, (ran,)) as pool:
        for n in [0, 1, 6, 7, 20]:
            for size in [1, 2, 3, 7, 100]:
                label = f"{n} inputs, chunks of {size}"
                line(f"map, {label}", starts(n, lambda: pool.map(fail, range(n), size)))
                pairs = [(x, x) for x in range(n)]
                line(f"starmap, {label}", starts(n, lambda: pool.starmap(fail, pairs, size)))
                for name in ["imap", "imap_unordered"]:
                    def call():
                        getattr(pool, name)(fail, range(n), size)
                        pool.apply(nothing)
                    line(f"{name}, {label}", starts(n, call))
