/**
 * `deno task scenario`: watch real workers race, deadlock and scale. See `--help`.
 *
 * @module
 */
import { main } from "./command.ts";

if (import.meta.main) await main(Deno.args);
