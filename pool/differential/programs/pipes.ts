/**
 * Connections: directions, ends, messages of bytes and their parts.
 *
 * @module
 */

import { BufferTooShort, type Connection, Pipe } from "@polycore/shm";
import { line, outcome, raised, range, tell } from "./report.ts";

function flags(connection: Connection): boolean[] {
  return [connection.readable, connection.writable, connection.closed];
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function sendPart(data: Uint8Array, offset: number, size?: number): Uint8Array {
  const [receiver, sender] = Pipe(false);
  sender.sendBytes(data, offset, size);
  return receiver.recvBytes();
}

function receive(message: Uint8Array, maxlength: number | undefined, duplex: boolean): unknown {
  const [receiver, sender] = Pipe(duplex);
  sender.sendBytes(message);
  sender.sendBytes(bytes("next"));
  const seen = [outcome(() => receiver.recvBytes(maxlength)), ...flags(receiver)];
  seen.push(outcome(() => receiver.recvBytes()));
  if (duplex) seen.push(outcome(() => receiver.sendBytes(bytes("back"))));
  return seen;
}

function receiveInto(message: Uint8Array, length: number, offset: number): unknown {
  const [receiver, sender] = Pipe(false);
  sender.sendBytes(message);
  const buffer = bytes(".".repeat(length));
  try {
    return [receiver.recvBytesInto(buffer, offset), buffer];
  } catch (error) {
    if (error instanceof BufferTooShort) return ["too short", error.bytes, buffer];
    return [raised(error), buffer, receiver.poll()];
  }
}

function tellEnds(duplex: boolean): void {
  const [a, b] = Pipe(duplex);
  const label = `pipe(${duplex})`;
  line(`${label}, flags`, [flags(a), flags(b)]);
  tell(`${label}, the first sends`, () => a.send(1));
  tell(`${label}, the first sends bytes`, () => a.sendBytes(bytes("1")));
  tell(`${label}, the second sends`, () => [b.send("x"), a.poll(), a.recv(), a.poll()]);
  tell(`${label}, the second polls`, () => b.poll());
  tell(`${label}, the second receives`, () => b.poll() && b.recv());
  tell(`${label}, the second receives bytes`, () => b.poll() && b.recvBytes());
  for (const [shown, timeout] of [["0", 0], ["-1", -1], ["0.002", 2]] as const) {
    tell(`${label}, poll ${shown}`, () => a.poll(timeout));
  }
  b.send([1, { two: null }]);
  b.sendBytes(new Uint8Array());
  b.sendBytes(bytes("bytes"));
  b.send("last");
  b.close();
  line(`${label}, the second closed`, [b.close(), flags(b)]);
  tell(`${label}, closed, send`, () => b.send(1));
  tell(`${label}, closed, send_bytes`, () => b.sendBytes(bytes("1")));
  tell(`${label}, closed, recv`, () => b.recv());
  tell(`${label}, closed, recv_bytes`, () => b.recvBytes());
  tell(`${label}, closed, recv_bytes_into`, () => b.recvBytesInto(new Uint8Array(9)));
  tell(`${label}, closed, poll`, () => b.poll());
  tell(
    `${label}, what is left`,
    () => [a.poll(), a.recv(), a.recvBytes(), a.recvBytes(), a.poll(), a.recv()],
  );
  tell(`${label}, poll at the end`, () => a.poll());
  tell(`${label}, poll at the end with a timeout`, () => a.poll(10_000));
  tell(`${label}, recv at the end`, () => a.recv());
  tell(`${label}, recv_bytes at the end`, () => a.recvBytes());
  tell(`${label}, recv_bytes_into at the end`, () => a.recvBytesInto(new Uint8Array(9)));
  line(`${label}, flags at the end`, flags(a));
  a.close();
}

function ends(): void {
  tellEnds(true);
  tellEnds(false);
  const [a, b] = Pipe();
  b.close();
  tell("send to a closed end", () => a.send(1));
  tell("send_bytes to a closed end", () => a.sendBytes(bytes("1")));
  const [receiver, sender] = Pipe(false);
  receiver.close();
  tell("send where nobody receives", () => sender.send(1));
  let after;
  {
    using connection = Pipe()[0];
    line("in its block", connection.closed);
    after = connection;
  }
  line("after its block", after.closed);
}

function parts(): void {
  const data = bytes("abc");
  const offsets = [-1, 0, 1, 2, 3, 4];
  for (const length of range(4)) {
    for (const offset of offsets) {
      for (const size of [undefined, -1, 0, 1, 2, 3, 4]) {
        const label = `send_bytes of ${length}, offset ${offset}, size ${size ?? "None"}`;
        tell(label, () => sendPart(data.subarray(0, length), offset, size));
      }
    }
  }
  for (const offset of offsets) {
    tell(`send_bytes of 3, offset ${offset}`, () => sendPart(data, offset));
  }
  for (const length of range(4)) {
    for (const maxlength of [undefined, -1, 0, 1, 2, 3, 4]) {
      for (const duplex of [true, false]) {
        const label = `recv_bytes of ${length}, maxlength ${maxlength ?? "none"}, duplex ${duplex}`;
        line(label, receive(data.subarray(0, length), maxlength, duplex));
      }
    }
  }
  for (const length of range(4)) {
    for (const offset of offsets) {
      for (const message of range(4)) {
        const label = `recv_bytes_into ${length} from ${offset}, message of ${message}`;
        line(label, receiveInto(data.subarray(0, message), length, offset));
      }
    }
  }
}

function messages(): void {
  const [a, b] = Pipe();
  a.sendBytes(bytes("12345"));
  tell("BufferTooShort", () => b.recvBytesInto(new Uint8Array(2)));
  tell("send_bytes of text", () => a.sendBytes("text" as never));
  tell("recv_bytes_into a text", () => b.recvBytesInto("text" as never));
  a.sendBytes(bytes("one"));
  a.sendBytes(bytes("two"));
  line("two messages stay two", [b.recvBytes(), b.recvBytes()]);
  const big = Uint8Array.from({ length: 256 * 300 }, (_, i) => i % 256);
  for (const size of [0, 1, 15, 16, 17, 255, 4095, 4096, 4097, 16384, 60000]) {
    a.sendBytes(big, 7, size);
    const got = b.recvBytes();
    line(`${size} bytes`, [got.length, got.every((byte, i) => byte === big[7 + i])]);
  }
}

if (import.meta.main) {
  ends();
  parts();
  messages();
}
