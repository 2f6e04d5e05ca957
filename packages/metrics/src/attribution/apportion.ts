import { InputError } from '../errors.ts';

/**
 * Shares a whole amount in proportion to `parts`, so that the shares are whole and add up to it:
 * each gets the whole part of its exact quota, and what is left goes, one each, to the largest
 * remainders; of equal remainders the earlier comes first.
 *
 * The quotas are exact: every part is taken for the fraction it is in binary, and nothing is
 * rounded on the way. Hand over whole parts (1, 1, 1) rather than rounded shares (0.333 …), so that
 * equal remainders are seen to be equal. Source: the method of Hamilton (largest remainder).
 *
 * @param total a whole number ≥ 0, such as minor units of a currency.
 * @param parts ≥ 0, at least one above 0; they need not add up to 1.
 * @throws InputError
 * @beta
 */
export function apportion(total: number, parts: readonly number[]): number[] {
  if (!Number.isSafeInteger(total) || total < 0) {
    throw new InputError(
      'amount',
      `${total} cannot be shared`,
      'give a whole number of minor units (cents), 0 or more and below 2^53',
    );
  }
  parts.forEach((part, i) => {
    if (!(part >= 0 && part < Number.POSITIVE_INFINITY)) {
      throw new InputError(`parts.${i}`, `${part} is no part`, 'give a finite number, 0 or more');
    }
  });
  const wholes = wholeParts(parts);
  const sum = wholes.reduce((all, part) => all + part, 0n);
  if (sum === 0n) {
    throw new InputError('parts', `nobody has a part in ${total}`, 'make at least one part larger than 0');
  }
  const amount = BigInt(total);
  const shares = wholes.map((part) => Number((amount * part) / sum));
  const remainders = wholes.map((part) => (amount * part) % sum);
  const left = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = remainders.map((_, i) => i).sort((a, b) => descending(remainders[a], remainders[b]) || a - b);
  for (const i of byRemainder.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}

function descending(a: bigint = 0n, b: bigint = 0n): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

/** Whole numbers in exactly the same proportions: the mantissas of the doubles on one exponent. */
function wholeParts(parts: readonly number[]): bigint[] {
  const bits = new BigUint64Array(Float64Array.from(parts).buffer);
  const doubles = Array.from(bits, (word) => {
    const exponent = (word >> 52n) & 0x7ffn;
    const fraction = word & 0xfffffffffffffn;
    // Without an exponent a double has no hidden leading bit.
    return exponent === 0n ? { fraction, exponent: 1n } : { fraction: fraction | (1n << 52n), exponent };
  });
  const positive = doubles.filter(({ fraction }) => fraction > 0n);
  const least = positive.reduce((low, { exponent }) => (exponent < low ? exponent : low), 0x7ffn);
  return doubles.map(({ fraction, exponent }) => (fraction === 0n ? 0n : fraction << (exponent - least)));
}
