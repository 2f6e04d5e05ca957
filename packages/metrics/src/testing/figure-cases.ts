import type { Figure } from '../contracts/index.ts';
import type { FigurePlan, FigureRow } from '../kpi/answer/plan.ts';

/** Supplied figures to read, and the rows of them that count. @beta */
export interface FigureCase {
  name: string;
  figures: readonly Figure[];
  plan: FigurePlan;
  /** By first day and segment. */
  expected: readonly FigureRow[];
}

const figure = (name: string, from: string, to: string, value: number, part: Partial<Figure> = {}): Figure => ({
  name,
  from,
  to,
  value,
  batch: 'f',
  ...part,
});
const FIGURES: readonly Figure[] = [
  figure('cost', '2026-01-01', '2026-02-01', 90_000, { currency: 'EUR' }),
  figure('cost', '2026-02-01', '2026-03-01', 60_000, { currency: 'EUR' }),
  figure('cost', '2026-01-01', '2026-02-01', 100_000, { currency: 'EUR', batch: 'g' }),
  figure('forecast', '2026-01-01', '2026-04-01', 10.25, { segment: 'a' }),
  figure('forecast', '2026-01-01', '2026-04-01', -20.5, { segment: 'B' }),
  figure('forecast', '2026-01-01', '2026-04-01', 0.1),
  figure('cost', '1970-01-01', '1970-02-01', 0, { currency: 'USD' }),
];
const february = { from: '2026-02-01', to: '2026-03-01', value: 60_000, currency: 'EUR' };

/** Plans over the figures of finance: by name and days, of the whole and of segments. @beta */
export function figureCases(): FigureCase[] {
  const quarter = { from: '2026-01-01', to: '2026-04-01' };
  const old = { from: '1970-01-01', to: '1970-02-01', value: 0, currency: 'USD' };
  const january = { from: '2026-01-01', to: '2026-02-01', value: 100_000, currency: 'EUR' };
  const cases: Record<string, [FigurePlan, ...FigureRow[]]> = {
    'figures: all days of a name; of the same days and segment the last one stands': [
      { name: 'cost' },
      old,
      january,
      february,
    ],
    'figures: those that touch the days, of which the last does not count': [
      { name: 'cost', from: '2026-02-01', to: '2026-02-02' },
      february,
    ],
    'figures: one that reaches beyond the days is told whole': [
      { name: 'cost', from: '2026-01-31', to: '2026-02-15' },
      january,
      february,
    ],
    'figures: since a day': [{ name: 'cost', from: '2026-02-28' }, february],
    'figures: before a day': [{ name: 'cost', to: '2026-01-01' }, old],
    'figures: the whole before its segments, those by code point': [
      { name: 'forecast', ...quarter },
      { ...quarter, value: 0.1 },
      { ...quarter, value: -20.5, segment: 'B' },
      { ...quarter, value: 10.25, segment: 'a' },
    ],
    'figures: of a name nobody supplied': [{ name: 'forecasts', ...quarter }],
  };
  return Object.entries(cases).map(([name, [plan, ...expected]]) => ({ name, figures: FIGURES, plan, expected }));
}
