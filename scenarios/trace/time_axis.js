// Where the marks of a time axis stand, and what is written there. The page has this file, too.

/**
 * @param {number} from The time at the left end, in ms.
 * @param {number} to The time at the right end.
 * @param {number} most How many marks there is room for.
 * @returns {{ step: number, ticks: { ms: number, label: string }[] }} The marks, whose labels all have
 *   one unit.
 */
export function timeAxis(from, to, most) {
  const rough = Math.max((to - from) / most, 1e-6);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= rough) ?? 10);
  const [unit, letters] = to >= 1000 && step >= 1
    ? [1000, "s"]
    : step >= 1e-3
    ? [1, "ms"]
    : [1e-3, "µs"];
  const digits = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  const ticks = [];
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n++) {
    ticks.push({ ms: n * step, label: `${(n * step / unit).toFixed(digits)} ${letters}` });
  }
  return { step, ticks };
}
