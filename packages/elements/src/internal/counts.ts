/** How a day is written. */
export const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** Shared by all elements of a page: one costs as much to make as a thousand numbers to write. */
const numbers = new Map<string, Intl.NumberFormat>();
const known = new Map<string, Intl.DateTimeFormat>();

/** Words that say their language. */
type Tagged = { readonly tag: string };

/** Counts, shares and dates in the reader's language and time zone. */
export class Counts<Words extends Tagged = Tagged> {
  readonly #locale: string;
  /** Names of months stand among the words, so they are in their language. */
  readonly #dateLocale: string;
  readonly #timeZone: string;
  protected readonly words: Words;

  constructor(locale: string, timeZone: string, words: Words) {
    this.#locale = locale;
    this.#dateLocale = locale.startsWith(words.tag) ? locale : words.tag;
    this.#timeZone = timeZone;
    this.words = words;
  }

  /** `style` names the options. */
  protected number(value: number, style = '', options: Intl.NumberFormatOptions = {}): string {
    const key = this.#locale + style;
    const format = numbers.get(key) ?? new Intl.NumberFormat(this.#locale, options);
    numbers.set(key, format);
    return format.format(value).replace('-', '−');
  }

  count(n: number): string {
    return this.number(n);
  }

  /** A share as a percentage with so many decimals. */
  percent(share: number, digits: number): string {
    return this.number(share, `%${digits}`, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  }

  /** A share times 100, without the sign of percent. */
  hundredths(share: number, digits: number): string {
    return this.number(share * 100, `.${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  /** A day or moment, with its time when it has one and `time` is asked for. */
  date(iso: string | undefined, time = false): string {
    const at = Date.parse(iso ?? '');
    if (iso === undefined || Number.isNaN(at)) return iso ?? '';
    const day = iso.length === 10;
    const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
    return this.dates({ ...DATE, ...(time && !day ? clock : {}) }, day ? 'UTC' : this.#timeZone).format(at);
  }

  protected dates(style: Intl.DateTimeFormatOptions, timeZone = 'UTC'): Intl.DateTimeFormat {
    const options = { ...style, timeZone };
    const key = this.#dateLocale + JSON.stringify(options);
    try {
      const format = known.get(key) ?? new Intl.DateTimeFormat(this.#dateLocale, options);
      known.set(key, format);
      return format;
    } catch {
      return this.dates(style);
    }
  }
}
