import type { TrendInterval } from '../../contracts/index.ts';
import { QuestionError } from '../../errors.ts';
import { grainOf, HOUR_MS, zone, type Period } from '../../time/index.ts';

const MOST_ROWS = 1000;

/**
 * Where the rows of a trend begin, and where the last one ends: the calendar's own bounds in the
 * time zone, the first and the last row cut to the period.
 *
 * @param weekStart the ISO weekday a week begins with.
 * @throws QuestionError when there would be more than 1,000 rows.
 */
export function trendBounds(interval: TrendInterval, period: Period, timeZone: string, weekStart: number): number[] {
  const { startOf } = zone(timeZone);
  const end = startOf(period.to);
  const bounds: number[] = [];
  let day = period.from;
  for (let at = startOf(day); at < end;) {
    bounds.push(at);
    if (bounds.length > MOST_ROWS)
      throw new QuestionError(
        'invalid-question',
        `trend "${interval}" over ${period.text} has more than ${MOST_ROWS} rows: ask for longer intervals or a shorter period`,
      );
    if (interval === 'hour') at += HOUR_MS;
    else {
      day = grainOf(day, interval, { weekStart }).to;
      at = startOf(day);
    }
  }
  bounds.push(end);
  return bounds;
}
