"""What a pool's calls give, and what they raise."""

import multiprocessing as mp
import os

from report import line, outcome, raised, tell


def square(x):
    return x * x


def same(x):
    return x


def add(a, b):
    return a + b


def but_3rd(x):
    if x % 5 == 2:
        raise ValueError(f"no {x}")
    return x


def raise_as(name):
    if name == "ValueError":
        raise ValueError("out of range")
    if name == "TypeError":
        raise TypeError("wrong kind")
    if name == "empty":
        raise Exception()
    if name == "words":
        raise Exception("with: colons, \"quotes\" and ünïcode")
    if name == "timeout":
        raise mp.TimeoutError("too late")
    return name


def pid(_):
    return os.getpid()


def uncopyable():
    return lambda: 0


def who():
    process = mp.current_process()
    return [process.daemon, mp.parent_process().name]


def child():
    mp.Process(target=square, args=(1,)).start()


def until_bad(n):
    yield from range(n)
    raise ValueError("the inputs end badly")


def events(iterator):
    """All that an iterator gives, until it says twice that it has ended."""
    seen = []
    ends = 0
    while ends < 2:
        try:
            seen.append(next(iterator))
        except StopIteration:
            seen.append("end")
            ends += 1
        except Exception as error:
            seen.append(raised(error))
    return seen


VALUES = [
    0, -1, 2**31, -(2**53), 0.5, -1.25e-7, float("inf"), float("-inf"), float("nan"), True, False, None,
    "", "text", "ünïcode 漢字 🎉", "a\nb\"c\\", [], [1, [2, [3]]], {}, {"a": {"b": [1, None]}}, b"", b"\x00\xff",
    "x" * 300,
]


def main():
    with mp.Pool(2) as pool:
        for n in [0, 1, 2, 7, 20]:
            for size in [None, 1, 3, 50]:
                line(f"map {n} by {size}", pool.map(square, range(n), size))
                pairs = [(x, 2 * x) for x in range(n)]
                line(f"starmap {n} by {size}", pool.starmap(add, pairs, size))
                line(f"imap {n} by {size}", list(pool.imap(square, range(n), size or 1)))
                line(f"imap_unordered {n} by {size}", sorted(pool.imap_unordered(square, range(n), size or 1)))
        for i, value in enumerate(VALUES):
            line(f"value {i}", [pool.apply(same, (value,)), pool.map(same, [value])])
        line("values", pool.map(same, VALUES))
        for inputs in [(), "", "abc", (x for x in range(3)), {"a": 1}.keys(), b"\x01\x02", [[1], [2]], [None]]:
            line("inputs of another kind", pool.map(same, inputs))
        for name in ["ValueError", "TypeError", "empty", "words", "timeout", "fine"]:
            tell(f"apply raises {name}", lambda: pool.apply(raise_as, (name,)))
            tell(f"map raises {name}", lambda: pool.map(raise_as, [name]))
            tell(f"starmap raises {name}", lambda: pool.starmap(raise_as, [(name,)]))
            line(f"imap raises {name}", events(pool.imap(raise_as, [name])))
            line(f"imap_unordered raises {name}", events(pool.imap_unordered(raise_as, [name])))
        for n in range(9):
            line(f"imap {n}, some fail", events(pool.imap(but_3rd, range(n))))
            tell(f"map {n}, some fail", lambda: pool.map(but_3rd, range(n), 1 if n < 8 else n))
        line("imap by 2, one fails", events(pool.imap(but_3rd, range(6), 2)))
        for n in range(6):
            tell(f"map, inputs raise at {n}", lambda: pool.map(square, until_bad(n)))
            line(f"imap, inputs raise at {n}", events(pool.imap(square, until_bad(n))))
            line(f"imap by 2, inputs raise at {n}", events(pool.imap(square, until_bad(n), 2)))
        seen = events(pool.imap_unordered(square, until_bad(0)))
        line("imap_unordered, inputs raise at 0", seen)
        for label, call in [
            ("map", lambda: pool.map(raise_as, ["ValueError"])),
            ("map, inputs raise", lambda: pool.map(square, until_bad(2))),
        ]:
            try:
                call()
            except ValueError as error:
                line(f"cause, {label}", type(error.__cause__).__name__)
        tell("no function", lambda: pool.apply(5), "")
        tell("inputs that are none", lambda: pool.map(square, 5), "")
        tell("inputs of imap that are none", lambda: next(pool.imap(square, 5)), "")
        tell("starmap of no tuples", lambda: pool.starmap(add, [1, 2]), "")
        try:
            result = pool.apply_async(same, (lambda: 0,))
        except Exception:
            line("an argument that cannot be sent is an error of", "the call")
        else:
            assert "pickle" in outcome(result.get)["says"]
            line("an argument that cannot be sent is an error of", "get")
        tell("a result that cannot be sent", lambda: pool.apply(uncopyable), "Error sending result: '")
        tell("the pool as an argument", lambda: pool.apply(same, (pool,)))
        line("the pool survives", pool.apply(add, (1, 2)))
        line("a worker", pool.apply(who))
        tell("a worker starts a process", lambda: pool.apply(child))
    for n, size in [(4, 1), (6, 2), (6, 3), (7, 3)]:
        with mp.Pool(1, maxtasksperchild=1) as pool:
            ids = pool.map(pid, range(n), size)
            line(f"workers of 1 task each for {n} by {size}", [ids.index(x) for x in ids])


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
