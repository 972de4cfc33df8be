"""What a pool refuses, when, and in which words."""

import multiprocessing as mp

from report import line, tell


def square(x):
    return x * x


def add(a, b):
    return a + b


def calls(pool):
    return {
        "apply": lambda: pool.apply(square, (3,)),
        "apply_async": lambda: pool.apply_async(square, (3,)).get(),
        "map": lambda: pool.map(square, [1, 2]),
        "map_async": lambda: pool.map_async(square, [1, 2]).get(),
        "map of nothing": lambda: pool.map(square, []),
        "starmap": lambda: pool.starmap(add, [(1, 2)]),
        "starmap_async": lambda: pool.starmap_async(add, [(1, 2)]).get(),
        "imap": lambda: list(pool.imap(square, [1, 2])),
        "imap_unordered": lambda: sorted(pool.imap_unordered(square, [1, 2])),
    }


def main():
    for n in [0, -1, -100]:
        tell(f"a pool of {n}", lambda: mp.Pool(n))
    tell("a pool of text", lambda: mp.Pool("two"), "")
    tell("an initializer that is none", lambda: mp.Pool(1, 5))
    for n in [0, -1, 0.5, "1"]:
        tell(f"maxtasksperchild {n!r}", lambda: mp.Pool(1, maxtasksperchild=n))
    pool = mp.Pool(1)
    for name, call in calls(pool).items():
        tell(f"open, {name}", call)
    for size in [0, -1]:
        tell(f"map by {size}", lambda: pool.map(square, [1, 2], size))
        for name in ["imap", "imap_unordered"]:
            tell(f"{name} by {size}", lambda: list(getattr(pool, name)(square, [1, 2], size)))
    tell("join while open", pool.join)
    pending = [pool.apply_async(square, (i,)) for i in range(4)]
    mapped = pool.map_async(square, range(4))
    iterator = pool.imap(square, range(4))
    line("close", [pool.close(), pool.close()])
    for name, call in calls(pool).items():
        tell(f"closed, {name}", call)
    line("what was under way when it closed", [[r.get() for r in pending], mapped.get(), list(iterator)])
    line("join, twice", [pool.join(), pool.join()])
    for name, call in calls(pool).items():
        tell(f"joined, {name}", call)
    line("close after join", pool.close())
    line("terminate after join", pool.terminate())
    pool = mp.Pool(1)
    line("terminate, twice", [pool.terminate(), pool.terminate()])
    for name, call in calls(pool).items():
        tell(f"terminated, {name}", call)
    line("join after terminate", [pool.join(), pool.join()])
    with mp.Pool(1) as pool:
        done = pool.apply_async(square, (3,))
        done.wait()
    line("a result after the block", done.get())
    tell("map after the block", lambda: pool.map(square, [1]))
    line("TimeoutError is an Exception", issubclass(mp.TimeoutError, Exception))


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
