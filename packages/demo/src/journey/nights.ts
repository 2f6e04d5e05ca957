import { dayText } from '../time/berlin.ts';

/** A lead and an MQL in the night the clocks change, as a source with local offsets writes them. */
export interface Night {
  lead: string;
  mql: string;
  /** Real minutes between them; undefined where the lead has a date only. */
  elapsedMinutes: number | undefined;
  /** What makes the pair worth telling. */
  why: string;
}

/** The night without an hour: 02:00 to 03:00 does not exist. */
export function springNights(day: number): readonly Night[] {
  const date = dayText(day);
  return [
    { lead: `${date}T00:15:00+01:00`, mql: `${date}T01:45:00+01:00`, elapsedMinutes: 90, why: 'before the change' },
    {
      lead: `${date}T01:30:00+01:00`,
      mql: `${date}T03:15:00+02:00`,
      elapsedMinutes: 45,
      why: 'across the change: 1 h 45 on the wall, 45 minutes in fact',
    },
    {
      lead: `${date}T02:30:00+01:00`,
      mql: `${date}T03:45:00+02:00`,
      elapsedMinutes: 15,
      why: 'a source that missed the change writes 02:30, an hour that does not exist: it is 03:30',
    },
    { lead: date, mql: `${date}T03:00:00+02:00`, elapsedMinutes: undefined, why: 'a day of 23 hours without a time' },
  ];
}

/** The night with an hour twice: 02:00 to 03:00 comes first in summer time, then in winter time. */
export function autumnNights(day: number): readonly Night[] {
  const date = dayText(day);
  return [
    {
      lead: `${date}T02:30:00+02:00`,
      mql: `${date}T02:30:00+01:00`,
      elapsedMinutes: 60,
      why: 'the same wall-clock time an hour later',
    },
    {
      lead: `${date}T02:45:00+02:00`,
      mql: `${date}T02:15:00+01:00`,
      elapsedMinutes: 30,
      why: 'the wall clock runs backwards, time does not',
    },
    {
      lead: `${date}T00:30:00+02:00`,
      mql: `${date}T03:30:00+01:00`,
      elapsedMinutes: 240,
      why: 'across the change: 3 hours on the wall, 4 in fact',
    },
    { lead: date, mql: `${date}T02:59:59+01:00`, elapsedMinutes: undefined, why: 'a day of 25 hours without a time' },
  ];
}
