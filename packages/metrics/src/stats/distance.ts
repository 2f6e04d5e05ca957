import { InputError } from '../errors.ts';

/** The shares of two lists of counts over the same classes; null when one of them counts nobody. */
function shares(one: readonly number[], other: readonly number[]): { p: number; q: number }[] | null {
  if (one.length !== other.length) {
    throw new InputError('counts', `${one.length} and ${other.length} classes`, 'count the same classes in both');
  }
  if ([...one, ...other].some((count) => !(count >= 0 && count < Infinity))) {
    throw new InputError('counts', 'hold what is no count', 'give numbers of 0 or more');
  }
  const [n, m] = [one, other].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  if (n === undefined || m === undefined || n === 0 || m === 0) return null;
  return one.map((count, i) => ({ p: count / n, q: (other[i] ?? 0) / m }));
}

/**
 * How far two mixes are apart: ½ Σ |p − q|, the share that would have to be of another class. 0 for equal mixes, 1 for
 * mixes without a class in common.
 *
 * @param one counts for each class, `other` counts for the same classes in the same order.
 * @returns null when one of them counts nobody.
 * @public
 */
export function totalVariation(one: readonly number[], other: readonly number[]): number | null {
  return shares(one, other)?.reduce((sum, { p, q }) => sum + Math.abs(p - q) / 2, 0) ?? null;
}

/**
 * The population stability index Σ (q − p) ln(q / p): how far a distribution, such as that of scores, has moved since
 * a reference. Above 0.1 it is worth a look, above 0.2 it has shifted. A class that is empty on one side
 * counts as half a record there, since the logarithm has no value at 0; one that is empty on both counts nothing.
 * Source: Siddiqi, Credit Risk Scorecards (2006), ch. 8; the half record after Haldane (1955).
 *
 * @param reference counts for each class, `now` counts for the same classes in the same order.
 * @returns null when one of them counts nobody.
 * @public
 */
export function populationStability(reference: readonly number[], now: readonly number[]): number | null {
  const [n, m] = [reference, now].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  if (n === undefined || m === undefined) return null;
  return (
    shares(reference, now)
      ?.filter(({ p, q }) => p > 0 || q > 0)
      .map(({ p, q }) => ({ p: p || 0.5 / n, q: q || 0.5 / m }))
      .reduce((sum, { p, q }) => sum + (q - p) * Math.log(q / p), 0) ?? null
  );
}
