/**
 * Compares what the two programs of a topic printed.
 *
 * @module
 */

/** A line that differs from Python's on purpose. */
export interface Deliberate {
  /** The topic and the label of the line. */
  label: string;
  /** What Python prints behind the label. */
  python: string;
  /** What we print there. */
  ours: string;
  /** Why. */
  why: string;
}

/** For each of our error classes, the classes of Python that it stands for. */
const STANDS_FOR: Record<string, readonly string[]> = {
  // A number out of its range, and an argument of the wrong kind.
  RangeError: ["ValueError", "IndexError", "OSError"],
  TypeError: ["TypeError", "AttributeError", "ValueError", "AssertionError", "OSError"],
  // Use at the wrong time, for which Python has no one class.
  Error: ["Exception", "ValueError", "AssertionError", "RuntimeError"],
  ClosedError: ["ValueError", "OSError"],
  QueueEmpty: ["Empty"],
  QueueFull: ["Full"],
  InvalidStateError: ["InvalidStateError", "RuntimeError"],
  BrokenExecutorError: ["BrokenProcessPool", "BrokenThreadPool"],
};

/** A line without its label is none. */
export function parseLine(line: string): { label: string; value: string } {
  const at = line.indexOf(": ");
  if (at < 0) throw new Error(`This is no line \`label: value\`: ${line}`);
  return { label: line.slice(0, at), value: line.slice(at + 2) };
}

interface Raised {
  raised: string;
  says: string;
}

function isRaised(value: unknown): value is Raised {
  return typeof value === "object" && value !== null && "raised" in value && "says" in value;
}

/** Whether a value is Python's; an error is if its class stands for Python's and it has Python's words. */
export function agrees(python: unknown, ours: unknown): boolean {
  if (isRaised(python) && isRaised(ours)) {
    const classes = STANDS_FOR[ours.raised] ?? [ours.raised];
    return classes.includes(python.raised) && ours.says.includes(python.says);
  }
  if (typeof python !== "object" || typeof ours !== "object" || !python || !ours) {
    return python === ours;
  }
  const keys = Object.keys(python), ourKeys = Object.keys(ours);
  return Array.isArray(python) === Array.isArray(ours) && keys.join() === ourKeys.join() &&
    keys.every((key) => agrees(python[key as never], ours[key as never]));
}

/** Whole numbers as their text, since those of 64 bits do not fit. */
function parse(value: string): unknown {
  return JSON.parse(
    value,
    ((_key: string, parsed: unknown, { source }: { source?: string }) =>
      typeof parsed === "number" && !/[.e]/.test(source!) ? `number ${source}` : parsed) as (
        key: string,
        v: unknown,
      ) => unknown,
  );
}

/**
 * What differs, line by line: one text for each difference, none when all is as it should be. An entry of
 * `deliberate` that did not happen, word for word, is a difference too.
 */
export function compare(
  topic: string,
  python: string[],
  ours: string[],
  deliberate: readonly Deliberate[],
): string[] {
  const wrong: string[] = [];
  const happened = new Set<Deliberate>();
  for (let i = 0; i < Math.max(python.length, ours.length); i++) {
    const at = `${topic}, line ${i + 1}:\n  Python: ${python[i]}\n  ours:   ${ours[i]}`;
    if (python[i] === undefined || ours[i] === undefined) {
      wrong.push(`${at}\n  one of them ended early`);
      break;
    }
    const theirs = parseLine(python[i]!), mine = parseLine(ours[i]!);
    if (theirs.label !== mine.label) {
      wrong.push(`${at}\n  the labels differ, so the programs are not the same`);
      break;
    }
    const entry = deliberate.find(({ label }) => label === `${topic}: ${mine.label}`);
    if (entry) {
      happened.add(entry);
      if (entry.python === theirs.value && entry.ours === mine.value) continue;
      wrong.push(`${at}\n  is not what deliberate.ts says`);
    } else if (!agrees(parse(theirs.value), parse(mine.value))) wrong.push(at);
  }
  for (const entry of deliberate) {
    if (entry.label.startsWith(`${topic}: `) && !happened.has(entry)) {
      wrong.push(`deliberate.ts has ${JSON.stringify(entry.label)}, and no program says that`);
    }
  }
  return wrong;
}
