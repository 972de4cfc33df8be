import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  BrokenPipeError,
  BufferTooShort,
  ClosedError,
  EOFError,
  Pipe,
  Queue,
  QueueEmpty,
  SharedArray,
} from "./mod.ts";
import { assertNobodyLeft, assertNoLeak, run } from "./testing/threads.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (message: Uint8Array) => new TextDecoder().decode(message);

Deno.test("a part that the buffer does not have: the error says why", () => {
  const [a, b] = Pipe();
  const msg = bytes("abcdefghijklmnopqrstuvwxyz");
  for (
    const [offset, size, text] of [
      [27, undefined, "buffer length < offset: the buffer has 26 bytes, and offset is 27."],
      [
        22,
        5,
        "buffer length < offset + size: the buffer has 26 bytes, and offset is 22 and size 5.",
      ],
      [26, 1, "buffer length < offset + size"],
      [-1, undefined, "offset is negative: the buffer has 26 bytes, and offset is -1."],
      [-1, -1, "offset is negative"],
      [27, -1, "buffer length < offset"],
      [4, -1, "size is negative"],
    ] as const
  ) assertThrows(() => a.sendBytes(msg, offset, size), RangeError, text);
  assertThrows(() => a.sendBytes(msg, 0.5), TypeError, "offset is 0.5: it must be a whole number");
  assertThrows(() => a.sendBytes(msg, 0, NaN), TypeError, "size is NaN");
  assertThrows(() => a.sendBytes("abc" as never), TypeError, 'buf is "abc": a buffer or a view');
  assert(!b.poll());
});

Deno.test("the bytes are copied: of views, wider elements, buffers and shared memory", () => {
  const [a, b] = Pipe();
  const shared = new SharedArray("H", [1, 2, 258]), own = new SharedArrayBuffer(2);
  const whole = new Uint8Array([9, 8, 7, 6]);
  const sources = [
    shared.view,
    own,
    whole.buffer,
    whole.subarray(1, 3),
    new DataView(whole.buffer, 3),
  ];
  for (const source of sources) a.sendBytes(source);
  shared.view.fill(0);
  whole.fill(0);
  const arrived = sources.map(() => b.recvBytes());
  assertEquals(arrived.map((message) => [...message]), [
    [1, 0, 2, 0, 2, 1],
    [0, 0],
    [9, 8, 7, 6],
    [8, 7],
    [6],
  ]);
  for (const message of arrived) assertEquals(message.byteLength, message.buffer.byteLength);
  a.sendBytes(new Uint8Array([1, 2]));
  assertEquals([b.recvBytesInto(shared.view, 2), shared.get(1)], [2, 513]);
  a.sendBytes(new Uint8Array([3]));
  assertEquals([b.recvBytesInto(own, 1), new Uint8Array(own)[1]], [1, 3]);
});

Deno.test("every way to receive bytes, the empty message too, then EOF", async () => {
  const [reader, writer] = Pipe(false);
  writer.sendBytes(new Uint8Array());
  assert(reader.poll() && reader.poll());
  assertEquals([reader.recvBytes().length, reader.poll()], [0, false]);
  writer.sendBytes(bytes("a"));
  writer.sendBytes(bytes("b"));
  writer.sendBytes(bytes(""));
  writer.sendBytes(bytes("cd"));
  writer.close();
  const seen = [reader.recvBytes(), await reader.recvBytesAsync(), reader.recvBytes()].map(text);
  assertEquals(seen, ["a", "b", ""]);
  const into = new Uint8Array(3);
  assertEquals([await reader.recvBytesIntoAsync(into, 1), text(into)], [2, "\0cd"]);
  for (const act of [() => reader.recvBytes(), () => reader.recvBytesInto(into)]) {
    assertThrows(act, EOFError);
  }
  await assertRejects(() => reader.recvBytesAsync(), EOFError);
});

Deno.test("bytes and objects keep their order, and an object is not lost when bytes were asked for", async () => {
  const [a, b] = Pipe();
  await run(1, (_s, _i, b) => {
    b.sendBytes(new Uint8Array([1]));
    b.send({ two: 2 });
    b.sendBytes(new Uint8Array([3]));
    b.send([4]);
    b.send("five");
  }, b);
  assertEquals(a.recvBytes(), new Uint8Array([1]));
  assertEquals(a.recv(), { two: 2 });
  assertEquals(a.recv(), new Uint8Array([3]));
  const error = assertThrows(() => a.recvBytes(), TypeError, "is an object and not bytes");
  assertEquals(error.cause, [4]);
  const into = assertThrows(() => a.recvBytesInto(new Uint8Array(9)), TypeError, "not bytes");
  assertEquals(into.cause, "five");
});

Deno.test("a message over maxlength: a duplex end receives no more, another is closed", () => {
  const [a, b] = Pipe();
  b.sendBytes(bytes("1234"));
  b.sendBytes(bytes("12345"));
  assertEquals(text(a.recvBytes(4)), "1234");
  assertThrows(() => a.recvBytes(4), RangeError, "bad message length: a message of 5 bytes came");
  assertEquals([a.readable, a.writable, a.closed], [false, true, false]);
  assertThrows(() => a.recv(), TypeError, "connection is write-only");
  a.sendBytes(bytes("still sends"));
  assertEquals(text(b.recvBytes(Infinity)), "still sends");
  const [reader, writer] = Pipe(false);
  writer.sendBytes(bytes("12345"));
  assertThrows(() => reader.recvBytes(0), RangeError, "bad message length");
  assert(reader.closed);
  assertThrows(() => writer.sendBytes(bytes("1")), BrokenPipeError);
});

Deno.test("mistakes throw at the call, and take no message", async () => {
  const [reader, writer] = Pipe(false);
  const into = new Uint8Array(4);
  writer.sendBytes(bytes("x"));
  assertThrows(() => reader.recvBytes(-1), RangeError, "negative maxlength: it is -1");
  assertThrows(() => reader.recvBytes("1" as never), TypeError, 'maxlength is "1"');
  assertThrows(() => reader.recvBytesInto(into, -1), RangeError, "negative offset");
  assertThrows(
    () => reader.recvBytesInto(into, 5),
    RangeError,
    "offset too large: the buffer has 4",
  );
  assertThrows(() => reader.recvBytesInto([1] as never), TypeError, "buf is 1: a buffer or a view");
  await assertRejects(() => reader.recvBytesAsync(-1), RangeError, "negative maxlength");
  await assertRejects(() => reader.recvBytesIntoAsync(into, 5), RangeError, "offset too large");
  assertThrows(() => reader.sendBytes(into), TypeError, "connection is read-only");
  assertThrows(() => writer.recvBytes(), TypeError, "connection is write-only");
  assertThrows(() => writer.recvBytesInto(into), TypeError, "connection is write-only");
  assertEquals(text(reader.recvBytes()), "x");
  assertThrows(() => reader.recvBytes(undefined, { timeout: 5 }), QueueEmpty, "still open");
  assertThrows(() => reader.recvBytesInto(into, 4, { timeout: 0 }), QueueEmpty);
  await assertRejects(() => reader.recvBytesAsync(9, { timeout: 5 }), QueueEmpty);
  reader.close();
  for (const act of [() => reader.recvBytes(), () => reader.recvBytesInto(into)]) {
    assertThrows(act, ClosedError, "handle is closed");
  }
  assertThrows(() => writer.sendBytes(into), BrokenPipeError, "nobody can receive");
});

Deno.test("BufferTooShort crosses over with the message", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using queue = new Queue<BufferTooShort>();
    const [a, b] = Pipe();
    a.sendBytes(bytes("whole"));
    await run(
      1,
      (_s, _i, b, queue) => {
        try {
          b.recvBytesInto(new Uint8Array(1));
        } catch (error) {
          queue.put(error as BufferTooShort);
        }
      },
      b,
      queue,
    );
    const error = queue.get();
    assert(error instanceof BufferTooShort);
    assertEquals([error.name, text(error.bytes)], ["BufferTooShort", "whole"]);
    a.close();
    b.close();
  });
});

Deno.test("no thread is left", assertNobodyLeft);
