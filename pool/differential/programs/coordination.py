"""Conditions, events and barriers, alone and with other processes."""

import itertools
import multiprocessing as mp
import threading

from report import line, outcome, tell, until


def sleeper(condition, asleep, woken, results, timeout):
    with condition:
        asleep.value += 1
        result = condition.wait(timeout)
        woken.value += 1
        results.put(result)


def waits_for(condition, value, least, results):
    with condition:
        results.put(condition.wait_for(lambda: value.value >= least))


def party(barrier, results, rounds):
    for _ in range(rounds):
        try:
            results.put(barrier.wait())
        except threading.BrokenBarrierError as error:
            results.put(type(error).__name__)


def refuse():
    raise ValueError("the action fails")


def answer(first, second, third):
    second.wait()
    first.clear()
    third.set()


def conditions():
    for name, make in [("Condition()", mp.Condition), ("Condition(Lock)", lambda: mp.Condition(mp.Lock())),
                       ("Condition(RLock)", lambda: mp.Condition(mp.RLock()))]:
        condition = make()
        tell(f"{name}, wait without the lock", lambda: condition.wait(0))
        tell(f"{name}, notify without the lock", condition.notify)
        tell(f"{name}, notify_all without the lock", condition.notify_all)
        tell(f"{name}, wait_for without the lock", lambda: condition.wait_for(lambda: False))
        tell(f"{name}, wait_for what holds without the lock", lambda: condition.wait_for(lambda: True))
        tell(f"{name}, release without the lock", condition.release)
        line(f"{name}, acquire", condition.acquire())
        for timeout in [0, 0.005]:
            tell(f"{name}, wait {timeout}", lambda: condition.wait(timeout))
            tell(f"{name}, wait_for what does not hold {timeout}", lambda: condition.wait_for(lambda: False, timeout))
        tell(f"{name}, wait_for gives what it was given", lambda: condition.wait_for(lambda: 7))
        tell(f"{name}, wait_for gives nothing", lambda: condition.wait_for(lambda: 0, 0))
        asked = []
        condition.wait_for(lambda: asked.append(1) or len(asked) > 0)
        line(f"{name}, wait_for asks first", len(asked))
        tell(f"{name}, wait_for raises", lambda: condition.wait_for(refuse))
        tell(f"{name}, notify nobody", lambda: [condition.notify(), condition.notify(3), condition.notify_all()])
        tell(f"{name}, release", condition.release)
        tell(f"{name}, release again", condition.release)
    for depth in range(1, 5):
        condition = mp.Condition()
        for _ in range(depth):
            condition.acquire()
        waited = condition.wait(0.005)
        line(f"depth {depth} after a wait", [waited] + [outcome(condition.release) for _ in range(depth + 1)])


def sleepers():
    condition, results = mp.Condition(), mp.Queue()
    for plan in [[1, 1, 1], [2, 1], [3], [5], ["all"], [1, "all"]]:
        asleep, woken = mp.RawValue("i"), mp.RawValue("i")
        processes = [mp.Process(target=sleeper, args=(condition, asleep, woken, results, None)) for _ in range(3)]
        for process in processes:
            process.start()
        until(lambda: asleep.value == 3)
        seen = 0
        for n in plan:
            with condition:
                if n == "all":
                    condition.notify_all()
                else:
                    condition.notify(n)
            expected = min(3, seen + n) if n != "all" else 3
            got = [results.get() for _ in range(expected - seen)]
            seen = expected
            with condition:
                line(f"notify {plan}, after {n}", [got, woken.value])
        for process in processes:
            process.join()
    asleep, woken = mp.RawValue("i"), mp.RawValue("i")
    process = mp.Process(target=sleeper, args=(condition, asleep, woken, results, 0.005))
    process.start()
    line("a wait that nobody ends", [results.get(), process.join(), process.exitcode])
    value = mp.RawValue("i")
    process = mp.Process(target=waits_for, args=(condition, value, 3, results))
    process.start()
    for i in range(1, 4):
        with condition:
            value.value = i
            condition.notify_all()
    line("wait_for the third change", [results.get(), process.join(), process.exitcode])


def events():
    event = mp.Event()
    for ops in itertools.product(["set", "clear", "wait"], repeat=3):
        event.clear()
        seen = []
        for op in ops:
            seen.append(event.wait(0) if op == "wait" else getattr(event, op)())
            seen.append(event.is_set())
        line(f"Event {' '.join(ops)}", [seen, event.wait(0.002)])
    first, second, third = mp.Event(), mp.Event(), mp.Event()
    process = mp.Process(target=answer, args=(first, second, third))
    process.start()
    first.set()
    second.set()
    line("another process answers", [third.wait(), first.is_set(), second.is_set(), third.is_set()])
    process.join()


def state(barrier):
    return [barrier.parties, barrier.n_waiting, barrier.broken]


def barriers():
    for parties in [1, 2, 5]:
        barrier = mp.Barrier(parties)
        line(f"Barrier({parties})", state(barrier))
        tell(f"Barrier({parties}), wait 0", lambda: barrier.wait(0.0), None if parties == 1 else "")
        line(f"Barrier({parties}), then", state(barrier))
        tell(f"Barrier({parties}), wait", lambda: barrier.wait(0.0), None if parties == 1 else "")
        line(f"Barrier({parties}), reset", [barrier.reset(), *state(barrier)])
        line(f"Barrier({parties}), abort", [barrier.abort(), *state(barrier)])
        tell(f"Barrier({parties}), wait after abort", barrier.wait)
        line(f"Barrier({parties}), abort again", [barrier.abort(), *state(barrier)])
        line(f"Barrier({parties}), reset again", [barrier.reset(), *state(barrier)])
    barrier = mp.Barrier(2, timeout=0.005)
    tell("a timeout of its own", barrier.wait)
    line("a timeout of its own, then", state(barrier))
    barrier = mp.Barrier(1, action=refuse)
    tell("an action that fails", barrier.wait)
    line("an action that fails, then", state(barrier))
    tell("wait after an action that failed", barrier.wait)
    results = mp.Queue()
    for parties in [2, 3]:
        ran = []
        barrier = mp.Barrier(parties)
        processes = [mp.Process(target=party, args=(barrier, results, 3)) for _ in range(parties - 1)]
        for process in processes:
            process.start()
        for _ in range(3):
            until(lambda: barrier.n_waiting == parties - 1)
            ran.append(state(barrier))
            mine = barrier.wait()
            indices = [mine] + [results.get() for _ in processes]
            line(f"{parties} parties meet", [mine, sorted(indices), barrier.broken])
        line(f"{parties} parties, before they met", ran)
        for process in processes:
            process.join()
    for name in ["abort", "reset"]:
        barrier = mp.Barrier(3)
        processes = [mp.Process(target=party, args=(barrier, results, 1)) for _ in range(2)]
        for process in processes:
            process.start()
        until(lambda: barrier.n_waiting == 2)
        getattr(barrier, name)()
        line(f"{name} while two wait", [results.get(), results.get()])
        line(f"{name} while two wait, then", state(barrier))
        for process in processes:
            process.join()


if __name__ == "__main__":
    mp.set_start_method("spawn")
    conditions()
    sleepers()
    events()
    barriers()
