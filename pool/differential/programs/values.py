"""Values and arrays: every typecode, what wraps around, indices, slices, locks."""

import multiprocessing as mp

from report import line, tell

WHOLE = "bBhHiIlLqQ"
NUMBERS = [0, 1, -1, 100, 127, 128, -128, -129, 255, 256, 257, 32767, 32768, -32768, -32769, 65535, 65536, 2**31 - 1,
           -(2**31)]
LARGE = [2**31, 2**32 - 1, 2**32, 2**32 + 1, 2**33, -(2**31) - 1, -(2**32), 2**40 + 5, 2**53 - 1, -(2**53) + 1, 2**53]
HUGE = [2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 2**64 + 1, -(2**63), -(2**63) - 1, 2**100 + 3]
REAL = [0.5, 0.1, -0.1, 1 / 3, 1e10, 16777217, 1e-45, 1e-50, 3.4e38, 1e39, -1e39, 1e-320, 123456.789, 2**53,
        float("inf"), float("-inf"), float("nan")]


def bump(*values):
    for value in values:
        value.value += 1


def fill(*arrays):
    for array in arrays:
        for i in range(len(array)):
            array[i] = array[i] + i


def set_and_get(typecode, x):
    value = mp.Value(typecode)
    value.value = x
    return value.value


def main():
    for typecode in WHOLE + "fd":
        line(f"Value({typecode}) at first", mp.Value(typecode).value)
        line(f"Array({typecode}, 3) at first", mp.Array(typecode, 3)[:])
        for x in NUMBERS:
            if typecode == "L" and x < 0:
                continue  # 64 bits: see below
            line(f"Value({typecode}) set to {x}", set_and_get(typecode, x))
            line(f"Value({typecode}, {x})", [mp.Value(typecode, x).value, mp.RawValue(typecode, x).value])
            line(f"Array({typecode}) of {x}", [mp.Array(typecode, [x, 1])[:], mp.RawArray(typecode, [x, 1])[:]])
    for typecode in "bBhHiIqQ":
        for x in LARGE:
            line(f"Value({typecode}) set to {x}", set_and_get(typecode, x))
    for typecode in "lL":
        beyond = LARGE + ([-1, -(2**31)] if typecode == "L" else [])
        line(f"Value({typecode}) beyond 32 bits", [set_and_get(typecode, x) for x in beyond])
    for typecode in "qQ":
        for x in HUGE:
            line(f"Value({typecode}) set to {x}", set_and_get(typecode, x))
    for typecode in "fd":
        for i, x in enumerate(REAL):
            line(f"Value({typecode}) set to real {i}", set_and_get(typecode, x))
    for typecode in ["x", "", "ii", "F", 5]:
        tell(f"typecode {typecode!r}".replace("'", ""), lambda: mp.Value(typecode, 1), "")
    for typecode in "iqd":
        for name, x in [("text", "1"), ("None", None), ("list", [1])]:
            tell(f"Value({typecode}) set to {name}", lambda: set_and_get(typecode, x), "")
            tell(f"Array({typecode}) of {name}", lambda: mp.Array(typecode, [x])[:], "")
    tell("Value(i) set to 1.5", lambda: set_and_get("i", 1.5), "")
    tell("Value(i) set to True", lambda: set_and_get("i", True))
    arrays()
    locks()
    between()


def arrays():
    array = mp.Array("i", [10, 11, 12, 13, 14, 15])
    line("len", [len(array), len(mp.Array("d", 0)), len(mp.RawArray("b", 7))])
    line("iteration", [list(array), sum(array), 13 in list(array)])
    bounds = [None, *range(-7, 8)]
    for begin in bounds:
        for end in bounds:
            line(f"slice {begin} to {end}", array[begin:end])
    for i in [0, 1, 5, 6, 7, 100]:
        tell(f"get {i}", lambda: array[i], "" if i > 5 else None)
        tell(f"set {i}", lambda: array.__setitem__(i, i), "" if i > 5 else None)
    line("after it was set", array[:])
    tell("get -1", lambda: array[-1])
    tell("get -6", lambda: array[-6])
    tell("get -7", lambda: array[-7], "")
    tell("get of an empty one", lambda: mp.Array("i", 0)[0], "")
    tell("Array of -1", lambda: mp.Array("i", -1), "")
    tell("Array of 1.5", lambda: mp.Array("i", 1.5), "")
    tell("Array of None", lambda: mp.Array("i", None), "")
    for init in [[], [1], (1, 2), range(5), [0] * 100]:
        line("Array of a sequence", mp.Array("h", init)[:])
    line("an array of an array", mp.Array("d", mp.Array("i", [1, 2])[:])[:])


def locks():
    for name, make in [("Value", lambda **how: mp.Value("i", 5, **how)), ("Array", lambda **how: mp.Array("i", 2, **how))]:
        shared = make()
        line(f"{name}, its lock", [type(shared.get_lock()).__name__ == type(mp.RLock()).__name__,
                                   shared.get_lock() is shared.get_lock()])
        with shared.get_lock():
            with shared.get_lock():
                line(f"{name}, in its block", repr(shared.get_lock()))
        line(f"{name}, after its block", repr(shared.get_lock()))
        lock = mp.Lock()
        line(f"{name}, a lock of mine", make(lock=lock).get_lock() is lock)
        line(f"{name}, lock=True", repr(make(lock=True).get_lock()))
        tell(f"{name}, lock=False", lambda: make(lock=False).get_lock(), "")
        for what in ["x", 5, []]:
            tell(f"{name}, lock={what!r}".replace("'", ""), lambda: make(lock=what), "has no method 'acquire'")
    tell("RawValue has no lock", lambda: mp.RawValue("i").get_lock(), "")
    tell("RawArray has no lock", lambda: mp.RawArray("i", 1).get_lock(), "")


def between():
    for lock in [True, False]:
        values = [mp.Value(t, 5, lock=lock) for t in WHOLE + "fd"]
        arrays = [mp.Array(t, [1, 2, 3], lock=lock) for t in WHOLE + "fd"]
        process = mp.Process(target=bump, args=values)
        process.start()
        process.join()
        line(f"another process adds 1, lock {lock}".lower(), [v.value for v in values])
        process = mp.Process(target=fill, args=arrays)
        process.start()
        process.join()
        line(f"another process adds the index, lock {lock}".lower(), [a[:] for a in arrays])


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
