import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { hash } from "./hash.ts";
import { filesIn, inFolder, printed } from "./testing/memory_helpers.ts";
import { bigIn, bigOf, KEYS } from "./testing/memory_tasks.ts";

const KILLS = 200;
/** So many programs write into the one cache at the same time. */
const LANES = 2;
/** A kill comes at most so many milliseconds after the program has begun to write. */
const LATEST = 12;

const seed = Number(Deno.env.get("POLYCORE_SEED") ?? Date.now() % 1_000_000);
const program = fromFileUrl(new URL("testing/memory_tasks.ts", import.meta.url));

/** Numbers between 0 and 1, repeatable. */
function* randomFrom(state: number): Generator<number, never> {
  for (;;) {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    yield ((state ^ state >>> 13) >>> 0) / 2 ** 32;
  }
}

/** Start a program that writes into the cache, and kill it at a random moment after it has begun. */
async function writeAndDie(folder: string, random: () => number): Promise<void> {
  const args = ["run", "-q", "-A", "--no-check", program, folder, `${Math.floor(random() * KEYS)}`];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assertEquals(value?.length, 1, "the program has begun");
  await new Promise((resolve) => setTimeout(resolve, random() * LATEST));
  child.kill("SIGKILL");
  while (!(await reader.read()).done);
  assertEquals((await child.status).signal, "SIGKILL");
}

Deno.test(`${KILLS} programs are killed while they write, and every read is right (POLYCORE_SEED=${seed})`, () =>
  inFolder(async (folder) => {
    const numbers = randomFrom(seed);
    const random = () => numbers.next().value;
    const big = bigIn(folder);
    const expected = Array.from({ length: KEYS }, (_, key) => hash(bigOf(key)));
    let found = 0, kills = 0;
    const check = async (key: number) => {
      if (await big.checkCallInCache(key)) found++;
      assertEquals(hash(await big(key)), expected[key], `key ${key}`);
    };
    const lane = async () => {
      while (kills++ < KILLS) {
        await writeAndDie(folder, random);
        await check(Math.floor(random() * KEYS));
      }
    };
    const { warnings } = await printed(async () => {
      await Promise.all(Array.from({ length: LANES }, lane));
      for (let key = 0; key < KEYS; key++) await check(key);
    });
    assertEquals(warnings, []);
    const half = filesIn(folder, ".tmp").length;
    console.log(
      `${half} of ${KILLS} kills left a half-written file; ${found} reads found a result`,
    );
    assert(half > 0 && found > 0);
  }));
