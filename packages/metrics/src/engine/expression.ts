import type { Expression, Scalar } from '../contracts/index.ts';
import type { FieldReader } from '../criteria/index.ts';
import { daysBetween, INSTANT_TEXT, isDay, zone } from '../time/index.ts';

/** Reads the number of an expression; null where there is none. */
export function expressionReader(
  expression: Expression,
  read: FieldReader,
  timeZone: string,
): (e: number) => number | null {
  if ('field' in expression) {
    const field = read(expression.field);
    return (e) => {
      const v = field(e);
      return typeof v === 'number' ? v : null;
    };
  }
  const from = read(expression.days.from);
  const to = read(expression.days.to);
  return (e) => {
    const a = localDay(from(e), timeZone);
    const b = localDay(to(e), timeZone);
    return a === null || b === null ? null : daysBetween(a, b);
  };
}

/** The calendar day of a day or an instant; null for anything else. */
export function localDay(value: Scalar | undefined, timeZone: string): string | null {
  if (typeof value !== 'string') return null;
  if (isDay(value)) return value;
  return INSTANT_TEXT.test(value) ? zone(timeZone).dayOf(Date.parse(value)) : null;
}
