import type { Envelope, NullReason } from '../contracts/index.ts';
import type { Figure, FigureUnit } from './contracts.ts';

/** A number of an answer with its unit, or why there is none. `unknown` = the answer has no such figure. */
export type Read = { value: number; unit: FigureUnit; currency?: string } | { missing: NullReason | 'unknown' };

type Data = NonNullable<Envelope['data']>;

/** Takes the figure out of an answer. */
export function readFigure(data: Data, figure: Figure): Read {
  if ('aggregate' in figure) return data.kind === 'measure' ? measured(data, figure.aggregate) : { missing: 'unknown' };
  const { stage: key, of = 'count' } = figure;
  if (data.kind !== 'funnel' && data.kind !== 'eventFunnel') return { missing: 'unknown' };
  if (data.kind === 'funnel') {
    const side = data.side.find((s) => s.key === key);
    if (side !== undefined && of === 'count') return { value: side.count, unit: 'count' };
  }
  const stage =
    data.kind === 'funnel' ? data.stages.find((s) => s.key === key) : data.steps.find((step) => step.id === key);
  if (stage === undefined) return { missing: 'unknown' };
  if ('missing' in stage && stage.missing !== undefined) return { missing: 'missing-stage' };
  if (of === 'count') return { value: stage.count, unit: 'count' };
  if (of === 'value') {
    const money = 'value' in stage ? stage.value : undefined;
    if (money === undefined) return { missing: 'unknown' };
    // Nobody is worth nothing, in whatever currency.
    if (money.value === null) return stage.count === 0 ? { value: 0, unit: 'minor' } : { missing: money.reason };
    return { value: money.value, unit: 'minor', currency: money.currency };
  }
  const rate = of === 'step-rate' ? stage.stepRate : stage.cumulativeRate;
  if (rate === undefined) return { missing: 'unknown' };
  return rate.value === null ? { missing: rate.reason } : { value: rate.value, unit: 'share' };
}

/** The count of a stage or step, also of one that the data at hand does not record. */
export function countOf(data: Data, figure: Figure): number | undefined {
  if ('aggregate' in figure) return undefined;
  const { stage: key } = figure;
  if (data.kind === 'eventFunnel') return data.steps.find(({ id }) => id === key)?.count;
  if (data.kind !== 'funnel') return undefined;
  return (data.stages.find((s) => s.key === key) ?? data.side.find((s) => s.key === key))?.count;
}

function measured(data: Extract<Data, { kind: 'measure' }>, name: string): Read {
  const result = data.values.find((value) => value.name === name)?.result;
  if (result === undefined) return { missing: 'unknown' };
  if (result.value === null) return { missing: result.reason };
  const unit = name === 'count' ? 'count' : data.unit === 'ratio' ? 'share' : data.unit;
  return { value: result.value, unit, ...(unit === 'minor' && data.currency && { currency: data.currency }) };
}
