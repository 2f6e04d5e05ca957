import type { AnswerContext, FunnelDefinition, FunnelQuestion, Question } from '@sama/metrics/contracts';
import { findStageFunnel } from '@sama/metrics/definitions';
import { QuestionError } from '@sama/metrics';
import { durationMs, grainsOf, resolvePeriod, zone, type Period } from '@sama/metrics/time';

/** A cohort is told of once it was followed for the window of its funnel, or for so long without one. */
const SETTLED_MS = 90 * 86_400_000;
/** Quarters of one question at most. */
const MOST_QUARTERS = 20;

/** A quarter, half open, and the instant at which its cohort is looked at: always the same. */
export interface Quarter {
  from: string;
  to: string;
  /** Milliseconds. */
  asOf: number;
}

/** A question as a reader may ask it from whom small groups are hidden. */
export interface Permitted {
  definition: FunnelDefinition;
  segment: string | undefined;
  period: Period;
  quarters: readonly Quarter[];
}

const refuse = (message: string): never => {
  throw new QuestionError('forbidden', `small groups are hidden from you: ${message}`);
};

const MAY_SAY = new Set(['v', 'kind', 'funnel', 'period', 'segment', 'view', 'measure', 'details', 'timeZone']);

/**
 * The fixed lattice of questions: one funnel, by closed quarters, in all and by its segments.
 *
 * @param scopes of the reader, with the definitions they name.
 * @throws QuestionError for every other question, naming the field and what is allowed.
 */
export function permitted(question: Question, scopes: readonly string[], context: AnswerContext): Permitted {
  const asked = plainFunnel(question, scopes);
  const definition = findStageFunnel(context.definitions, asked.funnel);
  const { unit = 'entity', entryPolicy = 'first', skipPolicy = 'impute', segments = [] } = definition;
  // Each is then in one quarter, and who reached a stage is among those who reached the one before.
  if (unit !== 'entity' || entryPolicy !== 'first' || skipPolicy === 'open')
    return refuse(`funnel "${definition.id}" counts some more than once, or passes over stages`);
  if (asked.timeZone !== undefined && zone(asked.timeZone).id !== zone(context.timeZone).id)
    return refuse('leave timeZone out');
  if (asked.segment !== undefined && !segments.some(({ id }) => id === asked.segment))
    throw new QuestionError('unknown-segment', `segment "${asked.segment}" is not defined by this funnel`);
  return { definition, segment: asked.segment, ...quartersOf(asked.period, definition, context) };
}

function plainFunnel(question: Question, scopes: readonly string[]): FunnelQuestion {
  if (question.kind !== 'funnel') return refuse(`questions of kind "${question.kind}" are not answered`);
  const named = scopes.filter((scope) => scope.startsWith('funnel:'));
  // Two funnels over the same persons could be subtracted from each other.
  if (named.length !== 1 || scopes.includes('*') || scopes.includes('funnel'))
    return refuse('your scopes have to name one funnel, as in funnel:lead-to-won');
  const other = Object.keys(question).find((field) => !MAY_SAY.has(field));
  if (other !== undefined) return refuse(`leave ${other} out`);
  if (question.funnel.includes('@')) return refuse('funnel: name it without a version');
  if ((question.view ?? 'cohort') !== 'cohort') return refuse('view: ask for "cohort"');
  if ((question.measure ?? 'count') !== 'count') return refuse('measure: ask for "count"');
  return question;
}

function quartersOf(
  text: string | undefined,
  { window }: FunnelDefinition,
  { asOf, timeZone, fiscal }: AnswerContext,
): Pick<Permitted, 'period' | 'quarters'> {
  if (text === undefined) return refuse('period: name closed quarters or years, such as 2026-Q1');
  const now = Date.parse(asOf);
  const moment = Number.isNaN(now) ? zone(timeZone).endOf(asOf) : now;
  const period = resolvePeriod(text, { asOf: moment, timeZone, fiscal });
  const parts = grainsOf(period, 'quarter', fiscal === undefined ? {} : { fiscal });
  if (parts[0]?.from !== period.from || parts.at(-1)?.to !== period.to)
    return refuse('period: ask for whole quarters or years');
  if (parts.length > MOST_QUARTERS) return refuse(`period: ask for ${MOST_QUARTERS} quarters at most`);
  const followed = window === undefined ? SETTLED_MS : durationMs(window);
  const quarters = parts.map(({ from, to }) => ({ from, to, asOf: zone(timeZone).startOf(to) + followed }));
  const open = quarters.find((quarter) => quarter.asOf > moment);
  if (open !== undefined) {
    const day = zone(timeZone).dayOf(open.asOf);
    return refuse(`period: the quarter from ${open.from} is told from ${day} on, when it has been followed`);
  }
  return { period, quarters };
}
