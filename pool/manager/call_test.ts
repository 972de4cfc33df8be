import { assertEquals } from "@std/assert";
import { me } from "@polycore/sync/internal";
import { tryTake } from "@polycore/shm/internal";
import { Manager, ManagerError } from "../mod.ts";
import { leavesNothing, rejects } from "../testing/helpers.ts";
import { callAsync, type Request } from "./call.ts";
import { makeServerBlock, requestsOf, setServerThread } from "./server_block.ts";

/** A server whose requests nobody takes but the test. */
function idleServer(): Manager {
  const server = makeServerBlock();
  setServerThread(server, me);
  return new Manager({}, server);
}

Deno.test("a call that the server lets go of without an answer is an error, not a wait for ever", () =>
  leavesNothing(async (own) => {
    const manager = own(idleServer()), server = manager.address;
    const answer = callAsync(manager, server, 0, "never", [1]);
    const [call, target, method, args] = tryTake(requestsOf(server)) as Request;
    assertEquals([target, method, args], [0, "never", [1]]);
    call!.dispose(); // as when the promise of a method is collected that can never be settled
    await rejects(answer, ManagerError, "let go of this call without an answer");
  }));
