"""Queues through sequences of calls, and between processes."""

import itertools
import multiprocessing as mp

from report import line, outcome, tell, until


def produce(queue, name, n):
    for i in range(n):
        queue.put([name, i])


def consume(queue, results):
    for item in iter(queue.get, None):
        results.put(item)
        queue.task_done()
    queue.task_done()


def echo(inputs, outputs):
    for value in iter(inputs.get, "stop"):
        outputs.put(value)


def do(queue, ops):
    """What each letter gives: p(ut), P(ut for 2 ms), g(et), G(et for 2 ms), d(one)."""
    seen = []
    for i, op in enumerate(ops):
        if op == "p":
            seen.append(outcome(lambda: queue.put(i, False)))
        elif op == "P":
            seen.append(outcome(lambda: queue.put(i, True, 0.002)))
        elif op == "g":
            seen.append(outcome(lambda: queue.get(queue.qsize() > 0)))
        elif op == "G":
            seen.append(outcome(lambda: queue.get(True, None if queue.qsize() > 0 else 0.002)))
        else:
            seen.append(outcome(queue.task_done))
        until(lambda: queue.empty() == (queue.qsize() == 0))
        seen.append([queue.qsize(), queue.empty(), queue.full()])
    return seen


VALUES = [
    0, -1, 2**31, 2**53 - 1, -(2**53), 2**63, 2**200, -(2**64), 0.5, 1e300, 5e-324, -0.1, float("inf"), float("-inf"),
    float("nan"), True, False, None, "", "text", "ünïcode 漢字 🎉", "\x00", "a\nb", "x" * 9000, [], [[], [[]]],
    [1, "two", None, [3.5, {"four": [4]}]], {}, {"a": 1, "b": {"c": [None]}}, {"": ""}, b"", b"\x00\x01\xff",
    b"z" * 9000, list(range(2000)), [{"i": i} for i in range(300)],
]


def main():
    for maxsize in [0, 1, 2]:
        for ops in itertools.product("pg", repeat=4):
            ops = "".join(ops)
            queue = mp.Queue(maxsize)
            line(f"Queue({maxsize}) {ops}", do(queue, ops))
    for ops in ["PPGG", "GPG", "pPgG", "ppppgggg"]:
        for maxsize in [-1, 0, 1, 3]:
            line(f"Queue({maxsize}) {ops}", do(mp.Queue(maxsize), ops))
    for ops in ["d", "pd", "pdd", "ppgdgdd", "pgdpgdd", "ppddgg"]:
        line(f"JoinableQueue {ops}", do(mp.JoinableQueue(), ops))
    queue = mp.JoinableQueue()
    line("join with nothing to do", queue.join())
    queue.put(1)
    queue.get()
    queue.task_done()
    line("join when all is done", queue.join())
    queue = mp.Queue(1)
    line("put_nowait", queue.put_nowait("x"))
    tell("put_nowait when full", lambda: queue.put_nowait("y"))
    until(lambda: not queue.empty())
    line("get_nowait", queue.get_nowait())
    tell("get_nowait when empty", queue.get_nowait)
    line("close", [queue.close(), queue.close()])
    queue.join_thread()  # which is when the feeder thread has closed its end
    tell("put after close", lambda: queue.put(1), "is closed")
    tell("put_nowait after close", lambda: queue.put_nowait(1), "is closed")
    tell("get after close", queue.get, "is closed")
    tell("get_nowait after close", queue.get_nowait, "is closed")
    tell("empty after close", queue.empty, "is closed")
    tell("qsize after close", queue.qsize)
    tell("full after close", queue.full)
    tell("an unused queue, empty after close", lambda: (queue := mp.Queue(), queue.close(), queue.empty())[2])
    simple = mp.SimpleQueue()
    line("SimpleQueue", [simple.empty(), simple.put(1), simple.put([2]), simple.empty(), simple.get(), simple.get(), simple.empty()])
    line("SimpleQueue, close", [simple.close(), simple.close()])
    tell("SimpleQueue, put after close", lambda: simple.put(1), "is closed")
    tell("SimpleQueue, get after close", simple.get, "is closed")
    tell("SimpleQueue, empty after close", simple.empty, "is closed")
    queue = mp.Queue()
    tell("put what cannot be sent", lambda: queue.put(lambda: 0))
    queue.put("after it")
    line("the queue survives", queue.get())
    between()


def between():
    inputs, outputs, simple = mp.Queue(), mp.Queue(), mp.SimpleQueue()
    process = mp.Process(target=echo, args=(inputs, outputs))
    process.start()
    for i, value in enumerate(VALUES):
        inputs.put(value)
        line(f"value {i} there and back", outputs.get())
        simple.put(value)
        line(f"value {i} through a SimpleQueue", simple.get())
    inputs.put("stop")
    process.join()
    for maxsize in [0, 1, 4]:
        queue = mp.Queue(maxsize)
        processes = [mp.Process(target=produce, args=(queue, name, 50)) for name in "abc"]
        for process in processes:
            process.start()
        got = [queue.get() for _ in range(150)]
        for process in processes:
            process.join()
        for name in "abc":
            line(f"Queue({maxsize}), in the order of {name}", [i for who, i in got if who == name])
        line(f"Queue({maxsize}), at the end", [queue.qsize(), queue.empty(), [p.exitcode for p in processes]])
    queue, results = mp.JoinableQueue(), mp.Queue()
    processes = [mp.Process(target=consume, args=(queue, results)) for _ in range(2)]
    for process in processes:
        process.start()
    for i in range(20):
        queue.put(i)
    line("join waits for all", [queue.join(), queue.qsize()])
    for _ in processes:
        queue.put(None)
    queue.join()
    line("what was done", sorted(results.get() for _ in range(20)))
    for process in processes:
        process.join()
    tell("task_done once more", queue.task_done)


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
