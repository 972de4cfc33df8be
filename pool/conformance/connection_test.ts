import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  BrokenPipeError,
  BufferTooShort,
  ClosedError,
  type Connection,
  EOFError,
  Pipe,
} from "@polycore/shm";
import type { Event } from "@polycore/sync";
import { conformance, NO_MANAGER, party, takesAtLeast } from "./testing/back_ends.ts";
import { LIMIT } from "../testing/helpers.ts";

// None of these over a manager: Python's has no pipes either.

const bytes = (text: string) => new TextEncoder().encode(text);

/** Sends back what comes, until the message without a byte; then it closes its end. */
const echo = party(import.meta, async (call, conn: Connection) => {
  for (;;) {
    const message = await call(conn, "recv");
    if (message instanceof Uint8Array && message.length === 0) break;
    conn.send(message);
  }
  conn.close();
});

conformance(NO_MANAGER, "_TestConnection.test_connection", async (b) => {
  const [conn, theirs] = Pipe();
  b.spawn(echo, theirs);
  const seq = [1, 2.25, null], message = bytes("hello world");
  conn.send(seq);
  assertEquals(await b.call(conn, "recv"), seq);
  conn.sendBytes(message);
  assertEquals(await b.call(conn, "recvBytes"), message);

  const four = new Int32Array([0, 1, 2, 3]);
  for (const at of [0, 3]) {
    const buffer = new Int32Array(10), expected = new Int32Array(10);
    expected.set(four, at);
    conn.sendBytes(four);
    assertEquals(await b.call(conn, "recvBytesInto", buffer, 4 * at), 16);
    assertEquals(buffer, expected);
  }

  const small = new Uint8Array(40).fill(32), long = bytes("hello world".repeat(10));
  conn.sendBytes(long);
  const error = await assertRejects(() => b.call(conn, "recvBytesInto", small), BufferTooShort);
  assertEquals(error.bytes, long);
  const text = "The buffer is too short: it has room for 40 bytes and the message has 110.";
  assert(error.message.startsWith(text), error.message);
  assertEquals(small, new Uint8Array(40).fill(32));

  assertEquals(await b.call(conn, "poll"), false);
  assertEquals(await b.call(conn, "poll", -1), false);
  assertEquals(await takesAtLeast(30, () => b.call(conn, "poll", 30)), false);
  conn.send(null);
  assertEquals(await b.call(conn, "poll", LIMIT), true);
  assertEquals(await b.call(conn, "recv"), null);

  const big = new Uint8Array(16 * 1024 * 1024).fill(88);
  conn.sendBytes(big);
  const back = await b.call(conn, "recvBytes");
  assert(back.length === big.length && back.every((byte) => byte === 88));

  conn.sendBytes(bytes(""));
  theirs.close();
  assertEquals([conn.readable, conn.writable], [true, true]);
  await assertRejects(() => b.call(conn, "recv"), EOFError);
  await assertRejects(() => b.call(conn, "recvBytes"), EOFError);
  assertThrows(() => conn.send(1), BrokenPipeError);
});

conformance(NO_MANAGER, "_TestConnection.test_duplex_false", async (b) => {
  const [reader, writer] = Pipe(false);
  writer.send(1);
  assertEquals(await b.call(reader, "recv"), 1);
  assertEquals([reader.readable, reader.writable], [true, false]);
  assertEquals([writer.readable, writer.writable], [false, true]);
  assertThrows(() => reader.send(2), TypeError, "read-only");
  await assertRejects(() => b.call(writer, "recv"), TypeError, "write-only");
  await assertRejects(() => b.call(writer, "poll"), TypeError, "write-only");
  assertEquals(Deno.inspect([reader, writer]), "[ <Connection(receives)>, <Connection(sends)> ]");
  assertEquals(Deno.inspect(Pipe()[0]), "<Connection(receives and sends)>");
});

conformance(NO_MANAGER, "_TestConnection.test_sendbytes", async (b) => {
  const message = bytes("abcdefghijklmnopqrstuvwxyz");
  const [a, other] = Pipe();
  const sent = async (...part: number[]) => {
    a.sendBytes(message, ...part);
    return await b.call(other, "recvBytes");
  };
  assertEquals(await sent(), message);
  assertEquals(await sent(5), message.slice(5));
  assertEquals(await sent(7, 8), message.slice(7, 7 + 8));
  assertEquals(await sent(26), bytes(""));
  assertEquals(await sent(26, 0), bytes(""));
  for (const part of [[27], [22, 5], [26, 1], [-1], [4, -1]]) {
    assertThrows(() => a.sendBytes(message, ...part), RangeError);
  }
  assertEquals(await b.call(other, "poll"), false); // and none of these was sent
});

// The event loop is one thread: closing its handle closes the party's too, which is why a copy is sent.
conformance(NO_MANAGER, "_TestConnection.test_spawn_close", async (b) => {
  const [conn, theirs] = Pipe(), [to, from] = Pipe();
  to.send(theirs);
  b.spawn(echo, await b.call(from, "recv") as Connection);
  theirs.close();
  conn.sendBytes(bytes("hello"));
  assertEquals(await b.call(conn, "recvBytes"), bytes("hello"));
  conn.sendBytes(bytes(""));
  conn.close();
});

conformance(NO_MANAGER, "_TestConnection.test_context", async (b) => {
  const [a, other] = Pipe();
  {
    using _a = a;
    using _other = other;
    a.send(1729);
    assertEquals(await b.call(other, "recv"), 1729);
    assertEquals([a.closed, other.closed], [false, false]);
  }
  assertEquals([a.closed, other.closed], [true, true]);
  await assertRejects(() => b.call(a, "recv"), ClosedError);
});

conformance(NO_MANAGER, "_TestPoll.test_empty_string", async (b) => {
  const [a, other] = Pipe();
  assertEquals(await b.call(a, "poll"), false);
  other.sendBytes(bytes(""));
  assertEquals(await b.call(a, "poll"), true);
  assertEquals(await b.call(a, "poll"), true);
  assertEquals(await b.call(a, "recvBytes"), bytes(""));
  assertEquals(await b.call(a, "poll"), false);
});

const STRINGS = ["hello", "", "a", "b", "", "bye", "", "lop"];

/** Sends each string when it is asked for one. */
const sendStrings = party(import.meta, async (call, conn: Connection) => {
  for (const text of STRINGS) {
    await call(conn, "recv");
    conn.sendBytes(bytes(text));
  }
  conn.close();
});

conformance(NO_MANAGER, "_TestPoll.test_strings", async (b) => {
  const [a, theirs] = Pipe();
  b.spawn(sendStrings, theirs);
  for (const text of STRINGS) {
    assertEquals(await b.call(a, "poll", 1), false);
    a.send("next");
    assertEquals(await b.call(a, "poll", LIMIT), true);
    assertEquals(await b.call(a, "recvBytes"), bytes(text));
  }
});

const pollOnly = party(import.meta, async (call, conn: Connection, polls: Event) => {
  polls.set();
  assertEquals(await call(conn, "poll", LIMIT), true);
});

conformance(NO_MANAGER, "_TestPoll.test_boundaries", async (b) => {
  const [reader, writer] = Pipe(false), polls = b.Event();
  const poller = b.spawn(pollOnly, reader, polls);
  await b.call(polls, "wait");
  await poller.untilBlocked();
  for (const text of ["first", "second"]) writer.sendBytes(bytes(text));
  writer.close();
  await poller.join();
  // polling takes nothing, not even a part
  assertEquals(await b.call(reader, "recvBytes"), bytes("first"));
  assertEquals(await b.call(reader, "recvBytes"), bytes("second"));
  await assertRejects(() => b.call(reader, "recvBytes"), EOFError);
});

const sendThree = party(import.meta, async (_call, conn: Connection) => {
  for (const text of ["a", "b", "cd"]) await Promise.resolve(conn.sendBytes(bytes(text)));
});

conformance(NO_MANAGER, "_TestPoll.test_dont_merge", async (b) => {
  const [a, theirs] = Pipe();
  assertEquals(await b.call(a, "poll", 0), false);
  assertEquals(await takesAtLeast(30, () => b.call(a, "poll", 30)), false);
  b.spawn(sendThree, theirs);
  assertEquals(await b.call(a, "recvBytes"), bytes("a"));
  for (const text of ["b", "cd"]) {
    assertEquals(await b.call(a, "poll", LIMIT), true);
    assertEquals(await b.call(a, "poll", LIMIT), true);
    assertEquals(await b.call(a, "poll", 0), true);
    assertEquals(await b.call(a, "recvBytes"), bytes(text));
  }
});
