"""Prints lines `label: value`, the value as JSON, exactly as report.ts does."""

import json
import math
import time


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return list(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) <= 2**53 else value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def line(label, value):
    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
    print(f"{label}: {text}", flush=True)


def raised(error, words=None):
    """An error. `words` is the part of its message that ours must have too, when it is not the whole of
    it: without the address of an object, or "" where not multiprocessing but the interpreter words it."""
    message = str(error)
    assert words is None or words in message, message
    return {"raised": type(error).__name__, "says": message if words is None else words}


def outcome(call, words=None):
    """What a call returns, or what it raises."""
    try:
        return call()
    except Exception as error:
        return raised(error, words)


def tell(label, call, words=None):
    line(label, outcome(call, words))


def until(condition):
    """For what another process is about to do."""
    while not condition():
        time.sleep(0.001)
