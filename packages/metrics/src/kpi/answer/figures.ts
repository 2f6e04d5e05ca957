import type { KpiSource } from '../../contracts/index.ts';
import { monthsBefore } from '../../time/day.ts';
import { addDays, zone } from '../../time/index.ts';
import { ratesOf, type Reporting } from '../exchange.ts';
import type { InputKind } from '../inputs.ts';
import type { FigureRow } from './plan.ts';
import type { Asker, Found } from './asker.ts';

type FigureSource = Extract<KpiSource, { figure: string }>;

/**
 * A supplied figure in a scope. Figures are of the whole: a part of the records has none. Those of the period are added
 * up; one that reaches beyond it cannot be divided and is left out, and days without a figure make the input partial.
 */
export async function readFigure(
  kind: InputKind,
  source: FigureSource,
  { tally, scope, filter, reporting }: Asker,
): Promise<Found> {
  const inPeriod = scope.period !== undefined;
  if (filter !== undefined) return { value: null, reason: 'whole-only', inPeriod };
  const tomorrow = addDays(zone(scope.timeZone).dayOf(scope.asOf), 1);
  const { lag } = source;
  const end = earlier(scope.period?.to ?? tomorrow, lag);
  const to = end > tomorrow ? tomorrow : end;
  const from = scope.period && earlier(scope.period.from, lag);
  const at = source.at ?? (kind === 'factor' ? 'end' : 'period');
  const days = at === 'period' ? { from, to: end } : dayOf(at, from, to);
  const all = await tally.figures(
    { name: source.figure, ...(days.from === undefined ? {} : { from: days.from }), to: days.to },
    scope,
  );
  const whole = at === 'period' ? all.filter((row) => inside(row, days)) : all;
  const rows = inReported(partOf(kind, source, whole), reporting);
  if (rows.length === 0) return { value: null, reason: 'missing-input', inPeriod };
  const currencies = [...new Set(rows.flatMap(({ currency }) => currency ?? []))];
  const partial = at === 'period' && (whole.length < all.length || !covers(rows, from, to));
  const rest = {
    inPeriod,
    ...(currencies.length === 0 ? {} : { currencies }),
    ...(partial ? { flags: ['partial'] as const } : {}),
  };
  if (kind === 'series' || kind === 'tally' || kind === 'weights') return { value: bySegment(rows), ...rest };
  // An average of segments is nobody's: it needs one figure.
  if (kind === 'factor' && rows.length > 1) return { value: null, reason: 'missing-input', inPeriod };
  return { value: rows.reduce((sum, { value }) => sum + value, 0), ...rest };
}

/** A day as much earlier as a source lags behind. */
function earlier(day: string, lag: FigureSource['lag']): string {
  if (lag === undefined) return day;
  return 'months' in lag ? monthsBefore(day, lag.months) : addDays(day, -lag.days);
}

function dayOf(at: 'start' | 'end', from: string | undefined, to: string): { from?: string | undefined; to: string } {
  const day = at === 'start' && from !== undefined ? from : addDays(to, -1);
  return { from: day, to: addDays(day, 1) };
}

const inside = (row: FigureRow, { from, to }: { from?: string | undefined; to: string }): boolean =>
  (from === undefined || row.from >= from) && row.to <= to;

/** Those of the segment asked for; without one the figures of the whole, else those of all segments. */
function partOf(kind: InputKind, { segment }: FigureSource, rows: readonly FigureRow[]): readonly FigureRow[] {
  if (segment !== undefined) return rows.filter((row) => row.segment === segment);
  if (kind === 'series') return rows.filter((row) => row.segment !== undefined);
  const whole = rows.filter((row) => row.segment === undefined);
  return whole.length > 0 ? whole : rows;
}

/** In the reported currency, at the rate of the last day of each; as they are where one has no rate. */
function inReported(rows: readonly FigureRow[], reporting: Reporting | undefined): readonly FigureRow[] {
  if (reporting === undefined || !rows.some(({ currency }) => currency !== undefined)) return rows;
  const money = rows.map(({ currency, to }) => ({ currency: currency ?? null, day: addDays(to, -1) }));
  const rates = ratesOf(reporting, money, '');
  if (rates === null) return rows;
  return rows.map((row, i) =>
    row.currency === undefined
      ? row
      : { ...row, currency: reporting.to, value: Math.round(row.value * (rates[i] ?? 1)) },
  );
}

/** Whether every day up to `to` has a figure, in each segment. */
function covers(rows: readonly FigureRow[], from: string | undefined, to: string): boolean {
  const segments = new Set(rows.map(({ segment }) => segment));
  return [...segments].every((segment) => {
    let next = from;
    for (const row of rows.filter((one) => one.segment === segment)) {
      if (next !== undefined && row.from > next) return false;
      if (next === undefined || row.to > next) next = row.to;
    }
    return next === undefined || from === undefined || next >= to;
  });
}

function bySegment(rows: readonly FigureRow[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { segment = '', value } of rows) sums[segment] = (sums[segment] ?? 0) + value;
  return sums;
}
