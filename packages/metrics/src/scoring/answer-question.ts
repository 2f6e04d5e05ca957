import type { AnswerContext, Criteria, Envelope, ScoreAnswer, ScoreQuestion } from '../contracts/index.ts';
import { fieldsOf, WIRE_VERSION } from '../contracts/index.ts';
import { compareText } from '../criteria/evaluate.ts';
import { definitionRef, findDefinition } from '../definitions/registry.ts';
import { QuestionError } from '../errors.ts';
import type { EngineInfo } from '../funnel/answer.ts';
import { joinCriteria, resolveAsOf, segmentCriteria } from '../funnel/make-plan.ts';
import type { RowReader } from '../rows/plan.ts';
import { zone } from '../time/index.ts';
import { scoreAccount } from './account.ts';
import { actionOf, ratingOf } from './bands.ts';
import { whatWouldChange } from './changes.ts';
import { Grade, type Level, type Score, type ScoringModel } from './contracts.ts';
import { readAccountLeads, readLeads, type LeadScope } from './leads.ts';
import { preparedModel } from './model.ts';
import { scoreLead } from './score.ts';

const LIMIT = 25;
const LEVELS: readonly Level[] = [1, 2, 3, 4];

/**
 * Answers a score question from the records and activities of any engine: rates everybody in scope,
 * counts the ratings, and lists the best with what their scores are made of.
 *
 * @throws QuestionError when the question cannot be answered as asked.
 */
export async function answerScore(
  question: ScoreQuestion,
  context: AnswerContext,
  reader: RowReader,
  engine: EngineInfo,
): Promise<Envelope> {
  const model = findDefinition(context.definitions, 'score', question.score);
  const scope = scopeOf(question, model, context);
  const rated = await rate(question, model, scope, reader, context.signal);
  const data = answerData(question, model, scope, rated, context.rights.caps.includes('drill'));
  const code = scope.where === undefined ? 'no-data-yet' : 'nothing-matches';
  return {
    v: WIRE_VERSION,
    status: rated.length > 0 ? 'ok' : 'empty',
    ...(rated.length > 0 ? {} : { code }),
    flags: [...(engine.flags ?? [])],
    definition: definitionRef(model),
    asOf: new Date(scope.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    warnings: [],
    data,
  };
}

function scopeOf(question: ScoreQuestion, model: ScoringModel, { rights, ...context }: AnswerContext): LeadScope {
  if (question.ids !== undefined && !rights.caps.includes('drill')) {
    throw new QuestionError('forbidden', 'ids: your rights do not include "drill": ask for the ratings of all');
  }
  const timeZone = zone(question.timeZone ?? context.timeZone).id;
  const ids: Criteria | undefined = question.ids === undefined ? undefined : { field: 'id', in: question.ids };
  const where = joinCriteria(rights.rows, segmentCriteria(model, question.segment, 'score'), question.filter, ids);
  const stage = fieldsOf(where).find((field) => /^(stage|reached\..*)$/.test(field));
  if (stage !== undefined) {
    throw new QuestionError(
      'invalid-question',
      `filter: "${stage}" needs a funnel of stages: use currentStage or attributes.NAME`,
    );
  }
  return {
    asOf: resolveAsOf(question.asOf ?? context.asOf, timeZone),
    timeZone,
    ...(where === undefined ? {} : { where }),
  };
}

type Rated = NonNullable<ScoreAnswer['leads']>[number];

async function rate(
  { ids }: ScoreQuestion,
  model: ScoringModel,
  scope: LeadScope,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<Rated[]> {
  const options = { asOf: new Date(scope.asOf).toISOString(), timeZone: scope.timeZone };
  if (model.grain === 'account') {
    const leads = await readAccountLeads(model, scope, reader, signal);
    return leads.map((lead) => scoreAccount(model, lead, options));
  }
  const leads = await readLeads(model, scope, reader, signal);
  return leads.map((lead) => {
    const score = scoreLead(model, lead, options);
    return ids === undefined ? score : { ...score, changes: whatWouldChange(model, lead, options) };
  });
}

function answerData(
  { ratings, segment, limit = LIMIT }: ScoreQuestion,
  model: ScoringModel,
  { timeZone }: LeadScope,
  rated: readonly Rated[],
  drill: boolean,
): ScoreAnswer {
  const counts = new Map<string, number>();
  for (const { rating } of rated) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  const matching = ratings === undefined ? rated : rated.filter(({ rating }) => ratings.includes(rating));
  const { segments, actions, grain = 'person' } = model;
  const labelled = (segments ?? []).map(({ id, label = id }) => ({ id, label }));
  const chosen = labelled.find(({ id }) => id === segment);
  return {
    kind: 'score',
    label: model.label ?? model.id,
    grain,
    bands: preparedModel(model).bands,
    ...(chosen === undefined ? {} : { segment: chosen }),
    ...(segments === undefined ? {} : { segments: labelled }),
    timeZone,
    rated: rated.length,
    cells: Grade.options.flatMap((grade) =>
      LEVELS.map((level) => {
        const rating = ratingOf(grade, level);
        return { rating, grade, level, action: actionOf(grade, level, actions), count: counts.get(rating) ?? 0 };
      }),
    ),
    coverage: rated.length === 0 ? null : rated.reduce((sum, { fit }) => sum + fit.coverage, 0) / rated.length,
    matching: matching.length,
    ...(drill ? { leads: matching.toSorted(bestFirst).slice(0, limit) } : {}),
  };
}

/** By grade and level; within a rating by engagement, then fit, then id. The two scores are never blended. */
function bestFirst(a: Score, b: Score): number {
  return (
    compareText(a.rating, b.rating) ||
    b.engagement.score - a.engagement.score ||
    b.fit.score - a.fit.score ||
    compareText(a.id, b.id)
  );
}
