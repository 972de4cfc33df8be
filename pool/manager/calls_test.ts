import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Barrier, Event, type Lock } from "@polycore/sync";
import { MaybeEncodingError, Process, RemoteTraceback } from "../mod.ts";
import { rejects, soon } from "../testing/helpers.ts";
import { inChild, withManager } from "./testing/helpers.ts";
import {
  appendInChild,
  compareText,
  countUnder,
  loseUpdate,
  Studio,
  StudioManager,
} from "./testing/tasks.ts";

Deno.test("an error crosses over whole: same class and message, the server's stack in its cause", () =>
  withManager(async (manager, own) => {
    const list = own(manager.list([1]));
    const error = assertThrows(
      () => list.get(5),
      RangeError,
      "the list goes from 0 to 0",
    ) as RangeError;
    assert(error.cause instanceof RemoteTraceback);
    assertEquals(error.cause.worker, manager.server);
    assertStringIncludes(error.cause.message, "hosted_list.ts");
    const later = await rejects(list.getAsync(5), RangeError);
    assert(later.cause instanceof RemoteTraceback);
  }));

Deno.test("what a method throws need not be an error", () =>
  withManager((manager, own) => {
    const studio = own(manager.create(Studio));
    try {
      studio.throwText();
      assert(false);
    } catch (thrown) {
      assertEquals(thrown, "just text");
    }
  }, () => new StudioManager()));

Deno.test("an argument that cannot pass throws at the call, and names the path", () =>
  withManager(async (manager, own) => {
    const dict = own(manager.dict<string, unknown>());
    const bad = { rows: [Symbol("x")] };
    assertThrows(() => dict.set("k", bad), TypeError, "args[1].rows[0] is a symbol");
    await rejects(dict.setAsync("k", bad), TypeError, "args[1].rows[0] is a symbol");
    assertThrows(() => manager.dict({ k: bad }), TypeError, "rows[0] is a symbol");
    assertThrows(() => manager.list([bad]), TypeError, "rows[0] is a symbol");
    assertEquals([dict.size, manager.numberOfObjects()], [0, 1]);
  }));

Deno.test("a result that cannot pass is an error of that call alone", () =>
  withManager(async (manager, own) => {
    const studio = own(manager.create(Studio));
    assertThrows(() => studio.uncloneable(), MaybeEncodingError, "result.deep[0] is a symbol");
    await rejects(studio.uncloneableAsync(), MaybeEncodingError);
    assertEquals(studio.scores(), [["a", 1]]);
  }, () => new PlainStudioManager()));

/** As {@linkcode StudioManager}, with every result copied. */
class PlainStudioManager extends StudioManager {
  static {
    this.register("Studio", Studio);
  }
}

Deno.test("functions in arguments: the server loads their module", () =>
  withManager(async (manager, own) => {
    const dict = own(manager.dict({ compare: compareText }));
    assertEquals(dict.get("compare"), compareText);
    const list = own(manager.list(["b", "C", "a"]));
    list.sort(compareText);
    assertEquals(list.toArray(), ["a", "b", "C"]);
    await list.sortAsync((a, b) => a < b ? -1 : 1);
    assertEquals(list.toArray(), ["C", "a", "b"]);
  }));

Deno.test("functions in arguments: a call that is the first to name a module", () =>
  withManager(async (manager, own) => {
    const list = own(manager.list(["b", "C", "a"]));
    await list.sortAsync(compareText);
    assertEquals(list.toArray(), ["a", "b", "C"]);
  }));

Deno.test("several calls of one thread are under way, and a slow one stops no other", () =>
  withManager(async (manager, own) => {
    const studio = own(manager.create(Studio)), list = own(manager.list<number>());
    const events = [1, 2, 3].map(() => own(new Event()));
    const slow = events.map((event) => studio.waitForAsync(event));
    assertEquals(await inChild(appendInChild, list, 7), 0);
    const lengths = await Promise.all([...Array(100).keys()].map((i) => list.pushAsync(i)));
    assertEquals(lengths, [...Array(100).keys()].map((i) => i + 2));
    assertEquals(list.length, 101);
    for (const event of events.toReversed()) event.set();
    assertEquals(await soon(Promise.all(slow)), Array(3).fill("it happened"));
  }, () => new StudioManager()));

Deno.test("a blocking call of an async method waits for its promise", () =>
  withManager((manager, own) => {
    const studio = own(manager.create(Studio)), event = own(new Event());
    event.set();
    assertEquals(studio.waitFor(event), "it happened");
  }, () => new StudioManager()));

Deno.test("large arguments and results", () =>
  withManager((manager, own) => {
    const text = "x".repeat(3_000_000), numbers = new Float64Array(200_000).fill(0.5);
    const dict = own(manager.dict<string, unknown>({ text }));
    dict.set("numbers", numbers);
    assertEquals(dict.get("text"), text);
    assertEquals(dict.get("numbers"), numbers);
  }));

Deno.test("an object stays until a call of it is answered, though its proxy is disposed of", () =>
  withManager(async (manager) => {
    const list = manager.list([1]);
    const pushed = list.pushAsync(2);
    list.dispose();
    assertEquals(await pushed, 2);
    assertThrows(() => list.length, Error, "disposed");
    assertEquals(manager.numberOfObjects(), 0);
  }));

Deno.test("4 workers increment under a lock of the manager, and nothing is lost", () =>
  withManager(async (manager, own) => {
    const lock: Lock = own(manager.Lock()), dict = own(manager.dict<string, number>());
    const workers = Array.from(
      { length: 4 },
      () => new Process({ target: countUnder, args: [lock, dict, 200] }),
    );
    for (const worker of workers) worker.start();
    await soon(Promise.all(workers.map((worker) => worker.join())));
    assertEquals(dict.get("count"), 800);
  }));

Deno.test("without a lock updates are lost: a call is atomic, two calls are not", () =>
  withManager(async (manager, own) => {
    const all = own(new Barrier(4)), dict = own(manager.dict<string, number>());
    const workers = Array.from(
      { length: 4 },
      () => new Process({ target: loseUpdate, args: [dict, all] }),
    );
    for (const worker of workers) worker.start();
    await soon(Promise.all(workers.map((worker) => worker.join())));
    assertEquals(dict.get("count"), 1); // all four had read 0 before the first one wrote
  }));
