/**
 * The kernels that the bench knows.
 *
 * @module
 */
import { dotProduct } from "./dot_product.ts";
import type { KernelSpec } from "./kernel.ts";
import { monteCarloPi } from "./monte_carlo_pi.ts";

/** Every kernel, in the order of the report. */
export const kernels: readonly KernelSpec[] = [monteCarloPi, dotProduct];
