import type { DateFormat, DecimalSign } from '@sama/metrics/contracts';

/** What a sample says of one column. @beta */
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
  /** The decimal signs by which every value is a number, both when the sample does not decide, and a value that has a sign. */
  decimals?: { signs: readonly DecimalSign[]; example: string };
  /** Whether a date has a time of day. */
  timed?: boolean;
}

const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/\d{4}([T ]\d{1,2}:\d{2}(:\d{2})?)?$/;
const DOTTED = /^\d{1,2}\.\d{1,2}\.\d{4}([T ]\d{1,2}:\d{2}(:\d{2})?)?$/;

/** Numbers by their decimal sign, the other sign between thousands; an import reads `amount` by the same rules. */
const NUMBERS: Record<DecimalSign, RegExp> = {
  '.': /^[+-]?(\d{1,13}|[1-9]\d{0,2}(,\d{3}){1,4})(\.\d{1,12})?$/,
  ',': /^[+-]?(\d{1,13}|[1-9]\d{0,2}(\.\d{3}){1,4})(,\d{1,12})?$/,
};

function decimalsOf(values: readonly string[]): ColumnProfile['decimals'] {
  const example = values.find((value) => /[.,]/.test(value));
  const signs = (['.', ','] as const).filter((sign) => values.every((value) => NUMBERS[sign].test(value)));
  return example === undefined || signs.length === 0 ? undefined : { signs, example };
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

/** The profile of one column from its sampled values; empty text counts as no value. @beta */
export function profileColumn(name: string, raw: readonly (string | null)[]): ColumnProfile {
  const values = raw.flatMap((value) => (value === null || value.trim() === '' ? [] : [value.trim()]));
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const formats = values.length === 0 ? [] : dateFormats(values);
  const decimals = formats.length > 0 ? undefined : decimalsOf(values);
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
    ...(decimals === undefined ? {} : { decimals }),
    ...(formats.length > 0
      ? { dateFormats: formats, timed: values.some((value) => value.includes(':')) || formats[0] === 'epoch-ms' }
      : {}),
  };
}

/**
 * What nobody can tell of a column's numbers, with the remedy: every sign in it has three digits after
 * it, and may stand before the decimals or between thousands, which is the better guess for money.
 * @param place the part of the mapping that says what the sign is.
 * @beta
 */
export function openDecimals(
  { name, decimals }: ColumnProfile,
  place = 'amount',
): { reason: string; guess: DecimalSign } | undefined {
  if (decimals?.signs.length !== 2) return undefined;
  const { example } = decimals;
  const [guess, other] = example.includes('.') ? ([',', '.'] as const) : (['.', ','] as const);
  const whole = example.replace(/[.,]/, '');
  return {
    guess,
    reason: `"${name}": "${example}" can be read as ${whole} or ${example.replace(',', '.')}; set "decimal" in "${place}" to "${guess}" for the first or "${other}" for the second`,
  };
}

/** The day of a date written with slashes, as `2026-04-03`. */
export function isoDay(text: string, format: DateFormat): string {
  const [first = '', second = '', year = ''] = text.split(/[/T ]/);
  const [day, month] = format === 'mm/dd/yyyy' ? [second, first] : [first, second];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
