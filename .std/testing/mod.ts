/**
 * The functions of `@std/testing/bdd` that this project uses, for machines that cannot reach JSR.
 *
 * @module
 */
export { after, afterEach, before, beforeEach, describe, it } from "node:test";
