"""The life of processes: flags, names, exit codes, and what is refused when."""

import multiprocessing as mp
import re
import sys

from report import line, outcome, tell, until

EXITS = [None, True, False, 0, 1, 2, 3, 100, 255, "some last words"]


def nothing():
    pass


def leave(code):
    sys.exit(code)


def leave_without():
    sys.exit()


def leave_inside(code):
    try:
        sys.exit(code)
    except Exception:
        pass


def fail():
    raise ValueError("on purpose")


def wait(begun, go):
    begun.set()
    go.wait()


def tell_who(queue):
    me = mp.current_process()
    parent = mp.parent_process()
    unstarted = mp.Process(target=nothing)
    queue.put([me.name, me.daemon, parent.name, me.is_alive(), me.pid is not None, len(mp.active_children()),
               unstarted.name, unstarted.daemon])


def start_another(queue):
    another = mp.Process(target=nothing)
    queue.put(outcome(another.start))
    if another.pid:
        another.join()


class Upper(mp.Process):
    def __init__(self, queue, text):
        super().__init__()
        self.queue = queue
        self.text = text

    def run(self):
        self.queue.put([self.text.upper(), self.name, self.daemon, self.is_alive(), self.exitcode])


def shown(process):
    return re.sub(r" (pid|parent)=\d+", "", repr(process))


def flags(process):
    return [process.name, process.daemon, process.is_alive(), process.exitcode, process.pid is not None, shown(process)]


def main():
    me = mp.current_process()
    line("main", [me.name, me.daemon, mp.parent_process(), mp.active_children()])
    codes = []
    for name, target, args in [
        ("return", nothing, ()), ("exit()", leave_without, ()), ("raise", fail, ()), ("exit past except", leave_inside, (4,)),
        *[(f"exit({code!r})".replace("'", ""), leave, (code,)) for code in EXITS],
    ]:
        process = mp.Process(target=target, args=args)
        process.start()
        codes.append((name, process))
    for name, process in codes:
        process.join()
        line(f"exit code, {name}", [process.exitcode, process.is_alive(), process.name])
    queue = mp.Queue()
    for how in ["terminate", "kill", "go"]:
        for daemon in [False, True]:
            begun, go = mp.Event(), mp.Event()  # new ones, as a killed waiter leaves an Event unusable
            process = mp.Process(target=wait, args=(begun, go), daemon=daemon)
            label = f"{how}, daemon {daemon}".lower()
            line(f"{label}, at first", flags(process)[1:5])
            process.start()
            begun.wait()
            line(f"{label}, started", [flags(process)[1:5], len(mp.active_children()), mp.active_children()[0] is process])
            line(f"{label}, join 0", [process.join(0), process.join(-1), process.join(0.002), process.is_alive()])
            go.set() if how == "go" else getattr(process, how)()
            line(f"{label}, join", [process.join(), process.join(), process.join(0), flags(process)[1:5]])
            line(f"{label}, nobody is left", mp.active_children())
    refusals(mp.Event(), mp.Event())
    process = mp.Process(target=tell_who, args=(queue,), name="told", daemon=True)
    process.start()
    line("a daemon tells", queue.get())
    process.join()
    process = mp.Process(target=tell_who, args=(queue,), name="told too")
    process.start()
    line("another one tells", queue.get())
    process.join()
    for daemon in [True, False]:
        process = mp.Process(target=start_another, args=(queue,), daemon=daemon)
        process.start()
        line(f"a process starts another, daemon {daemon}".lower(), queue.get())
        process.join()
    process = Upper(queue, "text")
    process.name = "upper"
    process.start()
    line("a subclass", [queue.get(), process.join(), process.exitcode])


def refusals(begun, go):
    process = mp.Process(target=wait, args=(begun, go), name="strict")
    line("initial", shown(process))
    tell("join before start", process.join)
    tell("terminate before start", process.terminate, "")
    tell("kill before start", process.kill, "")
    tell("a name that is a number", lambda: setattr(process, "name", 5))
    process.name = "renamed"
    line("renamed", shown(process))
    process.daemon = True
    line("made a daemon", shown(process))
    process.daemon = False
    process.start()
    begun.wait()
    line("started", shown(process))
    tell("start twice", process.start)
    tell("close while it runs", process.close)
    tell("daemon after start", lambda: setattr(process, "daemon", True))
    tell("a name after start", lambda: setattr(process, "name", "late"))
    line("name", process.name)
    go.set()
    process.join()
    line("stopped", shown(process))
    tell("start after the end", process.start)
    tell("terminate after the end", process.terminate)
    tell("kill after the end", process.kill)
    line("close", [process.close(), process.close()])
    line("closed", shown(process))
    for name, call in [
        ("start", process.start), ("join", process.join), ("join 0", lambda: process.join(0)),
        ("is_alive", process.is_alive), ("terminate", process.terminate), ("kill", process.kill),
        ("exitcode", lambda: process.exitcode), ("pid", lambda: process.pid),
    ]:
        tell(f"closed, {name}", call)
    line("closed, name", process.name)
    unused = mp.Process(target=nothing)
    unused.close()
    tell("start after close", unused.start)
    killed = mp.Process(target=wait, args=(mp.Event(), mp.Event()), name="k")
    killed.start()
    until(killed.is_alive)
    killed.kill()
    killed.join()
    line("killed", shown(killed))
    tell("a target that is none", lambda: mp.Process(target=5) and None)
    tell("no target", lambda: mp.Process().start())
    tell("args that are none", lambda: mp.Process(target=nothing, args=5), "")


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
