"""Connections: directions, ends, messages of bytes and their parts."""

import multiprocessing as mp

from report import line, outcome, tell


def flags(connection):
    return [connection.readable, connection.writable, connection.closed]


def send_part(data, *place):
    receiver, sender = mp.Pipe(False)
    sender.send_bytes(data, *place)
    return receiver.recv_bytes()


def receive(message, maxlength, duplex):
    receiver, sender = mp.Pipe(duplex)
    sender.send_bytes(message)
    sender.send_bytes(b"next")
    seen = [outcome(lambda: receiver.recv_bytes(maxlength)), *flags(receiver)]
    seen.append(outcome(receiver.recv_bytes))
    if duplex:
        seen.append(outcome(lambda: receiver.send_bytes(b"back")))
    return seen


def receive_into(message, length, offset):
    receiver, sender = mp.Pipe(False)
    sender.send_bytes(message)
    buffer = bytearray(b"." * length)
    try:
        return [receiver.recv_bytes_into(buffer, offset), buffer]
    except mp.BufferTooShort as error:
        return ["too short", error.args[0], buffer]
    except ValueError as error:
        return [outcome(lambda: (_ for _ in ()).throw(error)), buffer, receiver.poll()]


def ends():
    for duplex in [True, False]:
        a, b = mp.Pipe(duplex)
        label = f"Pipe({duplex})".lower()
        line(f"{label}, flags", [flags(a), flags(b)])
        tell(f"{label}, the first sends", lambda: a.send(1))
        tell(f"{label}, the first sends bytes", lambda: a.send_bytes(b"1"))
        tell(f"{label}, the second sends", lambda: [b.send("x"), a.poll(), a.recv(), a.poll()])
        tell(f"{label}, the second polls", b.poll)
        tell(f"{label}, the second receives", lambda: b.poll() and b.recv())
        tell(f"{label}, the second receives bytes", lambda: b.poll() and b.recv_bytes())
        for timeout in [0, -1, 0.002]:
            tell(f"{label}, poll {timeout}", lambda: a.poll(timeout))
        b.send([1, {"two": None}])
        b.send_bytes(b"")
        b.send_bytes(b"bytes")
        b.send("last")
        b.close()
        line(f"{label}, the second closed", [b.close(), flags(b)])
        tell(f"{label}, closed, send", lambda: b.send(1))
        tell(f"{label}, closed, send_bytes", lambda: b.send_bytes(b"1"))
        tell(f"{label}, closed, recv", b.recv)
        tell(f"{label}, closed, recv_bytes", b.recv_bytes)
        tell(f"{label}, closed, recv_bytes_into", lambda: b.recv_bytes_into(bytearray(9)))
        tell(f"{label}, closed, poll", b.poll)
        tell(f"{label}, what is left", lambda: [a.poll(), a.recv(), a.recv_bytes(), a.recv_bytes(), a.poll(), a.recv()])
        tell(f"{label}, poll at the end", a.poll)
        tell(f"{label}, poll at the end with a timeout", lambda: a.poll(10))
        tell(f"{label}, recv at the end", a.recv, "")
        tell(f"{label}, recv_bytes at the end", a.recv_bytes, "")
        tell(f"{label}, recv_bytes_into at the end", lambda: a.recv_bytes_into(bytearray(9)), "")
        line(f"{label}, flags at the end", flags(a))
        a.close()
    a, b = mp.Pipe()
    b.close()
    tell("send to a closed end", lambda: a.send(1), "")
    tell("send_bytes to a closed end", lambda: a.send_bytes(b"1"), "")
    receiver, sender = mp.Pipe(False)
    receiver.close()
    tell("send where nobody receives", lambda: sender.send(1), "")
    with mp.Pipe()[0] as connection:
        line("in its block", connection.closed)
    line("after its block", connection.closed)


def main():
    ends()
    data = b"abc"
    for length in range(4):
        for offset in range(-1, 5):
            for size in [None, -1, 0, 1, 2, 3, 4]:
                label = f"send_bytes of {length}, offset {offset}, size {size}"
                tell(label, lambda: send_part(data[:length], offset, size))
    for offset in range(-1, 5):
        tell(f"send_bytes of 3, offset {offset}", lambda: send_part(data, offset))
    for length in range(4):
        for maxlength in [None, -1, 0, 1, 2, 3, 4]:
            for duplex in [True, False]:
                label = f"recv_bytes of {length}, maxlength {maxlength}, duplex {duplex}".lower()
                line(label, receive(data[:length], maxlength, duplex))
    for length in range(4):
        for offset in range(-1, 5):
            for message in range(4):
                label = f"recv_bytes_into {length} from {offset}, message of {message}"
                line(label, receive_into(data[:message], length, offset))
    a, b = mp.Pipe()
    a.send_bytes(b"12345")
    tell("BufferTooShort", lambda: b.recv_bytes_into(bytearray(2)), "")
    tell("send_bytes of text", lambda: a.send_bytes("text"), "")
    tell("recv_bytes_into a text", lambda: b.recv_bytes_into("text"), "")
    a.send_bytes(b"one")
    a.send_bytes(b"two")
    line("two messages stay two", [b.recv_bytes(), b.recv_bytes()])
    big = bytes(range(256)) * 300
    for size in [0, 1, 15, 16, 17, 255, 4095, 4096, 4097, 16384, 60000]:
        a.send_bytes(big, 7, size)
        got = b.recv_bytes()
        line(f"{size} bytes", [len(got), got == big[7:7 + size]])


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
