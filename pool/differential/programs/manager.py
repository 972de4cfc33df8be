"""What a manager holds, from here and from another process."""

import multiprocessing as mp

from report import line, tell

KEYS = ["a", "b", "", "1", 1, 2, -1, 0.5]


def change(numbers, table, space):
    numbers.append(4)
    numbers[0] += 10
    table["new"] = [1, 2]
    table["count"] += 1
    space.x += 1
    space.text = "from the child"


def take(queue, results, event, lock):
    event.wait()
    with lock:
        while True:
            item = queue.get()
            if item is None:
                return
            results.append(item * 2)


def lists(manager):
    for n in range(4):
        numbers = manager.list(range(n))
        line(f"list of {n}", [len(numbers), numbers[:], list(numbers)])
        for i in range(4):
            tell(f"list of {n}, get {i}", lambda: numbers[i])
            tell(f"list of {n}, set {i}", lambda: numbers.__setitem__(i, i * 10),
                 "index out of range" if i >= n else None)
        line(f"list of {n}, then", numbers[:])
        for begin in [None, -2, 0, 1]:
            for end in [None, -1, 1, 9]:
                line(f"list of {n}, {begin} to {end}", numbers[begin:end])
    numbers = manager.list([3, 1, 2])
    line("append", [numbers.append(5), numbers[:]])
    line("extend", [numbers.extend([7, 6]), numbers[:]])
    line("pop", [numbers.pop(), numbers[:]])
    line("pop the first", [numbers.pop(0), numbers[:]])
    line("insert", [numbers.insert(1, 9), numbers[:]])
    line("sort", [numbers.sort(), numbers[:]])
    line("reverse", [numbers.reverse(), numbers[:]])
    line("in", [9 in numbers, 100 in numbers])
    line("index and count", [numbers.index(9), numbers.count(9)])
    line("remove two", [numbers.__delitem__(slice(1, 3)), numbers[:]])
    mixed = manager.list([1, "two", None, True, 2.5, [3, [4]], {"five": 6}])
    line("any values", mixed[:])
    mixed[5].append("lost")
    line("a list inside is a copy", mixed[5])
    inner = manager.list([1])
    outer = manager.list([inner])
    inner.append(2)
    outer[0].append(3)
    line("a proxy inside is live", [inner[:], outer[0][:], len(outer)])


def dicts(manager):
    table = manager.dict()
    line("an empty dict", [len(table), table.keys(), table.values(), table.items(), table.copy()])
    tell("popitem of an empty dict", table.popitem, "popitem(): dictionary is empty")
    for i, key in enumerate(KEYS):
        line(f"key {i}", [key in table, table.get(key), table.get(key, "none"), table.setdefault(key, i),
                          table.setdefault(key, 100), key in table, len(table)])
    line("keys", table.keys())
    line("values", table.values())
    line("items", table.items())
    for i, key in enumerate(KEYS[:4]):
        line(f"pop {i}", [table.pop(key), table.pop(key, "gone"), key in table, len(table)])
        tell(f"pop {i} again", lambda: table.pop(key), "")
    line("popitem", [table.popitem(), table.keys()])
    line("update", [table.update({"x": 1, "y": [2]}), table.items()])
    table["x"] = 5
    line("set again", table.items())
    table["y"].append("lost")
    line("a list in a dict is a copy", table["y"])
    table["deep"] = manager.dict({"a": 1})
    table["deep"]["b"] = 2
    line("a dict in a dict is live", table["deep"].items())
    tell("a list as a key", lambda: table.__setitem__([1], 1), "")
    line("clear", [table.clear(), len(table), table.keys()])
    line("a dict of pairs", manager.dict([("p", 1), ("q", 2), ("p", 3)]).items())


def others(manager):
    space = manager.Namespace(x=1, y="two")
    line("Namespace", [space.x, space.y, hasattr(space, "x"), hasattr(space, "z")])
    space.z = [3]
    space.x += 1
    line("Namespace, changed", [space.x, space.z, hasattr(space, "z")])
    space.z.append("lost")
    line("Namespace, a list is a copy", space.z)
    del space.z
    line("Namespace, deleted", hasattr(space, "z"))
    queue = manager.Queue(2)
    line("Queue", [queue.empty(), queue.put(1), queue.put("x"), queue.full(), queue.qsize()])
    tell("Queue is full", lambda: queue.put(3, False))
    line("Queue, get", [queue.get(), queue.get(), queue.empty()])
    tell("Queue is empty", lambda: queue.get(False))
    tell("Queue is empty for a time", lambda: queue.get(True, 0.002))
    event = manager.Event()
    line("Event", [event.is_set(), event.wait(0.002), event.set(), event.is_set(), event.wait(), event.clear(), event.is_set()])
    semaphore = manager.Semaphore(1)
    line("Semaphore", [semaphore.acquire(False), semaphore.acquire(False), semaphore.release(), semaphore.acquire(False)])
    bounded = manager.BoundedSemaphore(1)
    tell("BoundedSemaphore, one release too many", bounded.release, "released too many times")
    lock = manager.Lock()
    line("Lock", [lock.acquire(), lock.acquire(False), lock.release(), lock.acquire(False)])


def between(manager):
    numbers, table, space = manager.list([1, 2, 3]), manager.dict(count=0), manager.Namespace(x=1)
    for _ in range(2):
        process = mp.Process(target=change, args=(numbers, table, space))
        process.start()
        process.join()
        line("changed by another process", [process.exitcode, numbers[:], table.items(), space.x, space.text])
    queue, results, event, lock = manager.Queue(), manager.list(), manager.Event(), manager.Lock()
    process = mp.Process(target=take, args=(queue, results, event, lock))
    process.start()
    for i in range(5):
        queue.put(i)
    queue.put(None)
    event.set()
    process.join()
    line("taken by another process", [process.exitcode, results[:], queue.empty()])


if __name__ == "__main__":
    mp.set_start_method("spawn")
    with mp.Manager() as manager:
        lists(manager)
        dicts(manager)
        others(manager)
        between(manager)
