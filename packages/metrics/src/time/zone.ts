import { Temporal } from 'temporal-polyfill';
import { QuestionError } from '../errors.ts';
import { dayNumber, dayOfNumber } from './day.ts';

/**
 * Days and instants of one reporting time zone. Days are `YYYY-MM-DD`, instants milliseconds since the epoch.
 * @public
 */
export interface Zone {
  readonly id: string;
  /** The first instant of a local day (not always 00:00: some days begin at 01:00). */
  startOf(day: string): number;
  /** The last millisecond of a local day. */
  endOf(day: string): number;
  /** The local day of an instant. */
  dayOf(ms: number): string;
  /** The offsets from UTC in force between two instants: each from `since` on, the first from ever. Milliseconds. */
  offsets(from: number, to: number): { since: number; offset: number }[];
}

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name.
 *
 * @throws QuestionError `invalid-time-zone`
 * @public
 */
export function zone(id: string): Zone {
  const known = zones.get(id);
  if (known !== undefined) return known;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id);
  } catch {
    throw new QuestionError(
      'invalid-time-zone',
      `time zone "${id}" is not known: use an IANA name such as Europe/Berlin or UTC`,
    );
  }
  const starts = new Map<string, number>();
  const startOf = (day: string): number => {
    let ms = starts.get(day);
    if (ms === undefined) {
      ms = Temporal.PlainDate.from(day).toZonedDateTime(id).epochMilliseconds;
      starts.set(day, ms);
    }
    return ms;
  };
  const made: Zone = {
    id,
    startOf,
    endOf: (day) => startOf(addDays(day, 1)) - 1,
    dayOf: (ms) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id).toPlainDate().toString(),
    offsets: (from, to) => {
      const found: { since: number; offset: number }[] = [];
      let moment: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(id);
      while (moment !== null && moment.epochMilliseconds <= to) {
        found.push({ since: moment.epochMilliseconds, offset: Math.round(moment.offsetNanoseconds / 1e6) });
        moment = moment.getTimeZoneTransition('next');
      }
      return found;
    },
  };
  zones.set(id, made);
  return made;
}

/** The calendar day so many days later (earlier when negative). @public */
export function addDays(day: string, days: number): string {
  return dayOfNumber(dayNumber(day) + days);
}

/** Calendar days from one day to another. @public */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** An instant as records write it: a date, a time and an offset. @public */
export const INSTANT_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a calendar day that exists. @public */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
