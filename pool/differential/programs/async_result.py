"""The states of a result under way, and who is called when it is there."""

import multiprocessing as mp

from report import line, outcome, raised, tell


def begin(event):
    global gate
    gate = event


def through(x, fail=False):
    gate.wait()
    if fail:
        raise ValueError(f"no {x}")
    return x


def states(result):
    return [result.ready(), outcome(result.successful, "not ready")]


def note(calls, name):
    return lambda value: calls.append([name, raised(value) if isinstance(value, Exception) else value])


def main():
    event = mp.Event()
    with mp.Pool(2, begin, (event,)) as pool:
        for fail in [False, True]:
            for name, call in [
                ("apply_async", lambda **on: pool.apply_async(through, (7, fail), **on)),
                ("map_async", lambda **on: pool.map_async(through, [7, 8, 9], **on)),
                ("map_async by 1", lambda **on: pool.map_async(through, [7, 8, 9], 1, **on)),
                ("starmap_async", lambda **on: pool.starmap_async(through, [(7, fail), (8,)], **on)),
                ("starmap_async by 2", lambda **on: pool.starmap_async(through, [(7,), (8, fail)], 2, **on)),
            ]:
                label = f"{name}, {'fails' if fail else 'succeeds'}"
                event.clear()
                calls = []
                result = call(callback=note(calls, "callback"), error_callback=note(calls, "error"))
                line(f"{label}, at first", states(result))
                line(f"{label}, wait 0", [result.wait(0), *states(result)])
                line(f"{label}, wait 10 ms", [result.wait(0.01), *states(result)])
                tell(f"{label}, get 0", lambda: result.get(timeout=0))
                tell(f"{label}, get 10 ms", lambda: result.get(timeout=0.01))
                line(f"{label}, nobody is called yet", calls)
                event.set()
                line(f"{label}, wait", result.wait())
                line(f"{label}, then", states(result))
                for _ in range(2):
                    tell(f"{label}, get", result.get)
                    tell(f"{label}, get with a timeout", lambda: result.get(timeout=10))
                line(f"{label}, who was called", calls)
                only = []
                unheard = call(**{"callback" if fail else "error_callback": note(only, "no")})
                unheard.wait()
                line(f"{label}, the other callback alone", [outcome(unheard.get), only])
        order = []
        results = [pool.apply_async(through, (i,), callback=note(order, i)) for i in range(3)]
        for i, result in enumerate(results):
            result.wait()
            line("a callback comes before wait ends", [i, i] in order)
        line("each callback once", sorted(order))
        calls = []
        empty = pool.map_async(through, [], callback=note(calls, "callback"))
        line("an empty map_async is ready at once", states(empty))
        line("and gives", empty.get())
        line("and calls", calls)
        line("an empty starmap_async", states(pool.starmap_async(through, [])))
        event.clear()
        iterator = pool.imap(through, [1, 2, 3])
        tell("imap, next with a timeout of 0", lambda: iterator.next(timeout=0))
        tell("imap, next with a timeout", lambda: iterator.next(timeout=0.01))
        event.set()
        tell("imap, then", lambda: [iterator.next(), iterator.next(timeout=10), next(iterator)])
        iterator = pool.imap_unordered(through, [1])
        tell("imap_unordered, next with a timeout", lambda: iterator.next(timeout=10))


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
