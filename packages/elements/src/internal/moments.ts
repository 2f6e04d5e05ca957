import type { Words } from '../locale/index.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const NEAR_DAYS = 6;

/** Formats of the browser by what they were made from: to make one costs as much as a thousand texts. */
const made = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.NumberFormat>();

const isZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Instants as people say them, in one language and time zone: today by the clock, near days by name. */
export class Moments {
  readonly timeZone: string;
  readonly #locale: string;

  /** @param timeZone IANA name; one that the browser does not know is UTC */
  constructor(locale: string, timeZone: string, { tag }: Pick<Words, 'tag'>) {
    // Names of months and days stand among the words, so they are in their language.
    this.#locale = locale.startsWith(tag) ? locale : tag;
    this.timeZone = isZone(timeZone) ? timeZone : 'UTC';
  }

  #dates(key: string, options: Intl.DateTimeFormatOptions, zone: string, locale = this.#locale): Intl.DateTimeFormat {
    const name = `${locale} ${zone} ${key}`;
    const known = made.get(name);
    if (known instanceof Intl.DateTimeFormat) return known;
    // To look at a time zone costs as much as to make a format: once for each.
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: isZone(zone) ? zone : 'UTC' });
    made.set(name, format);
    return format;
  }

  #relative(n: number, unit: Intl.RelativeTimeFormatUnit, style: 'long' | 'narrow' = 'long'): string {
    const name = `${this.#locale} ${style}`;
    const known = made.get(name);
    const format =
      known instanceof Intl.RelativeTimeFormat
        ? known
        : new Intl.RelativeTimeFormat(this.#locale, { numeric: 'auto', style });
    made.set(name, format);
    return format.format(n, unit);
  }

  #unit(n: number, unit: string, unitDisplay: 'long' | 'short'): string {
    const name = `${this.#locale} ${unit} ${unitDisplay}`;
    const known = made.get(name);
    const format =
      known instanceof Intl.NumberFormat
        ? known
        : new Intl.NumberFormat(this.#locale, { style: 'unit', unit, unitDisplay });
    made.set(name, format);
    return format.format(n);
  }

  /** `16:30`, in this time zone or another. */
  time(ms: number, zone = this.timeZone): string {
    const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return this.#dates('time', options, zone).format(ms);
  }

  /** Days from one instant to another by the calendar: tomorrow is 1, whatever the hour. */
  #daysTo(ms: number, now: number): number {
    const day = (at: number) =>
      Date.parse(this.#dates('day', { dateStyle: 'short' }, this.timeZone, 'sv-SE').format(at)) / DAY;
    return day(ms) - day(now);
  }

  /** `today`, `yesterday`, `2 days ago`, `9 June`. */
  day(ms: number, now: number): string {
    const days = this.#daysTo(ms, now);
    return Math.abs(days) <= NEAR_DAYS ? this.#relative(days, 'day') : this.date(ms, now);
  }

  /** `9 June`, with the year where it is another one. */
  date(ms: number, now: number): string {
    const far = Math.abs(ms - now) > 300 * DAY;
    const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
    return this.#dates(`date ${far}`, far ? { ...day, year: 'numeric' } : day, this.timeZone).format(ms);
  }

  /** `16:30` today, `tomorrow 10:00`, `9 Jun 10:00`. */
  at(ms: number, now: number): string {
    const days = this.#daysTo(ms, now);
    if (days === 0) return this.time(ms);
    const day = Math.abs(days) === 1 ? this.#relative(days, 'day') : this.date(ms, now);
    return `${day} ${this.time(ms)}`;
  }

  /** `4s ago`, `25 minutes ago`, `3 hours ago`, `yesterday`, `9 June`. A day without a time is only a day. */
  ago(iso: string, now: number): string {
    if (iso.length === 10) return this.day(Date.parse(`${iso}T12:00:00Z`), now);
    const ms = Date.parse(iso);
    const passed = now - ms;
    if (Number.isNaN(passed)) return '';
    if (passed < MINUTE) return this.#relative(-Math.max(0, Math.floor(passed / 1000)), 'second', 'narrow');
    if (passed < HOUR) return this.#relative(-Math.floor(passed / MINUTE), 'minute');
    if (passed < 12 * HOUR) return this.#relative(-Math.floor(passed / HOUR), 'hour');
    return this.day(ms, now);
  }

  /** `38 min`, `3 hr 5 min`, `2 days`: never nothing. */
  span(ms: number, display: 'long' | 'short' = 'short'): string {
    const minutes = Math.max(1, Math.round(ms / MINUTE));
    if (minutes < 60) return this.#unit(minutes, 'minute', display);
    const hours = Math.floor(minutes / 60);
    if (hours >= 48) return this.#unit(Math.floor(hours / 24), 'day', 'long');
    const rest = minutes % 60;
    const whole = this.#unit(hours, 'hour', display);
    return rest === 0 || hours >= 10 ? whole : `${whole} ${this.#unit(rest, 'minute', display)}`;
  }
}
