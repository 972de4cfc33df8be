import { isAlive } from "@polycore/sync/internal";
import { READY, type Waitable } from "@polycore/shm";
import { refuseClass } from "@polycore/shm/internal";

/**
 * The end of a process, to be waited for by `connectionWait`, alone or among connections. Python's
 * `Process.sentinel`, which is a number there.
 *
 * @example
 * ```ts
 * import { connectionWait } from "@polycore/shm";
 * import { Process } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const process = new Process({ target: () => {} });
 * process.start();
 * assertEquals(connectionWait([process.sentinel]), [process.sentinel]);
 * await process.join();
 * ```
 */
export class Sentinel implements Waitable {
  /** The number of the process. */
  readonly pid: number;

  /** Made by the library. */
  constructor(pid: number) {
    this.pid = pid;
  }

  /** Whether the process has ended. */
  [READY](): boolean {
    return !isAlive(this.pid);
  }
}

refuseClass(Sentinel, "a Sentinel", "it is for the process that has it, so send the pid");
