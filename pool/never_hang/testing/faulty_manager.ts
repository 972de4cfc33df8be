/**
 * An object of a manager in whose methods something goes wrong, in the manager's server.
 *
 * @module
 */

import { Lock } from "@polycore/sync";
import { Manager, task } from "../../mod.ts";
import { failInResult, failInTask, type Job, returnTrap, returnUncloneable } from "./faults.ts";

export class Faulty {
  static {
    task(import.meta, this);
  }

  constructor(job?: Job) {
    if (job) failInResult(job);
    if (job?.fault === "throw") throw new RangeError("thrown on purpose");
  }

  fail(job: Job): Promise<never> {
    return failInTask(job);
  }

  failInResult(job: Job): unknown {
    return failInResult(job);
  }

  uncloneable(job: Job): unknown {
    return returnUncloneable(job);
  }

  trap(job: Job): unknown {
    return returnTrap(job);
  }

  ignore(..._: unknown[]): string {
    return "ignored";
  }

  newLock(): Lock {
    return new Lock();
  }
}

export class FaultyManager extends Manager {
  static {
    this.register("Faulty", Faulty);
  }
}
