import type { AnswerContext, Envelope, RecordsAnswer, RecordsQuestion } from '../contracts/index.ts';
import { Loss, RECORD_FIELDS, WIRE_VERSION } from '../contracts/index.ts';
import { findStageFunnel } from '../definitions/funnels.ts';
import { definitionRef } from '../definitions/registry.ts';
import { QuestionError } from '../errors.ts';
import type { EngineInfo } from '../funnel/answer.ts';
import { planFunnel } from '../funnel/make-plan.ts';
import type { FunnelPlan } from '../funnel/plan.ts';
import type { MemberPage, MemberPlan } from './members.ts';

const LIMIT = 50;

/** Finds the members of a plan: what an engine adds to the shared rules. */
export type FindMembers = (plan: MemberPlan, signal?: AbortSignal) => MemberPage | Promise<MemberPage>;

/**
 * Answers a records question with any engine: those whom the same question to the funnel counts at a stage.
 *
 * @throws QuestionError when it cannot be answered as asked, and `forbidden` for readers who may not see single records.
 */
export async function answerRecords(
  question: RecordsQuestion,
  context: AnswerContext,
  find: FindMembers,
  engine: EngineInfo,
): Promise<Envelope> {
  if (!context.rights.caps.includes('drill'))
    throw new QuestionError('forbidden', 'records: your rights do not include "drill": ask the funnel for its counts');
  const {
    kind: _,
    stage,
    outcome,
    reason,
    fields = RECORD_FIELDS,
    sort,
    limit = LIMIT,
    offset = 0,
    ...asked
  } = question;
  const definition = findStageFunnel(context.definitions, question.funnel);
  const { plan: funnel, period } = planFunnel({ ...asked, kind: 'funnel', details: [] }, definition, context);
  const order = sort ?? { by: 'entered', descending: true };
  if (order.by !== 'entered' && order.by !== 'id' && !fields.includes(order.by))
    throw new QuestionError(
      'invalid-question',
      `sort.by: "${order.by}" is not among the fields that are read: add it to fields`,
    );
  const rank = rankOf(funnel, stage);
  if (outcome !== undefined && funnel.view !== 'cohort')
    throw new QuestionError(
      'invalid-question',
      `outcome: only a cohort has outcomes, and the view is "${funnel.view}": leave outcome out, or ask view "cohort"`,
    );
  if (reason !== undefined && !Loss.options.some((loss) => loss === outcome))
    throw new QuestionError(
      'invalid-question',
      `reason: only ${Loss.options.join(', ')} have reasons: name one of them as outcome, or leave reason out`,
    );
  const asWanted = { ...(outcome === undefined ? {} : { outcome }), ...(reason === undefined ? {} : { reason }) };
  const page = await find({ funnel, rank, ...asWanted, fields, sort: order, offset, limit }, context.signal);
  const named = [...definition.stages, ...(definition.side ?? [])].find(({ key }) => key === stage);
  const segment = definition.segments?.find(({ id }) => id === question.segment);
  const data: RecordsAnswer = {
    kind: 'records',
    label: definition.label ?? definition.id,
    view: funnel.view,
    grain: definition.grain,
    unit: funnel.unit,
    entryPolicy: funnel.entryPolicy,
    skipPolicy: funnel.skipPolicy,
    ...(period === undefined ? {} : { period }),
    ...(segment === undefined ? {} : { segment: { id: segment.id, label: segment.label ?? segment.id } }),
    timeZone: funnel.line.timeZone,
    stage: { key: stage, label: named?.label ?? stage },
    ...asWanted,
    fields: [...fields],
    sort: order,
    total: page.total,
    offset,
    records: page.members.map(({ id, entered, outcome, reason, values }) => ({
      id,
      entered: entered === null ? null : new Date(entered).toISOString(),
      ...(outcome === undefined ? {} : { outcome }),
      ...(reason === undefined ? {} : { reason }),
      values: [...values],
    })),
  };
  return {
    v: WIRE_VERSION,
    status: page.total > 0 ? 'ok' : 'empty',
    ...(page.total > 0 ? {} : { code: 'nothing-matches' as const }),
    flags: [...(engine.flags ?? [])],
    definition: definitionRef(definition),
    asOf: new Date(funnel.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    warnings: context.rights.rows === undefined ? [] : [{ code: 'row-filter' }],
    data,
  };
}

/** The rank of the stage. @throws QuestionError for one that the view does not show. */
function rankOf({ view, line, anchorRank, definition }: FunnelPlan, key: string): number {
  const found = [...line.main, ...line.side].find((stage) => stage.key === key);
  const shown = view === 'cohort' ? line.main.slice(anchorRank) : [...line.main, ...line.side];
  if (found !== undefined && shown.some(({ rank }) => rank === found.rank)) return found.rank;
  const known = shown.map((stage) => stage.key).join(', ');
  if (found === undefined)
    throw new QuestionError(
      'unknown-stage',
      `stage "${key}" is no stage of funnel "${definition.id}"; its stages are ${known}`,
    );
  throw new QuestionError(
    'invalid-question',
    found.rank < line.main.length
      ? `stage: "${key}" comes before the anchor, so this cohort does not show it; it shows ${known}`
      : `stage: "${key}" is off the main line, which a cohort does not show: ask an outcome of ${known}, or view "snapshot"`,
  );
}
