import type { FunnelAnswer, FunnelEnvelope, FunnelStage, PlainStage, Rate, View } from '../contracts/index.ts';
import { wilson } from '../stats/index.ts';
import { problem } from '../problem.ts';

/** What plain counts do not say themselves. @public */
export interface PlainOptions {
  /** How the counts were taken. Default: `cohort`. */
  view?: View | undefined;
  /** The title. Default: none. */
  label?: string | undefined;
}

/**
 * Turns plain counts into an envelope with the flag `as-supplied`. Rates with their Wilson
 * intervals stand only in the cohort view and only when no count exceeds the one before:
 * otherwise a stage is not a part of the stage before it, which the warning `rising-counts` says.
 * @public
 */
export function plainEnvelope(rows: readonly PlainStage[], options: PlainOptions = {}): FunnelEnvelope {
  const { view = 'cohort', label = '' } = options;
  const first = rows[0];
  if (first === undefined) {
    return { ...problem('no-data-yet', 'the list of stages is empty'), flags: ['as-supplied'] };
  }
  const counts = rows.map((row) => row.count);
  const rising = view === 'cohort' ? rows.find(({ count }, i) => count > (counts[i - 1] ?? count)) : undefined;
  const data: FunnelAnswer = {
    kind: 'funnel',
    label,
    view,
    measure: 'count',
    anchor: first.key ?? first.stage,
    unit: 'entity',
    entryPolicy: 'first',
    skipPolicy: view === 'cohort' ? 'impute' : 'open',
    timeZone: 'UTC',
    stages: rows.map((row, i) => ({
      key: row.key ?? row.stage,
      label: row.stage,
      ...(row.owner === undefined ? {} : { owner: row.owner }),
      count: row.count,
      imputed: 0,
      ...ratesOf(counts, i, view, rising === undefined),
    })),
    side: [],
  };
  return {
    v: 1,
    status: 'ok',
    flags: ['as-supplied'],
    data,
    warnings:
      view === 'activity'
        ? [{ code: 'flow-ratio' }]
        : rising === undefined
          ? []
          : [{ code: 'rising-counts', params: { stage: rising.stage } }],
  };
}

function ratesOf(
  counts: readonly number[],
  i: number,
  view: View,
  nested: boolean,
): Pick<FunnelStage, 'stepRate' | 'cumulativeRate' | 'share'> {
  const count = counts[i] ?? 0;
  const before = i === 0 ? undefined : counts[i - 1];
  if (view === 'snapshot') {
    const total = counts.reduce((sum, n) => sum + n, 0);
    return { share: total === 0 ? { value: null, reason: 'zero-denominator' } : { value: count / total } };
  }
  if (view === 'activity') {
    if (before === undefined) return {};
    return { share: before === 0 ? { value: null, reason: 'zero-denominator' } : { value: count / before } };
  }
  const of = (n: number): Rate => (nested ? rate(count, n) : { value: null, reason: 'not-a-subset' });
  return { ...(before === undefined ? {} : { stepRate: of(before) }), cumulativeRate: of(counts[0] ?? 0) };
}

function rate(k: number, n: number): Rate {
  const share = wilson(k, n);
  return share === null ? { value: null, reason: 'zero-denominator' } : { ...share, k, n };
}
