/**
 * What a fault is.
 *
 * @module
 */

/** A mistake in the code of a scenario, and what must then not hold. */
export interface Fault {
  /** The scenario. */
  readonly id: string;
  /** The mistake, in a few words. */
  readonly what: string;
  /** The module that has it, when it is one beside the scenario's own. */
  readonly file?: string;
  /** Pieces of the code, each of which stands there once, and what stands there in the broken copy. */
  readonly edits: readonly (readonly [find: string, replace: string])[];
  /** Flags beside `--quick`: a size in which the fault shows for certain, or soon. */
  readonly flags?: readonly string[];
  /** How the claim begins that does not hold, or the error that ends the run. */
  readonly fails: string;
}
