import type { Expression, Scalar } from '../contracts/index.ts';
import type { FieldReader } from '../criteria/index.ts';
import { dayNumber, dayOfNumber } from '../time/day.ts';
import { DAY_MS, INSTANT_TEXT, isDay, zone } from '../time/index.ts';

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
  const localDay = localDays(timeZone);
  return (e) => {
    const a = localDay(from(e));
    const b = a === null ? null : localDay(to(e));
    return a === null || b === null ? null : b - a;
  };
}

/**
 * The local day of a day or an instant, as days since 1970; null for anything else. Asks the calendar once for each day
 * instead of once for each instant, which is a hundred times as dear.
 */
export function localDays(timeZone: string): (value: Scalar | undefined) => number | null {
  const { startOf } = zone(timeZone);
  const starts = new Map<number, number>();
  const start = (day: number): number => {
    let ms = starts.get(day);
    if (ms === undefined) {
      ms = startOf(dayOfNumber(day));
      starts.set(day, ms);
    }
    return ms;
  };
  return (value) => {
    if (typeof value !== 'string') return null;
    if (isDay(value)) return dayNumber(value);
    if (!INSTANT_TEXT.test(value)) return null;
    const ms = Date.parse(value);
    if (Number.isNaN(ms)) return null;
    let day = Math.floor(ms / DAY_MS);
    while (ms < start(day)) day -= 1;
    while (ms >= start(day + 1)) day += 1;
    return day;
  };
}
