"""Locks and semaphores through sequences of calls, in one thread and two."""

import itertools
import multiprocessing as mp

from report import line, outcome, tell


def do(lock, ops):
    """What each letter gives: a(cquire), t(ry for 5 ms), n(egative timeout), r(elease)."""
    seen = []
    for op in ops:
        if op == "a":
            seen.append(lock.acquire(False))
        elif op == "t":
            seen.append(lock.acquire(True, 0.005))
        elif op == "n":
            seen.append(lock.acquire(True, -1))
        else:
            seen.append(outcome(lock.release))
    return seen


def other(connection):
    """Another process, which does what it is told."""
    while True:
        told = connection.recv()
        if told is None:
            return
        lock, ops = told
        connection.send(do(locks[lock], ops))


def begin(connection, *given):
    global locks
    locks = given
    other(connection)


def main():
    for ops in itertools.product("ar", repeat=4):
        ops = "".join(ops)
        line(f"Lock {ops}", do(mp.Lock(), ops))
        line(f"RLock {ops}", do(mp.RLock(), ops))
        for n in range(3):
            semaphore = mp.Semaphore(n)
            line(f"Semaphore({n}) {ops}", [do(semaphore, ops), semaphore.get_value()])
        for n in range(1, 4):
            semaphore = mp.BoundedSemaphore(n)
            line(f"BoundedSemaphore({n}) {ops}", [do(semaphore, ops), semaphore.get_value()])
    for ops in ["aaaarrrrr", "tt", "tart", "nn", "ran", "atnrr"]:
        line(f"Lock {ops}", do(mp.Lock(), ops))
        line(f"RLock {ops}", do(mp.RLock(), ops))
        line(f"Semaphore {ops}", do(mp.Semaphore(), ops))
        line(f"BoundedSemaphore {ops}", do(mp.BoundedSemaphore(), ops))
    tell("Semaphore(-1)", lambda: mp.Semaphore(-1), "")
    tell("BoundedSemaphore(-1)", lambda: mp.BoundedSemaphore(-1), "")
    tell("BoundedSemaphore(0)", lambda: mp.BoundedSemaphore(0).acquire(False))
    tell("Semaphore('x')", lambda: mp.Semaphore("x"), "")
    for name, make in [
        ("Lock", mp.Lock), ("RLock", mp.RLock), ("Semaphore", lambda: mp.Semaphore(2)),
        ("BoundedSemaphore", lambda: mp.BoundedSemaphore(2)),
    ]:
        lock = make()
        line(f"{name} is shown", [repr(lock), lock.acquire(False), repr(lock), lock.release(), repr(lock)])
        with lock:
            line(f"{name} in its block", repr(lock))
        try:
            with lock:
                raise KeyError
        except KeyError:
            line(f"{name} after an error in its block", repr(lock))
    nested = mp.RLock()
    with nested, nested, nested:
        line("an RLock three times", repr(nested))
    mine, theirs = mp.Pipe()
    locks = mp.Lock(), mp.RLock(), mp.Semaphore(2), mp.BoundedSemaphore(2)
    process = mp.Process(target=begin, args=(theirs, *locks))
    process.start()
    for first, second, third in itertools.product(["", "a", "aa", "ar"], ["", "a", "r", "tr"], ["r", "ra", "a"]):
        for i, name in [(0, "Lock"), (2, "Semaphore"), (3, "BoundedSemaphore")]:
            before = do(locks[i], first)
            mine.send((i, second))
            line(f"{name} {first}, another process {second}, {third}", [before, mine.recv(), do(locks[i], third)])
            while locks[i].acquire(False):
                pass
            for _ in range(1 if i == 0 else 2):
                locks[i].release()
    for first, second, third in itertools.product(["", "a", "aa"], ["", "a", "r", "t", "aa"], ["r", "rr", "ar"]):
        before = do(locks[1], first)
        mine.send((1, second))
        during = mine.recv()
        line(f"RLock {first}, another process {second}, {third}", [before, during, do(locks[1], third)])
        mine.send((1, "rrrr"))
        mine.recv()
        do(locks[1], "rrrrrr")
    mine.send(None)
    process.join()


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
