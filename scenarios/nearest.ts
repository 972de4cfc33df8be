/**
 * The word that was probably meant.
 *
 * @module
 */
import * as text from "npm:deno-std@1.4.0/text/closest_string.js";

const closestString: (word: string, words: readonly string[]) => string = text.closestString;

/**
 * The one of `words` that takes the fewest edits to get from `word` (Levenshtein distance). Words that
 * contain it come first: "dining" means "dining-philosophers", though "deadlock" has fewer edits.
 */
export function nearest(word: string, words: readonly string[]): string {
  const longer = words.filter((each) => each.includes(word.toLowerCase()));
  return closestString(word, longer.length > 0 ? longer : words);
}
