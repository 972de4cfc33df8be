/**
 * The words and signs that tell what comes next.
 *
 * @module
 */

const set = (words: string) => new Set(words.split(" "));

/** Words that name nothing. */
export const RESERVED = set(
  "break case catch class const continue debugger default delete do else enum export extends " +
    "finally for function if import in instanceof new return super switch throw try typeof var " +
    "void while with",
);
/** Words that are values. */
export const LITERALS = set("null true false");
/** What stands before an operand. */
export const PREFIXES = set("! ~ + - ++ -- void delete new");
/** What stands between two operands. */
export const BINARY = set(
  "+ - * / % ** << >> >>> & | ^ && || ?? == != === !== < > <= >= instanceof",
);
/** What stands between a place and its value. */
export const ASSIGNMENTS = set("= += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??=");
/** What follows a `yield` that has no value. */
export const ENDS_YIELD = set(") ] } , ; : in of");
/** What stands before the key of a method or field, unless it is the key. */
export const MODIFIERS = set("async get set accessor static");
/** What follows the key of a property, method or field. */
export const BEHIND_KEY = set("( , : } = ;");
/** What follows a name of which more than its type is asked. */
export const BEHIND_USE = set(". ?. [ ( `");
