/**
 * A fault for each scenario: the mistake that its slide warns of. With its fault a scenario must fail.
 *
 * @module
 */
import { beyond } from "./faults/beyond.ts";
import { duke } from "./faults/duke.ts";
import { firenze } from "./faults/firenze.ts";
import { pnnl } from "./faults/pnnl.ts";
import { uva } from "./faults/uva.ts";
import type { Fault } from "./faults/fault.ts";

/** All faults. */
export const faults: readonly Fault[] = [...pnnl, ...firenze, ...uva, ...duke, ...beyond];
