import type {
  Additivity,
  Aggregate,
  KpiFigure,
  KpiFormula,
  KpiUnit,
  KpiValue,
  Measure,
} from '../../contracts/index.ts';
import { beside, nothing, quantileOf, shareValue, spreadOf, valueOf } from '../figure.ts';
import type { Asker } from './asker.ts';
import type { RecordStatistics } from './plan.ts';
import { totalOf } from './sources.ts';
import { sourceOf } from './tally.ts';

type OwnFormula = Exclude<KpiFormula, { kpi: string }>;

/** What a formula of a company's own is. */
export function ownFacts(formula: OwnFormula): { unit: KpiUnit; additivity: Additivity } {
  if ('ratio' in formula) return { unit: 'share', additivity: 'ratio' };
  const { value, aggregates } = formula.measure;
  const [first] = aggregates;
  const unit: KpiUnit =
    value === undefined || first === 'count'
      ? 'count'
      : 'days' in value
        ? 'days'
        : value.field === 'amount'
          ? 'currency'
          : 'number';
  const adds = first === 'count' || first === 'sum';
  const additivity = !adds ? (first === 'mean' ? 'ratio' : 'quantile') : formula.during === undefined ? 'stock' : 'sum';
  return { unit, additivity };
}

/** The value of a formula of a company's own. */
export async function ownValue(
  formula: OwnFormula,
  { tally, scope, filter }: Asker,
): Promise<{ value: KpiValue; currencies: readonly string[] }> {
  const { during } = formula;
  if ('ratio' in formula) {
    const [k, n] = await Promise.all(
      [formula.ratio.numerator, formula.ratio.denominator].map((measure) =>
        tally.records(sourceOf(measure, during), 'sums', scope, filter),
      ),
    );
    return { value: shareValue(k?.records ?? 0, n?.records ?? 0), currencies: [] };
  }
  const { measure } = formula;
  const single = measure.aggregates.some((one) => one !== 'count' && one !== 'sum' && one !== 'mean');
  const source = sourceOf(measure, during);
  const statistics = await tally.records(source, single ? 'values' : 'sums', scope, filter);
  const { sum, n, values, currencies } = totalOf(source, statistics);
  const spread = spreadOf(values);
  const figures = measure.aggregates.map((aggregate) => ({
    key: nameOf(aggregate),
    unit: ownFacts({ measure: { ...measure, aggregates: [aggregate] } }).unit,
    result: figureOf(aggregate, { measure, records: statistics.records, sum, n, spread }),
  }));
  const [first, ...rest] = figures;
  const value = valueOf(first?.result ?? nothing('insufficient-data'), {
    ...(measure.aggregates[0] === 'mean' ? varianceOf(statistics, n, sum) : {}),
    n: measure.value === undefined ? statistics.records : n,
    also: rest.map(({ key, unit, result }) => beside(key, unit, result)),
  });
  return { value, currencies };
}

/** The variance from n, Σx and Σx². */
function varianceOf({ sums }: RecordStatistics, n: number, sum: number): { variance?: number } {
  if (n < 2) return {};
  const squares = sums.reduce((total, one) => total + one.squares, 0);
  return { variance: Math.max(0, (squares - (sum * sum) / n) / (n - 1)) };
}

const nameOf = (aggregate: Aggregate): string =>
  typeof aggregate === 'string' ? aggregate : `p${Number((aggregate.quantile * 100).toFixed(6))}`;

function figureOf(
  aggregate: Aggregate,
  all: { measure: Measure; records: number; sum: number; n: number; spread: ReturnType<typeof spreadOf> },
): KpiFigure {
  const { measure, records, sum, n, spread } = all;
  if (aggregate === 'count') return { value: measure.value === undefined ? records : n };
  if (measure.value === undefined) return nothing('no-value');
  if (aggregate === 'sum') return { value: sum };
  if (aggregate === 'mean') return n === 0 ? nothing('insufficient-data') : { value: sum / n };
  const p = typeof aggregate === 'object' ? aggregate.quantile : { median: 0.5, min: 0, max: 1 }[aggregate];
  return quantileOf(spread, p);
}
