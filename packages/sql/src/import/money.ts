import type { DecimalSign } from '@sama/metrics/contracts';
import { text } from './quote.ts';

/** Digits after the decimal point, where they are not two (ISO 4217, 2024). */
const DIGITS: Record<number, readonly string[]> = {
  0: [
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'UYI',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ],
  3: ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'],
  4: ['CLF', 'UYW'],
};

/** Digits after the decimal point of a currency known when the mapping is compiled. */
export function currencyDigits(currency: string): number {
  for (const [digits, codes] of Object.entries(DIGITS)) if (codes.includes(currency)) return Number(digits);
  return 2;
}

/**
 * SQL of how many minor units one major unit has, by the SQL of a currency code of three letters;
 * other codes are refused. One search in a text is far cheaper than a list of comparisons.
 */
export function minorUnitsSql(currency: string): string {
  const cases = Object.entries(DIGITS).map(
    ([digits, codes]) => `WHEN contains(${text(codes.join(' '))}, ${currency}) THEN ${10 ** Number(digits)}`,
  );
  return `CASE ${cases.join(' ')} ELSE 100 END`;
}

/**
 * SQL of a number as written, brought to `-1234.5`; null when it is no number. Without a decimal
 * sign a comma is read only where it can mean one thing: `1234,50`, `1,234.50`, `1.234,50`;
 * `1,234` is refused.
 */
export function numberSql(raw: string, decimal?: DecimalSign): string {
  const shape = (pattern: string): string => `regexp_full_match(${raw}, ${text(pattern)})`;
  if (decimal !== undefined) {
    const [point, group] = decimal === '.' ? [String.raw`\.`, ','] : [',', String.raw`\.`];
    const bare = `replace(${raw}, ${text(decimal === '.' ? ',' : '.')}, '')`;
    return (
      `CASE WHEN ${shape(String.raw`[+-]?(\d{1,13}|[1-9]\d{0,2}(${group}\d{3}){1,4})(${point}\d{1,12})?`)} ` +
      `THEN ${decimal === '.' ? bare : `replace(${bare}, ',', '.')`} END`
    );
  }
  return (
    `CASE WHEN ${shape(String.raw`[+-]?\d{1,13}(\.\d{1,12})?`)} THEN ${raw} ` +
    `WHEN NOT contains(${raw}, ',') THEN NULL ` +
    `WHEN ${shape(String.raw`[+-]?\d{1,13},\d{1,2}`)} THEN replace(${raw}, ',', '.') ` +
    `WHEN ${shape(String.raw`[+-]?\d{1,3}(,\d{3}){1,3}\.\d{1,12}`)} THEN replace(${raw}, ',', '') ` +
    `WHEN ${shape(String.raw`[+-]?\d{1,3}(\.\d{3}){1,3},\d{1,12}`)} THEN replace(replace(${raw}, '.', ''), ',', '.') END`
  );
}

/** SQL of a number with decimals times a whole factor, exactly; null for a whole number. */
export function exactSql(number: string, factor: string): string {
  const times = (decimal: string): string => `TRY_CAST(${number} AS ${decimal}) * ${factor}`;
  // Four decimals fit a decimal of 64 bits, which is read twenty times as fast as a wider one.
  return (
    `CASE WHEN NOT contains(${number}, '.') THEN NULL ` +
    `WHEN strlen(${number}) - strpos(${number}, '.') <= 4 THEN ${times('DECIMAL(18, 4)')} ELSE ${times('DECIMAL(28, 12)')} END`
  );
}

/** SQL of a number times a whole factor, rounded half away from zero; `exact` is its `exactSql`. */
export function minorSql(number: string, exact: string, factor: string): string {
  return (
    `CASE WHEN NOT contains(${number}, '.') THEN TRY_CAST(${number} AS BIGINT) * ${factor} ` +
    `ELSE CAST(round(${exact}) AS BIGINT) END`
  );
}

/** SQL of whether `minorSql` loses a part of the number. */
export function roundedSql(exact: string): string {
  return `coalesce(round(${exact}) <> ${exact}, false)`;
}
