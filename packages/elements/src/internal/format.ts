import type { PeriodAnswer, Rate, Span } from '@sama/metrics/contracts';
import type { Words } from '../locale/index.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** A rate as it may be shown: below 10 in the denominator as counts, below 30 muted. */
export interface RateText {
  text: string;
  /** `39.0–40.4`, without the percent sign. */
  interval?: string;
  muted: boolean;
  spoken: string;
}

/** `last-90-days`, `FY26-Q1`, `2026-Q1`, `2026-W05`, `2026-07` or `2026`. */
const PERIOD = /^(?:last-(\d+)-days|(FY)?(\d{2,4})(?:-Q([1-4])|-W(\d\d)|-(0[1-9]|1[0-2]))?)$/;

/** Shared by all elements of a page: one costs as much to make as a thousand numbers to write. */
const numbers = new Map<string, { format: Intl.NumberFormat; texts: Map<number, string> }>();
const dates = new Map<string, Intl.DateTimeFormat>();
/** Texts of numbers that are kept for each format. */
const KEPT = 2000;

/** Numbers, dates and times in the reader's language and time zone. */
export class Formats {
  readonly #locale: string;
  /** Names of months stand among the words, so they are in their language. */
  readonly #dateLocale: string;
  readonly #timeZone: string;
  readonly #words: Words;

  constructor(locale: string, timeZone: string, words: Words) {
    this.#locale = locale;
    this.#dateLocale = locale.startsWith(words.tag) ? locale : words.tag;
    this.#timeZone = timeZone;
    this.#words = words;
  }

  /** `style` names the options. One number is asked for many times: shown, spoken, in the summary, and drawn again. */
  #number(value: number, style = '', options: Intl.NumberFormatOptions = {}): string {
    const key = this.#locale + style;
    let known = numbers.get(key);
    if (known === undefined)
      numbers.set(key, (known = { format: new Intl.NumberFormat(this.#locale, options), texts: new Map() }));
    let text = known.texts.get(value);
    if (text === undefined) {
      text = known.format.format(value).replace('-', '−');
      if (known.texts.size > KEPT) known.texts.clear();
      known.texts.set(value, text);
    }
    return text;
  }

  count(n: number): string {
    return this.#number(n);
  }

  /** A share as a percentage with so many decimals. */
  percent(share: number, digits: number): string {
    return this.#number(share, `%${digits}`, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  }

  /** A share times 100, without the sign of percent. */
  hundredths(share: number, digits: number): string {
    return this.#number(share * 100, `.${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  /** Minor units as money, shortened: €6.42M. */
  money(minor: number, currency: string): string {
    const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    const value = minor / 10 ** digits;
    return this.#number(value, currency, {
      style: 'currency',
      currency,
      notation: 'compact',
      maximumSignificantDigits: 3,
    });
  }

  rate(rate: Rate | undefined): RateText | null {
    if (rate === undefined || rate.value === null) return null;
    const { value, low, high, k, n } = rate;
    const of = this.#words.of(this.count(k), this.count(n));
    if (n < 10) return { text: of, muted: true, spoken: of };
    const digits = n < 100 ? 0 : 1;
    const [from, to] = [this.hundredths(low, digits), this.hundredths(high, digits)];
    const spoken = `${of}, ${this.#words.spokenPercent(this.hundredths(value, digits))}, ${this.#words.spokenInterval(from, to)}`;
    return { text: this.percent(value, digits), interval: `${from}–${to}`, muted: n < 30, spoken };
  }

  /** A time in words: `6 days`, `10 h`, `3 h 05`, `25 min`. */
  span(span: Span | undefined): string {
    if (span === undefined || span.value === null) return '';
    const ms = span.value;
    if (ms >= DAY) {
      const days = roundDays(ms);
      return this.#words.days(days, this.count(days));
    }
    return this.#withinDay(ms);
  }

  /** The same for a column headed “days”: the number alone, other units with their name. */
  days(span: Span | undefined): string {
    if (span === undefined || span.value === null) return '';
    return span.value >= DAY || span.value === 0 ? this.count(roundDays(span.value)) : this.#withinDay(span.value);
  }

  #withinDay(ms: number): string {
    const minutes = Math.round(ms / 60_000);
    if (minutes < 60) return this.#words.minutes(this.count(minutes));
    if (minutes >= 600) return this.#words.hours(this.count(Math.round(ms / HOUR)));
    const rest = this.#number(minutes % 60, '00', { minimumIntegerDigits: 2 });
    return this.#words.hoursMinutes(this.count(Math.floor(minutes / 60)), rest);
  }

  /** A day or moment, with its time when it has one and `time` is asked for. */
  date(iso: string | undefined, time = false): string {
    const at = Date.parse(iso ?? '');
    if (iso === undefined || Number.isNaN(at)) return iso ?? '';
    const day = iso.length === 10;
    const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
    return this.#dates({ ...DATE, ...(time && !day ? clock : {}) }, day ? 'UTC' : this.#timeZone).format(at);
  }

  #dates(style: Intl.DateTimeFormatOptions, timeZone = 'UTC'): Intl.DateTimeFormat {
    const options = { ...style, timeZone };
    const key = this.#dateLocale + JSON.stringify(options);
    try {
      const format = dates.get(key) ?? new Intl.DateTimeFormat(this.#dateLocale, options);
      dates.set(key, format);
      return format;
    } catch {
      return this.#dates(style);
    }
  }

  /** The name of a period: `Q1 2026`, `Jul 2026`, `the last 90 days`, `1 – 14 Jul 2026`. */
  period(period: Partial<PeriodAnswer> & { text: string }): string {
    const { text, from = '', to = '' } = period;
    const words = this.#words;
    const [, days, fiscal, year = '', quarter, week, month] = PERIOD.exec(text) ?? [];
    if (days) return words.lastDays(this.count(Number(days)));
    if (quarter) return words.quarter(this.count(Number(quarter)), fiscal ? fiscal + year : this.#year(year));
    if (!fiscal && year.length === 4) {
      if (week) return words.week(this.count(Number(week)), this.#year(year));
      return month ? this.#dates({ month: 'short', year: 'numeric' }).format(Date.parse(text)) : this.#year(year);
    }
    return Date.parse(from) < Date.parse(to) ? this.#range(from, to) : text;
  }

  #year(year: string): string {
    return this.#number(Number(year), 'year', { useGrouping: false });
  }

  /** Whole years, quarters and months by name; anything else from first to last day. */
  #range(from: string, to: string): string {
    const [year = '', month = '', day] = from.split('-');
    const length = (Number(to.slice(0, 4)) - Number(year)) * 12 + Number(to.slice(5, 7)) - Number(month);
    const first = Number(month) - 1;
    if (day === '01' && to.endsWith('-01')) {
      if (length === 12 && first === 0) return this.#year(year);
      if (length === 3 && first % 3 === 0) return this.#words.quarter(this.count(first / 3 + 1), this.#year(year));
      if (length === 1) return this.period({ text: `${year}-${month}` });
    }
    return this.#dates(DATE).formatRange(Date.parse(from), Date.parse(to) - DAY);
  }
}

const roundDays = (ms: number): number => (ms < 2.5 * DAY ? Math.round((ms / DAY) * 10) / 10 : Math.round(ms / DAY));
