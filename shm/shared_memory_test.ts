import { assert, assertEquals, assertThrows } from "@std/assert";
import { HeapFullError } from "@polycore/sync";
import { FileExistsError, FileNotFoundError, Queue, SharedMemory, Value } from "./mod.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

Deno.test("two handles by name are the same bytes (test_shared_memory_basics)", async () => {
  await assertNoLeak(() => {
    using sms = SharedMemory.create("test01_tsmb", 512);
    sms.buf[0] = 42;
    assertEquals([sms.name, sms.size, sms.buf.length], ["test01_tsmb", 512, 512]);
    assert(sms.buf.subarray(1).every((byte) => byte === 0) && sms.buf.byteOffset % 64 === 0);
    assertEquals(Deno.inspect(sms), '<SharedMemory("test01_tsmb", size=512)>');
    using also = SharedMemory.attach("test01_tsmb");
    assertEquals([also.buf[0], also.size, also.name], [42, 512, "test01_tsmb"]);
    also.buf[511] = 7;
    assertEquals(sms.buf[511], 7);
    also.close();
    also.close();
    assertThrows(() => also.buf, TypeError, "This SharedMemory was disposed of");
    assertEquals(Deno.inspect(also), "<SharedMemory(closed)>");
    assertEquals(sms.buf[0], 42); // close is of this handle
    sms.unlink();
    assertEquals(sms.buf[0], 42); // unlink is of the name
    assertThrows(() => SharedMemory.attach("test01_tsmb"), FileNotFoundError);
  });
});

Deno.test("a thread that knows nothing but the name (test_shared_memory_across_processes)", async () => {
  using sms = SharedMemory.create("across", 64);
  sms.buf.set([1, 2, 3]);
  const seen = await run(2, (s, i, name) => {
    using theirs = s.SharedMemory.attach(name);
    theirs.buf[10 + i] = 100 + i;
    return [...theirs.buf.subarray(0, 3)];
  }, "across");
  assertEquals([seen, [...sms.buf.subarray(10, 12)]], [[[1, 2, 3], [1, 2, 3]], [100, 101]]);
  sms.unlink();
});

Deno.test("what a thread made outlives it, until its name is taken away", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    await run(1, (s) => {
      s.SharedMemory.create("left behind", 8).buf[7] = 9;
    });
    using sms = SharedMemory.attach("left behind");
    assertEquals(sms.buf[7], 9);
    await run(1, (s) => s.SharedMemory.attach("left behind").unlink());
    assertThrows(() => SharedMemory.attach("left behind"), FileNotFoundError);
    assertEquals(sms.buf[7], 9);
  });
});

Deno.test("a name in use, a name that nothing has, a name twice taken away", async () => {
  await assertNoLeak(() => {
    const sms = SharedMemory.create("one", 8);
    assertThrows(
      () => SharedMemory.create("one", 16),
      FileExistsError,
      'A shared memory named "one" exists: attach to it, or unlink it before.',
    );
    assertThrows(
      () => SharedMemory.attach("One"),
      FileNotFoundError,
      'No shared memory is named "One": it was not created yet, or it was unlinked.',
    );
    sms.close();
    using attached = SharedMemory.attach("one"); // the name keeps it
    sms.unlink(); // also after close
    assertThrows(() => sms.unlink(), FileNotFoundError);
    const again = SharedMemory.create("one", 8);
    assertThrows(() => attached.unlink(), FileNotFoundError); // the new one is another
    using seen = SharedMemory.attach("one");
    assertEquals(seen.address, again.address);
    again.unlink();
    again.close();
  });
});

Deno.test("many names, taken away in any order", async () => {
  await assertNoLeak(() => {
    const names = ["a", "é", "\ud800", "日本", "x".repeat(255), "/with/slashes", "a\0b"];
    const all = names.map((name, i) => SharedMemory.create(name, i + 1));
    for (const [i, name] of names.entries()) {
      using found = SharedMemory.attach(name);
      assertEquals([found.name, found.size, found.address], [name, i + 1, all[i]!.address]);
    }
    for (const i of [3, 0, 6, 1, 5, 2, 4]) {
      all[i]!.unlink();
      all[i]!.close();
      assertThrows(() => SharedMemory.attach(names[i]!), FileNotFoundError);
    }
  });
});

Deno.test("mistakes throw at the call (test_shared_memory_basics, test_invalid_size)", async () => {
  await assertNoLeak(() => {
    const text = "'size' must be a positive integer: it is";
    for (const size of [0, -1]) {
      assertThrows(() => SharedMemory.create("bad", size), RangeError, `${text} ${size}.`);
    }
    for (const size of [1.5, NaN, "8", undefined]) {
      assertThrows(() => SharedMemory.create("bad", size as never), TypeError, text);
    }
    assertThrows(() => SharedMemory.create("bad", 2 ** 40), HeapFullError);
    assertThrows(() => SharedMemory.attach("bad"), FileNotFoundError); // none of them left a name
    assertThrows(() => SharedMemory.create("", 8), RangeError, "has 0 characters: it must have 1");
    assertThrows(() => SharedMemory.attach("x".repeat(256)), RangeError, "256 characters");
    assertThrows(() => SharedMemory.attach(5 as never), TypeError, "is 5: it must be a string");
  });
});

Deno.test("many threads that create and attach at once: one makes each name", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using made = new Value("i", 0);
    await run(
      4,
      (s, _i, made) => {
        for (let n = 0; n < 200; n++) {
          try {
            s.SharedMemory.create(`race ${n}`, 40).close();
            made.add(1);
          } catch (error) {
            if (!(error instanceof s.FileExistsError)) throw error;
          }
          using sms = s.SharedMemory.attach(`race ${n}`);
          s.add(sms.buf.byteOffset / 4, 1);
        }
      },
      made,
    );
    assertEquals(made.value, 200);
    for (let n = 0; n < 200; n++) {
      using sms = SharedMemory.attach(`race ${n}`);
      assertEquals(sms.buf[0], 4);
      sms.unlink();
    }
  });
});

Deno.test("many threads that take a name away: one does", async () => {
  const sms = SharedMemory.create("once", 1);
  const outcomes = await run(3, (s, _i, sms) => s.thrownBy(() => sms.unlink()), sms);
  assertEquals(outcomes.sort(), ["", "FileNotFoundError", "FileNotFoundError"]);
});

Deno.test("it passes through a queue, nested, on the same memory, also without a name", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using queue = new Queue<{ memory: SharedMemory }>(), back = new Queue<SharedMemory>();
    const sms = SharedMemory.create("sent", 4);
    queue.put({ memory: sms });
    sms.unlink();
    sms.close();
    assertThrows(() => back.put(sms), TypeError, "value is a SharedMemory that was disposed of");
    const crew = start(
      1,
      (_s, _i, queue, back) => {
        const { memory } = queue.get();
        memory.buf[3] = 33;
        back.put(memory);
      },
      queue,
      back,
    );
    using arrived = back.get();
    assert(arrived instanceof SharedMemory);
    assertEquals([arrived.name, arrived.buf[3]], ["sent", 33]);
    await crew.join();
  });
});

Deno.test("no thread is left", assertNobodyLeft);
