import type { KpiFigure, KpiTile, KpiUnit } from '@sama/metrics/contracts';
import type { Formats } from '../internal/format.ts';
import type { ScorecardWords } from '../locale/index.ts';

/** A number and what stands small beside it. */
export interface FigureText {
  value: string;
  unit: string;
}

type Facts = Pick<KpiTile, 'unit' | 'currency' | 'grain' | 'additivity'>;

const MINUTE = 60_000;
/** Up to two hours minutes are read more easily. */
const MINUTES = 120;

/** With at most one decimal. */
const tenths = (value: number): number => Math.round(value * 10) / 10;
const tenth = (value: number, f: Formats): string => f.count(tenths(value));

/** How many decimals a share deserves: none with few behind it, or where there are none. */
const digitsOf = (share: number, n: number | undefined): 0 | 1 =>
  (n !== undefined && n < 100) || Math.abs(share * 100 - Math.round(share * 100)) < 1e-9 ? 0 : 1;

/** A value in its unit, in two parts. `n` is what a share rests on: below 10 there is no percentage. */
function figureText(value: number, facts: Facts, f: Formats, t: ScorecardWords, n?: number): FigureText {
  const { unit, currency, grain = '' } = facts;
  switch (unit) {
    case 'count':
      return { value: f.count(Math.round(value)), unit: t.nouns[grain]?.(Math.round(value)) ?? '' };
    case 'share': {
      const digits = n === undefined ? digitsOf(value, n) : n < 100 ? 0 : 1;
      const number = f.hundredths(value, digits);
      return { value: number, unit: f.percent(value, digits).replace(number, '').replace('−', '').trim() };
    }
    case 'difference':
      return { value: f.hundredths(value, 1), unit: t.pointsUnit };
    case 'currency':
    case 'currency/day':
      return {
        value: currency === undefined ? f.count(value) : f.money(value, currency),
        unit: unit === 'currency' ? '' : t.aDay,
      };
    case 'minutes':
      return value < MINUTES
        ? { value: f.count(Math.round(value)), unit: t.minutesUnit }
        : { value: f.span({ value: value * MINUTE }), unit: '' };
    case 'days':
      return { value: tenth(value, f), unit: t.daysUnit(tenths(value)) };
    default: {
      const names = {
        months: t.monthsUnit(tenths(value)),
        points: t.pointsUnit,
        index: t.indexUnit,
        ratio: t.timesUnit,
        number: '',
      };
      return { value: tenth(value, f), unit: names[unit] };
    }
  }
}

/** The same in one piece: `69.8%`, `42 min`, `€6.42M`. */
export function figureWords(value: number, facts: Facts, f: Formats, t: ScorecardWords, n?: number): string {
  if (facts.unit === 'share') return f.percent(value, n === undefined ? digitsOf(value, n) : n < 100 ? 0 : 1);
  const text = figureText(value, facts, f, t, n);
  const unit = facts.unit === 'count' ? '' : text.unit;
  return facts.unit === 'ratio' || unit === '' ? text.value + unit : `${text.value} ${unit}`;
}

/** Below 10 in the denominator a share is shown as counts only. */
export const isSmall = (unit: KpiUnit, { numerator, denominator, n }: KpiTile['value']): boolean =>
  unit === 'share' && (denominator ?? n ?? Infinity) < 10 && numerator !== undefined;

/** The value of a tile with all that its size and kind ask for. */
export function tileFigure(tile: KpiTile, value: KpiTile['value'], f: Formats, t: ScorecardWords): FigureText {
  const { result, numerator = 0, denominator, n } = value;
  const of = denominator ?? n;
  if (result.value === null) return { value: aboveText(tile, result, f, t) ?? '–', unit: '' };
  if (isSmall(tile.unit, value)) return { value: t.of(f.count(numerator), f.count(of ?? 0)), unit: '' };
  const text = figureText(result.value, tile, f, t, tile.unit === 'share' ? of : undefined);
  // Those of the catalogue are medians; of a company's own formula its name says what it is.
  return tile.additivity === 'quantile' && tile.kpi !== undefined ? { ...text, unit: t.medianUnit(text.unit) } : text;
}

function aboveText(
  tile: KpiTile,
  result: Extract<KpiFigure, { value: null }>,
  f: Formats,
  t: ScorecardWords,
): string | undefined {
  return result.above === undefined ? undefined : t.moreThan(figureWords(result.above, tile, f, t));
}
