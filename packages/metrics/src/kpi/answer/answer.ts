import type { AnswerContext, Envelope, KpiAnswer, KpiDefinition, KpiQuestion, KpiTile } from '../../contracts/index.ts';
import { WIRE_VERSION } from '../../contracts/index.ts';
import { definitionRef, findDefinition } from '../../definitions/registry.ts';
import { QuestionError } from '../../errors.ts';
import type { EngineInfo } from '../../funnel/answer.ts';
import { compileCalendar, resolvePeriod } from '../../time/index.ts';
import { findKpi } from '../catalogue/all.ts';
import { changeOf } from '../change.ts';
import { nothing } from '../figure.ts';
import { standingOf } from '../target.ts';
import { kpiFaults } from './check.ts';
import { directionOf, Evaluator, factsOf, type Evaluated } from './evaluate.ts';
import type { KpiCounter } from './plan.ts';
import { comparedScope, scopeOf, stepsOf, type Scope } from './scope.ts';
import { Tally } from './tally.ts';

/**
 * Answers a KPI question with any engine's counts: finds what each KPI is computed from, counts each statistic once,
 * and computes values, changes, standings and trends from them.
 *
 * @throws QuestionError when the question cannot be answered as asked.
 * @beta
 */
export async function answerKpi(
  question: KpiQuestion,
  context: AnswerContext,
  counter: KpiCounter,
  engine: EngineInfo,
): Promise<Envelope> {
  const definitions = question.kpis.map((name) => findDefinition(context.definitions, 'kpi', name));
  refuseFaults(definitions, context);
  const scope = scopeOf(question, context);
  const { compare, trend } = question;
  const before = compare === undefined ? undefined : comparedScope(scope, compare, context.fiscal);
  const steps = trend === undefined ? [] : stepsOf(scope, trend, context.fiscal);
  const evaluator = new Evaluator(new Tally(counter, context, engine.name), context);
  const kpis = await Promise.all(
    definitions.map(async (definition): Promise<KpiTile> => {
      const now = await evaluator.evaluate(definition, scope);
      const then = before === undefined ? undefined : await evaluator.evaluate(definition, before);
      const points = await Promise.all(steps.map((step) => evaluator.evaluate(definition, step)));
      return {
        ...tileOf(definition, now),
        ...(then === undefined ? {} : { before: beforeOf(definition, now, then) }),
        ...targetOf(definition, now, scope, context),
        ...(trend === undefined
          ? {}
          : { trend: points.map(({ value }, i) => ({ ...daysOf(steps[i]), result: value.result })) }),
      };
    }),
  );
  const [only, ...others] = definitions;
  const flags = new Set([...kpis.flatMap(({ value }) => value.flags), ...(engine.flags ?? [])]);
  const data: KpiAnswer = {
    kind: 'kpi',
    ...(scope.period === undefined ? {} : { period: scope.period }),
    timeZone: scope.timeZone,
    ...(scope.segment === undefined ? {} : { segment: segmentOf(definitions, scope.segment) }),
    ...(before === undefined
      ? {}
      : {
          compare: {
            ...(before.period === undefined ? {} : { period: before.period }),
            ...(before.segment === undefined || before.segment === scope.segment
              ? {}
              : { segment: segmentOf(definitions, before.segment) }),
            asOf: new Date(before.asOf).toISOString(),
          },
        }),
    ...(trend === undefined ? {} : { trend }),
    kpis,
  };
  return {
    v: WIRE_VERSION,
    status: 'ok',
    flags: [...flags],
    ...(only === undefined || others.length > 0 ? {} : { definition: definitionRef(only) }),
    asOf: new Date(scope.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    warnings: flags.has('mixed-currency') ? [{ code: 'mixed-currency' }] : [],
    data,
  };
}

function refuseFaults(definitions: readonly KpiDefinition[], context: AnswerContext): void {
  for (const definition of definitions) {
    const [fault] = kpiFaults(definition, context.definitions);
    if (fault !== undefined) {
      const { field, reason, remedy } = fault;
      throw new QuestionError(
        'invalid-question',
        `kpi "${definition.id}" cannot be answered: ${field}: ${reason}; ${remedy}`,
      );
    }
  }
}

function tileOf(definition: KpiDefinition, { value, inputs, currency, inPeriod }: Evaluated): KpiTile {
  const { formula, owners } = definition;
  const row = 'kpi' in formula ? findKpi(formula.kpi) : undefined;
  const guardrail = definition.guardrail ?? row?.guardrail;
  const { unit, additivity } = factsOf(definition);
  return {
    id: definition.id,
    label: definition.label ?? row?.label ?? definition.id,
    definition: definitionRef(definition),
    ...(row === undefined ? {} : { kpi: row.key, formula: row.formula, grain: row.grain }),
    ...(row?.note === undefined ? {} : { note: row.note }),
    unit,
    ...(currency === undefined ? {} : { currency }),
    direction: directionOf(definition),
    additivity,
    owners,
    revenuePath: [...(definition.revenuePath ?? row?.revenuePath ?? [])],
    ...(guardrail === undefined ? {} : { guardrail }),
    inPeriod,
    value,
    inputs,
  };
}

function beforeOf(definition: KpiDefinition, now: Evaluated, then: Evaluated): NonNullable<KpiTile['before']> {
  const comparable = now.currency === undefined || then.currency === undefined || now.currency === then.currency;
  const change = comparable ? changeOf(now.value, then.value, factsOf(definition).unit) : null;
  return { value: then.value, ...(change === null ? {} : { change }) };
}

/** The standing against the target of exactly this period; a part of the records has no target. */
function targetOf(
  definition: KpiDefinition,
  { value, currency, inPeriod }: Evaluated,
  { period, asOf, timeZone, segment, filter }: Scope,
  context: AnswerContext,
): { target?: NonNullable<KpiTile['target']> } {
  if (period === undefined || segment !== undefined || filter !== undefined || context.rights.rows !== undefined)
    return {};
  for (const target of definition.targets ?? []) {
    const days = resolvePeriod(target.period, { asOf, timeZone, fiscal: context.fiscal });
    if (days.from !== period.from || days.to !== period.to) continue;
    const same = target.currency === undefined || currency === undefined || target.currency === currency;
    const standing = standingOf(same ? value.result : nothing('mixed-currency'), target, {
      direction: directionOf(definition),
      additivity: inPeriod ? factsOf(definition).additivity : 'stock',
      from: days.from,
      to: days.to,
      asOf,
      timeZone,
      ...(context.hours === undefined ? {} : { hours: compileCalendar(context.hours) }),
    });
    return { target: { period: days, ...standing } };
  }
  return {};
}

const daysOf = (step: Scope | undefined): { from: string; to: string } => ({
  from: step?.period?.from ?? '',
  to: step?.period?.to ?? '',
});

function segmentOf(definitions: readonly KpiDefinition[], id: string): { id: string; label: string } {
  const found = definitions.flatMap(({ segments }) => segments ?? []).find((segment) => segment.id === id);
  return { id, label: found?.label ?? id };
}
