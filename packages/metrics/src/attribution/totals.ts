import type { Money } from '../contracts/values.ts';
import type { CreditRow, TouchCredit } from './answer.ts';
import { nameIn } from './choices.ts';
import type { Dimension } from './contracts.ts';
import { sumMoney } from './money.ts';

/** Adds up the credit of touches by what they say of a dimension. */
export function totalsBy(by: Dimension, credits: readonly TouchCredit[]): CreditRow[] {
  const groups = new Map<string | null, { conversions: number; amounts: Money[] }>();
  for (const { touch, weight, amount } of credits) {
    const key = nameIn(touch, by);
    const group = groups.get(key) ?? { conversions: 0, amounts: [] };
    group.conversions += weight;
    group.amounts.push(amount);
    groups.set(key, group);
  }
  return largestFirst(
    Array.from(groups, ([key, { conversions, amounts }]) => ({ key, conversions, amount: sumMoney(amounts) })),
  );
}

/** By conversions, then by name. */
export function largestFirst(rows: readonly CreditRow[]): CreditRow[] {
  return rows.toSorted((a, b) => b.conversions - a.conversions || byName(a.key, b.key));
}

/** By code point; what says nothing of a dimension stands last. */
export function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
