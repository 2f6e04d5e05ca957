import { InputError, QuestionError } from '../errors.ts';
import { dayNumber, dayOfNumber, firstOfMonth } from '../time/day.ts';
import { resolvePeriod } from '../time/period.ts';
import type { TargetPlan } from './contracts.ts';

/** An amount that comes evenly over `[from, to)`, in days since 1970, fractions included. */
export interface Spread {
  from: number;
  to: number;
  amount: number;
}

/** The revenue of a plan on the time line, earliest first. @throws InputError for a period that is none or overlaps another. */
export function revenueOf({ revenue }: TargetPlan): Spread[] {
  const spreads = revenue.map(({ period, amount }, i) => {
    const { from, to } = periodOf(period, `plan.revenue.${i}.period`);
    return { period, field: `plan.revenue.${i}.period`, from: dayNumber(from), to: dayNumber(to), amount };
  });
  const inOrder = spreads.toSorted((a, b) => a.from - b.from);
  inOrder.forEach(({ from, field, period }, i) => {
    const before = inOrder[i - 1];
    if (before !== undefined && from < before.to) {
      throw new InputError(field, `${period} overlaps ${before.period}`, 'give periods that follow one another');
    }
  });
  return inOrder.map(({ from, to, amount }) => ({ from, to, amount }));
}

function periodOf(text: string, field: string): { from: string; to: string } {
  if (text.startsWith('last-')) {
    throw new InputError(field, `${text} is past`, 'give the period by its name, such as 2026-Q3 or 2026-07');
  }
  try {
    return resolvePeriod(text, { asOf: 0, timeZone: 'UTC' });
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    throw new InputError(field, `"${text}" is no period`, 'give one such as 2026-Q3, 2026-07 or 2026-07-01/2026-10-01');
  }
}

/** Sums of amounts by calendar month, `2026-07`, earliest first; each amount is split by its days in the month. */
export function byMonth(spreads: readonly Spread[]): Map<string, number> {
  const months = new Map<string, number>();
  for (const { from, to, amount } of spreads) {
    for (let start = from; start < to;) {
      const month = dayOfNumber(Math.floor(start)).slice(0, 7);
      const end = Math.min(to, endOfMonth(month));
      months.set(month, (months.get(month) ?? 0) + (amount * (end - start)) / (to - from));
      start = end;
    }
  }
  return new Map([...months].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The day after the last of a month, in days since 1970. */
export function endOfMonth(month: string): number {
  return firstOfMonth(Number(month.slice(0, 4)), Number(month.slice(5)) + 1);
}
