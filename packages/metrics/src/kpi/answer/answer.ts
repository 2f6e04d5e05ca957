import type { AnswerContext, Envelope, KpiAnswer, KpiDefinition, KpiQuestion, KpiTile } from '../../contracts/index.ts';
import { WIRE_VERSION } from '../../contracts/index.ts';
import { MOST_KPIS } from '../../contracts/kpi-question.ts';
import { definitionRef, findDefinition } from '../../definitions/registry.ts';
import { QuestionError } from '../../errors.ts';
import type { EngineInfo } from '../../funnel/answer.ts';
import { compileCalendar, resolvePeriod } from '../../time/index.ts';
import { findKpi } from '../catalogue/all.ts';
import { changeOf } from '../change.ts';
import { reportingOf } from '../exchange.ts';
import { dueWithin, standingOf, type TargetContext } from '../target.ts';
import { kpiFaults } from './check.ts';
import { directionOf, Evaluator, factsOf, type Evaluated } from './evaluate.ts';
import type { KpiCounter } from './plan.ts';
import { aspectOf, pairsOf } from './pairs.ts';
import { comparedScope, scopeOf, stepsOf, trendStep, type Scope, type Step } from './scope.ts';
import { Tally } from './tally.ts';
import { isMoney, targetIn, toldIn } from './told-in.ts';

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
  const names = question.kpis ?? scorecardOf(context.definitions);
  const definitions = names.map((name) => findDefinition(context.definitions, 'kpi', name));
  refuseFaults(definitions, context);
  const scope = scopeOf(question, context);
  const { compare } = question;
  const before = compare === undefined ? undefined : comparedScope(scope, compare, context.fiscal);
  const trend = trendStep(question.trend, scope, context.fiscal);
  const steps = trend === undefined ? [] : stepsOf(scope, trend, context.fiscal);
  const reporting = reportingOf(question.currency, context.exchange);
  const together = [scope, ...steps.map((step) => step.scope)];
  const tally = new Tally(counter, context, engine.name, reporting, together);
  const evaluator = new Evaluator(tally, context, reporting);
  const kpis = await Promise.all(
    definitions.map(async (definition): Promise<KpiTile> => {
      const now = toldIn(await evaluator.evaluate(definition, scope), definition, question.currency);
      const evaluate = async (other: Scope): Promise<Evaluated> =>
        toldIn(await evaluator.evaluate(definition, other), definition, question.currency ?? now.currency);
      const then = before === undefined ? undefined : await evaluate(before);
      const points = await Promise.all(steps.map((step) => evaluate(step.scope)));
      const aim = aimOf(definition, now, scope, context);
      const asked = isMoney(definition) ? (question.currency ?? aim?.target.currency) : undefined;
      const currency = now.currency ?? asked;
      const target = aim && targetIn(aim.target, currency, scope, reporting);
      const told = aim && target && { ...aim, target };
      return {
        ...tileOf(definition, { ...now, ...(currency === undefined ? {} : { currency }) }),
        ...(then === undefined ? {} : { before: beforeOf(definition, now, then) }),
        ...targetOf(now, told),
        ...(trend === undefined ? {} : { trend: trendOf(points, steps, told) }),
      };
    }),
  );
  const [only, ...others] = definitions;
  const pairs = pairsOf(kpis);
  const flags = new Set([...kpis.flatMap(({ value }) => value.flags), ...(engine.flags ?? [])]);
  const data: KpiAnswer = {
    kind: 'kpi',
    ...(scope.period === undefined ? {} : { period: scope.period }),
    timeZone: scope.timeZone,
    ...(scope.segment === undefined ? {} : { segment: segmentOf(definitions, scope.segment) }),
    ...segmentsOf(definitions),
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
    ...(pairs.length === 0 ? {} : { pairs }),
  };
  return {
    v: WIRE_VERSION,
    status: 'ok',
    flags: [...flags],
    ...(only === undefined || others.length > 0 ? {} : { definition: definitionRef(only) }),
    asOf: new Date(scope.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    warnings: [
      ...(flags.has('mixed-currency') ? [{ code: 'mixed-currency' as const }] : []),
      ...(context.rights.rows === undefined ? [] : [{ code: 'row-filter' as const }]),
    ],
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
    aspect: definition.aspect ?? aspectOf({ ...(row === undefined ? {} : { kpi: row.key }), unit, additivity }),
    ...(definition.section === undefined ? {} : { section: definition.section }),
    revenuePath: [...(definition.revenuePath ?? row?.revenuePath ?? [])],
    ...(guardrail === undefined ? {} : { guardrail }),
    inPeriod,
    value,
    inputs,
  };
}

function beforeOf(definition: KpiDefinition, now: Evaluated, then: Evaluated): NonNullable<KpiTile['before']> {
  const change = changeOf(now.value, then.value, factsOf(definition).unit);
  return { value: then.value, ...(change === null ? {} : { change }) };
}

/** The newest agreed KPIs, in the order in which they are defined. */
function scorecardOf(definitions: AnswerContext['definitions']): string[] {
  const agreed = definitions.filter(({ kind, agreedBy = [] }) => kind === 'kpi' && agreedBy.length > 0);
  const ids = [...new Set(agreed.map(({ id }) => id))].slice(0, MOST_KPIS);
  if (ids.length === 0)
    throw new QuestionError('unknown-definition', 'no KPI is defined and agreed: name those to show in kpis');
  return ids;
}

interface Aim {
  target: NonNullable<KpiDefinition['targets']>[number];
  context: TargetContext;
}

/** The target of exactly this period; a part of the records has none. */
function aimOf(
  definition: KpiDefinition,
  { inPeriod }: Evaluated,
  { period, asOf, timeZone, segment, filter }: Scope,
  context: AnswerContext,
): Aim | undefined {
  if (period === undefined || segment !== undefined || filter !== undefined || context.rights.rows !== undefined)
    return undefined;
  for (const target of definition.targets ?? []) {
    const { from, to } = resolvePeriod(target.period, { asOf, timeZone, fiscal: context.fiscal });
    if (from !== period.from || to !== period.to) continue;
    const hours = context.hours === undefined ? {} : { hours: compileCalendar(context.hours) };
    const additivity = inPeriod ? factsOf(definition).additivity : 'stock';
    return { target, context: { direction: directionOf(definition), additivity, from, to, asOf, timeZone, ...hours } };
  }
  return undefined;
}

function targetOf({ value }: Evaluated, aim: Aim | undefined): { target?: NonNullable<KpiTile['target']> } {
  if (aim === undefined) return {};
  const { target } = aim;
  const { from, to } = aim.context;
  const standing = standingOf(value.result, target, aim.context);
  return { target: { period: { text: target.period, from, to }, ...standing } };
}

/** The value of each step beside what the target wants of it. */
function trendOf(
  points: readonly Evaluated[],
  steps: readonly Step[],
  aim: Aim | undefined,
): NonNullable<KpiTile['trend']> {
  return points.map(({ value }, i) => {
    const { from, to } = steps[i]?.scope.period ?? { from: '', to: '' };
    const due = aim === undefined ? undefined : dueWithin(aim.target, { from, to }, aim.context);
    return {
      from,
      to,
      result: value.result,
      ...(due === undefined ? {} : { due }),
      ...(steps[i]?.partial === true ? { partial: true } : {}),
    };
  });
}

/** The segments that all of these define. */
function segmentsOf([first, ...others]: readonly KpiDefinition[]): Pick<KpiAnswer, 'segments'> {
  const shared = (first?.segments ?? []).filter(({ id }) =>
    others.every(({ segments = [] }) => segments.some((one) => one.id === id)),
  );
  return shared.length === 0 ? {} : { segments: shared.map(({ id, label }) => ({ id, label: label ?? id })) };
}

function segmentOf(definitions: readonly KpiDefinition[], id: string): { id: string; label: string } {
  const found = definitions.flatMap(({ segments }) => segments ?? []).find((segment) => segment.id === id);
  return { id, label: found?.label ?? id };
}
