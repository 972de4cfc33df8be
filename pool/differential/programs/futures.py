"""Futures through all sequences of calls; wait and as_completed for all mixtures of states."""

import itertools
import logging
import multiprocessing as mp
from concurrent.futures import (
    ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, CancelledError, Future, InvalidStateError, TimeoutError,
    as_completed, wait,
)

from report import line, outcome, raised, tell

logging.disable(logging.CRITICAL)

OPS = {
    "c": lambda future: future.cancel(),
    "b": lambda future: future.set_running_or_notify_cancel(),
    "r": lambda future: future.set_result(7),
    "e": lambda future: future.set_exception(ValueError("no")),
}


def state(future):
    return [future.running(), future.done(), future.cancelled()]


def do(future, op):
    """The words of Python without the address of the future."""
    try:
        return OPS[op](future)
    except InvalidStateError as error:
        return raised(error, str(error).split("<")[0])
    except RuntimeError as error:
        return raised(error, "Future in unexpected state")


def end(future):
    return [outcome(lambda: future.result(timeout=0), ""), outcome(lambda: exception(future), "")]


def exception(future):
    error = future.exception(timeout=0)
    return None if error is None else [type(error).__name__ == "ValueError", str(error)]


def made(ops):
    future = Future()
    for op in ops:
        OPS[op](future)
    return future


STATES = {
    "pending": "", "running": "b", "cancelled": "c", "notified": "cb", "finished": "br", "failed": "be",
}


def note(calls, name):
    return lambda future: calls.append([name, *state(future)])


def refuse(_):
    raise ValueError("on purpose")


def main():
    for n in [0, 1, 2, 3]:
        for ops in itertools.product("cbre", repeat=n):
            future = Future()
            calls = []
            future.add_done_callback(note(calls, 1))
            future.add_done_callback(note(calls, 2))
            seen = [[do(future, op), *state(future)] for op in ops]
            future.add_done_callback(note(calls, 3))
            line(f"Future {''.join(ops)}", seen)
            line(f"Future {''.join(ops)}, outcome", end(future))
            line(f"Future {''.join(ops)}, callbacks", calls)
    for name, ops in STATES.items():
        calls = []
        future = Future()
        for callback in [note(calls, 1), refuse, note(calls, 2), refuse, note(calls, 1)]:
            future.add_done_callback(callback)
        for op in ops:
            OPS[op](future)
        future.add_done_callback(refuse)
        line(f"{name}, callbacks that raise", calls)
    for when in [FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED]:
        line("return_when", when)
        for a, b in itertools.product(STATES, STATES):
            futures = [made(STATES[a]), made(STATES[b])]
            done, not_done = wait(futures, timeout=0, return_when=when)
            line(f"wait for {a} and {b}, {when}", [[future in done, future in not_done] for future in futures])
        both = made("br")
        done, not_done = wait([both, both, both], timeout=0, return_when=when)
        line(f"wait for one three times, {when}", [len(done), len(not_done)])
        line(f"wait for none, {when}", [len(part) for part in wait([], timeout=0, return_when=when)])
    tell("wait for something else", lambda: wait([Future()], timeout=0, return_when="SOMETIME"), "Invalid return condition: ")
    for a, b, c in itertools.product(STATES, repeat=3):
        if a > b or b > c:
            continue
        futures = [made(STATES[name]) for name in [a, b, c]]
        seen = []
        try:
            for future in as_completed(futures, timeout=0):
                seen.append(futures.index(future))
            seen = sorted(seen)
        except TimeoutError as error:
            seen = [sorted(seen), raised(error)]
        line(f"as_completed of {a}, {b}, {c}", seen)
    same = made("br")
    line("as_completed of one twice", len(list(as_completed([same, same]))))
    line("as_completed of none", len(list(as_completed([]))))
    error = CancelledError()
    line("classes", [isinstance(error, Exception), issubclass(InvalidStateError, Exception)])


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
