import type { Money } from '../contracts/values.ts';
import { apportion } from './apportion.ts';
import type { Journey } from './contracts.ts';

/** Adds up minor units of one currency: null where there is more than one, or no amount at all. */
export function sumMoney(amounts: readonly Money[]): Money {
  const currencies = new Set<string>();
  let value = 0;
  for (const amount of amounts) {
    if (amount.value === null) {
      if (amount.reason === 'mixed-currency') return amount;
      continue;
    }
    currencies.add(amount.currency);
    value += amount.value;
  }
  const [currency, second] = currencies;
  if (second !== undefined) return { value: null, reason: 'mixed-currency' };
  return currency === undefined ? { value: null, reason: 'no-value' } : { value, currency };
}

/** What a journey's conversion is worth. */
export function moneyOf({ amount, currency }: Journey): Money {
  return amount === undefined || currency === undefined
    ? { value: null, reason: 'no-value' }
    : { value: amount, currency };
}

/** Shares an amount by parts, to the minor unit; without an amount everybody has none. */
export function shareMoney(worth: Money, parts: readonly number[]): Money[] {
  if (worth.value === null) return parts.map(() => worth);
  const { currency } = worth;
  return apportion(worth.value, parts).map((value) => ({ value, currency }));
}
