"""Executors: submit, map, shutdown, cancel; what breaks them and what they refuse."""

import logging
import multiprocessing as mp
import os
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool

from report import line, outcome, raised, tell

logging.disable(logging.CRITICAL)


def square(x):
    return x * x


def add(a, b):
    return a + b


def three(a, b, c):
    return [a, b, c]


def but_3(x):
    if x == 3:
        raise ValueError("no 3")
    return x


def pid(_=None):
    return os.getpid()


def die():
    os._exit(9)


def fails():
    raise ValueError("the initializer fails")


def remember(a, b):
    global remembered
    remembered = [a, b]


def recall():
    return remembered


def until_bad(n):
    yield from range(n)
    raise ValueError("the inputs end badly")


def events(call):
    """All that the iterator of a call gives, until it says twice that it has ended."""
    try:
        iterator = call()
    except Exception as error:
        return ["the call", raised(error)]
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


def common(name, make):
    for n in [0, -1]:
        tell(f"{name}, {n} workers", lambda: make(n), "must be greater than 0")
    tell(f"{name}, an initializer that is none", lambda: make(1, initializer=5))
    with make(2) as executor:
        futures = [executor.submit(square, x) for x in range(5)]
        line(f"{name}, results", [future.result() for future in futures])
        line(f"{name}, exceptions", [future.exception() for future in futures])
        line(f"{name}, states", [[f.running(), f.done(), f.cancelled(), f.cancel()] for f in futures])
        failed = executor.submit(but_3, 3)
        tell(f"{name}, a result that is an error", failed.result)
        line(f"{name}, that error", raised(failed.exception()))
        for n in range(6):
            line(f"{name}, map {n}", events(lambda: executor.map(but_3, range(n))))
        for n, m in [(0, 3), (2, 3), (3, 2), (3, 0), (4, 4)]:
            line(f"{name}, map {n} and {m}", events(lambda: executor.map(add, range(n), range(m))))
        line(f"{name}, map of three", events(lambda: executor.map(three, "abc", [1, 2, 3], [None, True])))
        for size in [1, 2, 3, 10]:
            line(f"{name}, map by {size}", events(lambda: executor.map(square, range(7), chunksize=size)))
        for n in range(3):
            line(f"{name}, map, inputs raise at {n}", events(lambda: executor.map(square, until_bad(n))))
        line(f"{name}, map with a timeout", events(lambda: executor.map(square, range(3), timeout=10)))
        seen = sorted(f.result() for f in as_completed([executor.submit(square, x) for x in range(4)]))
        line(f"{name}, as_completed", seen)
        done, not_done = wait([executor.submit(square, x) for x in range(4)])
        line(f"{name}, wait", [len(done), len(not_done), sorted(f.result() for f in done)])
        calls = []
        future = executor.submit(square, 3)
        wait([future])
        for i in range(3):
            future.add_done_callback(lambda future, i=i: calls.append([i, future.result()]))
        line(f"{name}, callbacks", calls)
        last = executor.submit(square, 9)
    line(f"{name}, its block waits", [last.done(), last.result()])
    tell(f"{name}, submit after shutdown", lambda: executor.submit(square, 1))
    tell(f"{name}, map after shutdown", lambda: executor.map(square, [1]))
    line(f"{name}, shutdown again", [executor.shutdown(), executor.shutdown(wait=False)])
    executor = make(1)
    pending = [executor.submit(square, x) for x in range(5)]
    line(f"{name}, shutdown without waiting", executor.shutdown(wait=False))
    line(f"{name}, what was submitted", [future.result() for future in pending])
    with make(1, initializer=remember, initargs=(1, "two")) as executor:
        line(f"{name}, initializer", executor.submit(recall).result())
    with make(1, initializer=fails) as executor:
        future = executor.submit(square, 1)
        error = future.exception()
        line(f"{name}, a failing initializer breaks it", isinstance(error, BrokenExecutor))
        try:
            executor.submit(square, 1)
        except BrokenExecutor:
            line(f"{name}, and every later call", True)


def processes():
    with ProcessPoolExecutor(1) as executor:
        tell("chunks of 0", lambda: list(executor.map(square, [1], chunksize=0)))
        ids = [executor.submit(pid).result() for _ in range(3)]
        line("one worker for three calls", len(set(ids)))
        line("which is not this process", os.getpid() not in ids)
    executor = ProcessPoolExecutor(1)
    future = executor.submit(die)
    error = future.exception()
    line("a worker that dies", [isinstance(error, BrokenExecutor), isinstance(error, Exception)])
    line("its class", type(error) is BrokenProcessPool and issubclass(BrokenProcessPool, BrokenExecutor))
    tell("what it says", future.result)
    tell("submit after that", lambda: executor.submit(square, 1))
    executor.shutdown()


def threads():
    gate, begun = threading.Event(), threading.Event()

    def hold():
        begun.set()
        gate.wait()
        return "held"

    for cancel_futures in [False, True]:
        gate.clear()
        begun.clear()
        executor = ThreadPoolExecutor(1)
        futures = [executor.submit(hold)] + [executor.submit(square, x) for x in range(4)]
        begun.wait()
        label = f"cancel_futures {cancel_futures}".lower()
        line(f"{label}, one runs", [[f.running(), f.done()] for f in futures])
        line(f"{label}, cancel the first and the last", [futures[0].cancel(), futures[4].cancel(), futures[4].cancel()])
        line(f"{label}, cancelled", [f.cancelled() for f in futures])
        line(f"{label}, wait 0", [len(part) for part in wait(futures, timeout=0)])
        tell(f"{label}, result 0", lambda: futures[0].result(timeout=0), "")
        executor.shutdown(wait=False, cancel_futures=cancel_futures)
        line(f"{label}, cancelled by shutdown", [f.cancelled() for f in futures])
        gate.set()
        executor.shutdown()
        line(f"{label}, at the end", [outcome(f.result, "") if not f.cancelled() else "cancelled" for f in futures])
        tell(f"{label}, the result of a cancelled one", futures[4].result, "")


if __name__ == "__main__":
    mp.set_start_method("spawn")
    processes()
    common("ProcessPoolExecutor", ProcessPoolExecutor)
    common("ThreadPoolExecutor", ThreadPoolExecutor)
    threads()
