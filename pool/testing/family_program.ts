/**
 * Programs whose processes have children; how they end is looked at from outside.
 *
 * @module
 */

import { Event } from "@polycore/sync";
import { liveThreads } from "@polycore/sync/internal";
import { Process } from "../mod.ts";
import {
  killSpinner,
  leaveChild,
  type Signals,
  startAndSpin,
  startWhenTold,
} from "./family_tasks.ts";
import { until } from "./helpers.ts";

const three = (): [Event, Event, Event] => [new Event(), new Event(), new Event()];

const programs: Record<string, () => void | Promise<void>> = {
  grandchild() {
    new Process({ target: leaveChild }).start();
    console.log("main is done");
  },
  async lostParent() {
    const signals: Signals = { daemon: three(), other: three(), end: new Event() };
    const begun = new Event();
    const parent = new Process({ target: startAndSpin, args: [signals, begun], name: "Spinner" });
    parent.start();
    for (const event of [begun, signals.daemon[0], signals.other[0]]) await event.waitAsync();
    parent.kill();
    await parent.join();
    await signals.daemon[2].waitAsync();
    console.log("exit code", parent.exitcode, signals.other[2].isSet());
    signals.other[1].set();
    await until(() => liveThreads().length === 1);
  },
  async spinningChild() {
    const process = new Process({ target: killSpinner, args: [new Event()] });
    process.start();
    await process.join();
  },
  async noPermission() {
    const begun = new Event(), go = new Event();
    const process = new Process({ target: startWhenTold, args: [begun, go] });
    process.start();
    await begun.waitAsync();
    Deno.permissions.revokeSync({ name: "read" });
    go.set();
    await process.join();
    console.log("the parent:", process.exitcode);
  },
};

if (import.meta.main) await programs[Deno.args[0]!]!();
