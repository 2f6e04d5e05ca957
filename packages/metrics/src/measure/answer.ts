import type {
  Aggregate,
  AnswerContext,
  Envelope,
  MeasureAnswer,
  MeasureQuestion,
  MeasureValue,
} from '../contracts/index.ts';
import { WIRE_VERSION } from '../contracts/index.ts';
import { definitionRef } from '../definitions/index.ts';
import type { EngineInfo } from '../funnel/answer.ts';
import { rate } from '../funnel/stages.ts';
import { findMeasure, planMeasure, type MeasurePlan, type MeasureStatistics } from './plan.ts';

/** What an engine does for a measure: count. @beta */
export type CountMeasure = (plan: MeasurePlan, signal?: AbortSignal) => MeasureStatistics | Promise<MeasureStatistics>;

/**
 * Answers a measure question with any engine's counts.
 *
 * @throws QuestionError when the question cannot be answered as asked.
 * @beta
 */
export async function answerMeasure(
  question: MeasureQuestion,
  context: AnswerContext,
  count: CountMeasure,
  engine: EngineInfo,
): Promise<Envelope> {
  const { label, definition, measure, denominator } = findMeasure(question, context.definitions);
  const plan = planMeasure(measure, question, context);
  const statistics = await count(plan, context.signal);
  const of =
    denominator === undefined ? undefined : await count(planMeasure(denominator, question, context), context.signal);
  const data: MeasureAnswer =
    of === undefined
      ? { kind: 'measure', label, ...valuesOf(plan, statistics, measure.aggregates) }
      : ratioOf(label, statistics.records, of.records);
  const scope = (of ?? statistics).records;
  return {
    v: WIRE_VERSION,
    status: scope === 0 ? 'empty' : 'ok',
    ...(scope === 0 ? { code: 'nothing-matches' as const } : {}),
    flags: [
      ...(data.values.some((v) => v.result.value === null && v.result.reason === 'mixed-currency')
        ? ['mixed-currency' as const]
        : []),
      ...(engine.flags ?? []),
    ],
    ...(definition === undefined ? {} : { definition: definitionRef(definition) }),
    asOf: new Date(plan.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    warnings: [],
    data,
  };
}

function ratioOf(label: string, k: number, n: number): MeasureAnswer {
  const share = rate(k, n);
  return {
    kind: 'measure',
    label,
    unit: 'ratio',
    values: [{ name: 'ratio', result: share.value === null ? share : { value: share.value } }],
    rate: share,
  };
}

function valuesOf(
  plan: MeasurePlan,
  s: MeasureStatistics,
  aggregates: readonly Aggregate[],
): Pick<MeasureAnswer, 'unit' | 'currency' | 'values' | 'groups'> {
  const money = plan.value !== undefined && 'field' in plan.value && plan.value.field === 'amount';
  const [currency] = s.currencies;
  const mixed = money && s.currencies.length > 1;
  const unit = plan.value === undefined ? 'count' : 'days' in plan.value ? 'days' : money ? 'minor' : 'number';
  return {
    unit,
    ...(money && !mixed && currency !== undefined ? { currency } : {}),
    values: aggregates.map((a): MeasureValue => ({
      name: nameOf(a),
      result: a === 'count' || !mixed ? resultOf(a, plan, s) : { value: null, reason: 'mixed-currency' },
    })),
    ...(plan.by === undefined
      ? {}
      : {
          groups: [...s.groups].sort((a, b) => b.count - a.count || String(a.key).localeCompare(String(b.key), 'en')),
        }),
  };
}

function nameOf(aggregate: Aggregate): string {
  return typeof aggregate === 'string' ? aggregate : `p${Number((aggregate.quantile * 100).toFixed(6))}`;
}

function resultOf(aggregate: Aggregate, plan: MeasurePlan, s: MeasureStatistics): MeasureValue['result'] {
  if (aggregate === 'count') return { value: plan.value === undefined ? s.records : s.n };
  if (plan.value === undefined) return { value: null, reason: 'no-value' };
  if (aggregate === 'sum') return { value: s.sum };
  const value =
    aggregate === 'mean'
      ? s.n === 0
        ? null
        : s.sum / s.n
      : aggregate === 'min'
        ? s.min
        : aggregate === 'max'
          ? s.max
          : (s.quantiles[plan.quantiles.indexOf(aggregate === 'median' ? 0.5 : aggregate.quantile)] ?? null);
  return value === null ? { value: null, reason: 'insufficient-data' } : { value };
}
