import type { PeriodAnswer, Span } from '@sama/metrics/contracts';
import type { TimeWords } from '../locale/en/times.ts';
import { Counts, DATE } from './counts.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** `last-90-days`, `FY26-Q1`, `2026-Q1`, `2026-W05`, `2026-07` or `2026`. */
const PERIOD = /^(?:last-(\d+)-days|(FY)?(\d{2,4})(?:-Q([1-4])|-W(\d\d)|-(0[1-9]|1[0-2]))?)$/;

/** Numbers, money, dates, times and periods in the reader's language and time zone. */
export class Formats extends Counts<TimeWords> {
  /** Minor units as money, shortened: €6.42M. */
  money(minor: number, currency: string): string {
    const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    const value = minor / 10 ** digits;
    return this.number(value, currency, {
      style: 'currency',
      currency,
      notation: 'compact',
      maximumSignificantDigits: 3,
    });
  }

  /** A time in words: `6 days`, `10 h`, `3 h 05`, `25 min`. */
  span(span: Span | undefined): string {
    if (span === undefined || span.value === null) return '';
    const ms = span.value;
    if (ms >= DAY) {
      const days = roundDays(ms);
      return this.words.days(days, this.count(days));
    }
    return this.#withinDay(ms);
  }

  #withinDay(ms: number): string {
    const minutes = Math.round(ms / 60_000);
    if (minutes < 60) return this.words.minutes(this.count(minutes));
    if (minutes >= 600) return this.words.hours(this.count(Math.round(ms / HOUR)));
    const rest = this.number(minutes % 60, '00', { minimumIntegerDigits: 2 });
    return this.words.hoursMinutes(this.count(Math.floor(minutes / 60)), rest);
  }

  /** The name of a period: `Q1 2026`, `Jul 2026`, `the last 90 days`, `1 – 14 Jul 2026`. */
  period(period: Partial<PeriodAnswer> & { text: string }): string {
    const { text, from = '', to = '' } = period;
    const words = this.words;
    const [, days, fiscal, year = '', quarter, week, month] = PERIOD.exec(text) ?? [];
    if (days) return words.lastDays(this.count(Number(days)));
    if (quarter) return words.quarter(this.count(Number(quarter)), fiscal ? fiscal + year : this.#year(year));
    if (!fiscal && year.length === 4) {
      if (week) return words.week(this.count(Number(week)), this.#year(year));
      return month ? this.dates({ month: 'short', year: 'numeric' }).format(Date.parse(text)) : this.#year(year);
    }
    return Date.parse(from) < Date.parse(to) ? this.#range(from, to) : text;
  }

  #year(year: string): string {
    return this.number(Number(year), 'year', { useGrouping: false });
  }

  /** Whole years, quarters and months by name; anything else from first to last day. */
  #range(from: string, to: string): string {
    const [year = '', month = '', day] = from.split('-');
    const length = (Number(to.slice(0, 4)) - Number(year)) * 12 + Number(to.slice(5, 7)) - Number(month);
    const first = Number(month) - 1;
    if (day === '01' && to.endsWith('-01')) {
      if (length === 12 && first === 0) return this.#year(year);
      if (length === 3 && first % 3 === 0) return this.words.quarter(this.count(first / 3 + 1), this.#year(year));
      if (length === 1) return this.period({ text: `${year}-${month}` });
    }
    return this.dates(DATE).formatRange(Date.parse(from), Date.parse(to) - DAY);
  }
}

/** A time for a column headed “days”: the number alone, other units with their name. */
export const daysText = (span: Span | undefined, f: Formats): string =>
  span?.value === 0 || (span?.value ?? 0) >= DAY ? f.count(roundDays(span?.value ?? 0)) : f.span(span);

const roundDays = (ms: number): number => (ms < 2.5 * DAY ? Math.round((ms / DAY) * 10) / 10 : Math.round(ms / DAY));
