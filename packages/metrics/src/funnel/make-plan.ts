import type { Criteria, FiscalCalendar, FunnelDefinition, FunnelQuestion, Rights, View } from '../contracts/index.ts';
import { DEFAULT_SIDE_STAGES, definitionHash } from '../definitions/index.ts';
import { QuestionError } from '../errors.ts';
import { durationMs, isDay, resolvePeriod, zone, type Period } from '../time/index.ts';
import type { FunnelPlan, Line } from './plan.ts';

/** What a question is planned with. @beta */
export interface PlanContext {
  rights: Rights;
  /** Used when the question has none: an ISO instant or a day. */
  asOf: string;
  timeZone: string;
  /** Default: the calendar year. */
  fiscal?: FiscalCalendar;
}

/** A plan with what the answer repeats of the question. @beta */
export interface PlannedFunnel {
  plan: FunnelPlan;
  period?: Period;
}

const COOLING_OFF_MS = 30 * 86_400_000;

/** What orders the events of a definition in a time zone. @beta */
export function lineOf(definition: FunnelDefinition, timeZone: string): Line {
  const main = definition.stages.map(({ key }, rank) => ({ key, rank }));
  const side = (definition.side ?? DEFAULT_SIDE_STAGES).map((s, i) => ({
    key: s.key,
    rank: main.length + i,
    outcome: s.outcome,
    terminal: s.terminal,
    overdue: s.overdue ?? false,
  }));
  const keys = new Set<string>();
  for (const { key } of [...main, ...side]) {
    if (keys.has(key))
      throw new QuestionError('invalid-question', `funnel "${definition.id}" has stage "${key}" twice`);
    keys.add(key);
  }
  const reentry = definition.reentryStage ?? (main.some((s) => s.key === 'mql') ? 'mql' : (main[1]?.key ?? ''));
  return {
    hash: definitionHash(definition),
    grain: definition.grain,
    main,
    side,
    reentryRank: rankOf(main, reentry, 'reentryStage', definition.id),
    coolingOffMs: definition.coolingOff === undefined ? COOLING_OFF_MS : durationMs(definition.coolingOff),
    sourcePriority: definition.sourcePriority ?? [],
    timeZone: zone(timeZone).id,
  };
}

function rankOf(main: readonly { key: string; rank: number }[], key: string, field: string, funnel: string): number {
  const rank = main.find((s) => s.key === key)?.rank;
  if (rank === undefined) {
    throw new QuestionError(
      'unknown-stage',
      `${field} "${key}" is no stage of funnel "${funnel}"; its stages are ${main.map((s) => s.key).join(', ')}`,
    );
  }
  return rank;
}

/** The instant an answer is true for: an instant as it stands, a day at its end in the time zone. @beta */
export function resolveAsOf(text: string, timeZone: string): number {
  const ms = isDay(text) ? zone(timeZone).endOf(text) : Date.parse(text);
  if (Number.isNaN(ms))
    throw new QuestionError(
      'invalid-question',
      `asOf "${text}" is neither a day (2026-07-01) nor an instant (2026-07-01T12:00:00Z)`,
    );
  return ms;
}

function checkedChoices(question: FunnelQuestion, definition: FunnelDefinition, view: View) {
  const skipPolicy = question.skipPolicy ?? (view === 'activity' ? 'open' : (definition.skipPolicy ?? 'impute'));
  const entryPolicy = question.entryPolicy ?? definition.entryPolicy ?? 'first';
  const authored =
    question.entryPolicy === undefined || question.entryPolicy === definition.entryPolicy ? definition.unit : undefined;
  const unit = question.unit ?? authored ?? (entryPolicy === 'every' ? 'cycle' : 'entity');
  if (view === 'activity' && skipPolicy !== 'open') {
    throw new QuestionError(
      'invalid-question',
      `skipPolicy "${skipPolicy}" needs view "cohort": the activity view counts entries as they are`,
    );
  }
  if (view === 'cohort' && unit === 'entity' && entryPolicy === 'every') {
    throw new QuestionError(
      'invalid-question',
      'unit "entity" counts each once: use entryPolicy "first" or "last", or unit "cycle" with "every"',
    );
  }
  if (view === 'cohort' && unit === 'cycle' && entryPolicy !== 'every') {
    throw new QuestionError(
      'invalid-question',
      `unit "cycle" makes each cycle a trial: use entryPolicy "every", not "${entryPolicy}"`,
    );
  }
  return { skipPolicy, entryPolicy, unit };
}

/** All of these, as one; absent when there is none. @beta */
export function joinCriteria(...parts: readonly (Criteria | undefined)[]): Criteria | undefined {
  const all = parts.filter((p) => p !== undefined);
  return all.length > 1 ? { all } : all[0];
}

/**
 * The criteria of a segment of the definition.
 *
 * @throws QuestionError `unknown-segment`
 * @beta
 */
export function segmentCriteria(
  definition: Pick<FunnelDefinition, 'id' | 'segments'>,
  id: string | undefined,
  kind = 'funnel',
): Criteria | undefined {
  if (id === undefined) return undefined;
  const segment = definition.segments?.find((s) => s.id === id);
  if (segment === undefined) {
    const known = definition.segments?.map((s) => s.id).join(', ') ?? '';
    throw new QuestionError(
      'unknown-segment',
      `segment "${id}" is not defined by ${kind} "${definition.id}"; it has ${known === '' ? 'none' : known}`,
    );
  }
  return segment.where;
}

/**
 * Fills every default of a funnel question and resolves its dates.
 *
 * @throws QuestionError naming the field and what is allowed.
 * @beta
 */
export function planFunnel(
  question: FunnelQuestion,
  definition: FunnelDefinition,
  context: PlanContext,
): PlannedFunnel {
  const timeZone = question.timeZone ?? context.timeZone;
  const line = lineOf(definition, timeZone);
  const asOf = resolveAsOf(question.asOf ?? context.asOf, timeZone);
  const view = question.view ?? 'cohort';
  const period =
    question.period === undefined || view === 'snapshot'
      ? undefined
      : resolvePeriod(question.period, { asOf, timeZone, fiscal: context.fiscal });
  const window = question.window ?? definition.window;
  const details = question.details ?? ['time', 'estimate'];
  const where = joinCriteria(
    context.rights.rows,
    definition.where,
    segmentCriteria(definition, question.segment),
    question.filter,
  );
  const anchor = question.anchor ?? definition.anchor;
  const plan: FunnelPlan = {
    definition,
    line,
    view,
    anchorRank: anchor === undefined ? 0 : rankOf(line.main, anchor, 'anchor', definition.id),
    ...checkedChoices(question, definition, view),
    measure: question.measure ?? 'count',
    ...(period === undefined
      ? {}
      : { from: zone(timeZone).startOf(period.from), to: zone(timeZone).startOf(period.to) }),
    ...(window === undefined || window === 'none' || view !== 'cohort' ? {} : { windowMs: durationMs(window) }),
    asOf,
    ...(where === undefined ? {} : { where }),
    ...(details.includes('curve') ? { curve: true } : {}),
    ...(details.includes('reasons') && view === 'cohort' ? { reasons: true } : {}),
    time: details.includes('time') || details.includes('curve'),
    estimate: details.includes('estimate') || details.includes('curve'),
  };
  return period === undefined ? { plan } : { plan, period };
}
