/**
 * The style sheet of every page.
 *
 * @module
 */
import { type Asset, asset } from "./asset.ts";
import colours from "./colours.css" with { type: "text" };
import styles from "./styles.css" with { type: "text" };

/** The style sheet of every page. */
export const style: Asset = asset(`${colours}\n${styles}`);
