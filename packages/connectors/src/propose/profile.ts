import type { DateFormat } from '@sama/metrics/contracts';

/** What a sample says of one column. */
export interface ColumnProfile {
  name: string;
  type: 'integer' | 'number' | 'boolean' | 'date' | 'text' | 'empty';
  /** Sampled rows with a value. */
  filled: number;
  sampled: number;
  /** No value occurs twice. */
  unique: boolean;
  /** Distinct values, most frequent first; at most 40. */
  values: { value: string; count: number }[];
  /** The ways the dates of a date column may be written; more than one when the sample does not decide. */
  dateFormats?: DateFormat[];
  /** Every value reads as an amount, though thousands are separated or the decimal sign is a comma. */
  written?: boolean;
  /** Whether a date has a time of day. */
  timed?: boolean;
}

const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/\d{4}([T ]\d{1,2}:\d{2}(:\d{2})?)?$/;
const DOTTED = /^\d{1,2}\.\d{1,2}\.\d{4}([T ]\d{1,2}:\d{2}(:\d{2})?)?$/;

/** An amount with a comma, where that can mean one thing; an import reads `amount` by the same rules. */
const AMOUNT =
  /^[+-]?(\d{1,13}(\.\d{1,12})?|\d{1,13},\d{1,2}|\d{1,3}(,\d{3}){1,3}\.\d{1,12}|\d{1,3}(\.\d{3}){1,3},\d{1,12})$/;

/**
 * Whether texts are amounts. Beside `1.234,50` a `1.234` would be read as a little more than one,
 * so a column that has both is left to a person.
 */
function areAmounts(values: readonly string[]): boolean {
  const decimalComma = values.some((value) => /,\d{1,2}$/.test(value) && AMOUNT.test(value));
  return values.every((value) => AMOUNT.test(value) && !(decimalComma && /^[^,]*\.\d{3}$/.test(value)));
}

function dateFormats(values: readonly string[]): DateFormat[] {
  if (values.every((value) => ISO.test(value))) return ['iso'];
  if (values.every((value) => DOTTED.test(value))) return ['dd.mm.yyyy'];
  const parts = values.map((value) => SLASHED.exec(value));
  if (parts.every((part) => part !== null)) {
    const dayFirst = parts.every((part) => Number(part[2]) <= 12);
    const monthFirst = parts.every((part) => Number(part[1]) <= 12);
    return [...(dayFirst ? (['dd/mm/yyyy'] as const) : []), ...(monthFirst ? (['mm/dd/yyyy'] as const) : [])];
  }
  // Between 2001 and 2033, so that ordinary numbers are not taken for time.
  if (values.every((value) => /^\d{13}$/.test(value) && value < '2000000000000')) return ['epoch-ms'];
  if (values.every((value) => /^1\d{9}$/.test(value))) return ['epoch-s'];
  return [];
}

/** The profile of one column from its sampled values; empty text counts as no value. */
export function profileColumn(name: string, raw: readonly (string | null)[]): ColumnProfile {
  const values = raw.flatMap((value) => (value === null || value.trim() === '' ? [] : [value.trim()]));
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const formats = values.length === 0 ? [] : dateFormats(values);
  const every = (test: RegExp): boolean => values.every((value) => test.test(value));
  const type =
    values.length === 0
      ? 'empty'
      : formats.length > 0
        ? 'date'
        : every(/^(true|false)$/i)
          ? 'boolean'
          : every(/^-?\d{1,15}$/)
            ? 'integer'
            : every(/^-?\d+(\.\d+)?$/)
              ? 'number'
              : 'text';
  return {
    name,
    type,
    filled: values.length,
    sampled: raw.length,
    unique: counts.size === values.length && values.length > 1,
    values: [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, 40),
    ...(type === 'text' && areAmounts(values) ? { written: true } : {}),
    ...(formats.length > 0
      ? { dateFormats: formats, timed: values.some((value) => value.includes(':')) || formats[0] === 'epoch-ms' }
      : {}),
  };
}

/** The day of a date written with slashes, as `2026-04-03`. */
export function isoDay(text: string, format: DateFormat): string {
  const [first = '', second = '', year = ''] = text.split(/[/T ]/);
  const [day, month] = format === 'mm/dd/yyyy' ? [second, first] : [first, second];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
