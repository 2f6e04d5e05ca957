/**
 * Points lie on a grid of 2⁻³² (a quarter of a billionth). Numbers on it add up without rounding in
 * any order, so that the lines of an explanation equal the score with `===`.
 */
const GRID = 2 ** 32;

/** The nearest point of the grid. */
export const onGrid = (points: number): number => Math.round(points * GRID) / GRID;

/** The sum of points on the grid, exact while their sizes add up to less than 2²⁰. */
export const total = (lines: readonly { readonly points: number }[]): number =>
  lines.reduce((sum, { points }) => sum + points, 0);

/**
 * What is left of points after a time: `points · 0.5^(age / halfLife)`.
 *
 * @param ageMs elapsed milliseconds, not negative.
 * @param halfLifeMs milliseconds above 0; null = they do not decay.
 * @beta
 */
export function decayed(points: number, ageMs: number, halfLifeMs: number | null): number {
  return halfLifeMs === null ? points : points * 0.5 ** (ageMs / halfLifeMs);
}

/**
 * Rounds each line to so many decimals such that the rounded lines add up to the rounded sum: all are
 * rounded down and the largest remainders take what is missing; ties go to the earlier line.
 * @beta
 */
export function shownPoints(lines: readonly { readonly points: number }[], decimals = 1): number[] {
  const unit = 10 ** decimals;
  const exact = lines.map(({ points }) => points * unit);
  const shown = exact.map(Math.floor);
  const missing = Math.round(total(lines) * unit) - shown.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((part, i) => ({ i, remainder: part - Math.floor(part) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, missing)) shown[i] = (shown[i] ?? 0) + 1;
  return shown.map((part) => part / unit);
}
