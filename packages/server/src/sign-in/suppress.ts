import type {
  AnswerContext,
  Criteria,
  Envelope,
  FunnelAnswer,
  FunnelDefinition,
  FunnelQuestion,
  FunnelStage,
  MetricsEngine,
  Question,
  Rate,
} from '@sama/metrics/contracts';
import { canonicalJson, definitionHash } from '@sama/metrics/definitions';
import { rate } from '@sama/metrics/funnel';
import { QuestionError } from '@sama/metrics';
import { refusal } from '../http/refusal.ts';
import { bothTell, groupsOf, joined, NOTHING_TOLD, reachOf, tell, without, type Reach, type Told } from './cells.ts';
import { permitted, type Permitted, type Quarter } from './lattice.ts';

/** From whom small groups are hidden. */
export interface Hidden {
  /** Groups of fewer persons are not told. */
  fewest: number;
  /** Scopes with the definitions they name. */
  scopes: readonly string[];
  /** Names the records: what was counted is kept as long as they are the same. */
  data: string;
}

/** What may be told of the cohort of a quarter. */
interface Cohort {
  envelope: Envelope;
  answer: FunnelAnswer;
  told: Told;
  whole: Reach[];
  /** Of those segments that are told. */
  segments: ReadonlyMap<string, Reach[]>;
}

/** Cohorts that are kept, so that a year costs its quarters once. */
const MOST_KEPT = 500;

/** Answers for a reader from whom small groups are hidden. */
export type Suppressor = (question: Question, context: AnswerContext, hidden: Hidden) => Promise<Envelope>;

/**
 * Answers one funnel by closed quarters and what they add up to, each as it stood when its cohort had been followed, in
 * all and by segments that do not overlap. What is told is always a sum of the same groups, each of nobody or of at
 * least `fewest` persons, so that no difference of answers is a smaller group. Other questions about records are
 * refused; the words of the glossary are told.
 */
export function suppressor(engine: MetricsEngine): Suppressor {
  const kept = new Map<string, Cohort>();

  const cohortOf = async (asked: Permitted, quarter: Quarter, context: AnswerContext, { fewest, data }: Hidden) => {
    const { rights, timeZone } = context;
    const key = canonicalJson([data, rights, timeZone, fewest, definitionHash(asked.definition), { ...quarter }]);
    const found = kept.get(key);
    if (found !== undefined) return found;
    const counted = await count(engine, asked.definition, quarter, fewest, context);
    if (kept.size >= MOST_KEPT) kept.clear();
    if ('told' in counted) kept.set(key, counted);
    return counted;
  };

  return async (question, context, hidden) => {
    if (question.kind === 'glossary' && question.show !== 'impact') return engine.answer(question, context);
    try {
      const asked = permitted(question, hidden.scopes, context);
      const cohorts: Cohort[] = [];
      for (const quarter of asked.quarters) {
        const cohort = await cohortOf(asked, quarter, context, hidden);
        if (!('told' in cohort)) return cohort;
        cohorts.push(cohort);
      }
      return tellOf(asked, cohorts);
    } catch (error) {
      if (error instanceof QuestionError) return refusal(error.code, error.message);
      throw error;
    }
  };
}

/** Counts a cohort in all and by segments, and chooses what to tell of it. */
async function count(
  engine: MetricsEngine,
  definition: FunnelDefinition,
  { from, to, asOf }: Quarter,
  fewest: number,
  context: AnswerContext,
): Promise<Cohort | Envelope> {
  const ask = async (filter?: Criteria) => {
    const question: FunnelQuestion = {
      kind: 'funnel',
      funnel: definition.id,
      view: 'cohort',
      period: `${from}/${to}`,
      asOf: new Date(asOf).toISOString(),
      details: [],
    };
    const envelope = await engine.answer(filter === undefined ? question : { ...question, filter }, context);
    return { envelope, answer: envelope.data?.kind === 'funnel' ? envelope.data : undefined };
  };
  const { envelope, answer } = await ask();
  if (answer === undefined) return envelope;
  const whole = reachOf(answer.stages);
  const told = tell(whole, fewest);
  const isEnough = (reach: readonly Reach[]): boolean => groupsOf(reach, told).every((n) => n === 0 || n >= fewest);
  const segments = new Map<string, Reach[]>();
  const before: Criteria[] = [];
  let others = whole;
  for (const { id, where } of definition.segments ?? []) {
    const shared = before.length === 0 ? undefined : await ask({ all: [where, { any: before }] });
    if (shared !== undefined && shared.answer?.stages[0]?.count !== 0) continue;
    const stages = (await ask(where)).answer?.stages;
    if (stages === undefined) continue;
    const part = reachOf(stages);
    const rest = without(others, part);
    if (!isEnough(part) || !isEnough(rest)) continue;
    segments.set(id, part);
    before.push(where);
    others = rest;
  }
  return { envelope, answer, told, whole, segments };
}

/** Adds quarters up: what is told of a sum is told of each of its parts. */
function tellOf({ period, segment, definition }: Permitted, cohorts: readonly Cohort[]): Envelope {
  const [first, ...more] = cohorts;
  if (first === undefined) return refusal('invalid-period', 'period: it holds no quarter');
  const partOf = ({ whole, segments }: Cohort): Reach[] | undefined =>
    segment === undefined ? whole : segments.get(segment);
  let reach = partOf(first);
  let { told } = first;
  for (const cohort of more) {
    const part = partOf(cohort);
    reach = reach === undefined || part === undefined ? undefined : joined(reach, part);
    told = bothTell(told, cohort.told);
  }
  const { answer } = first;
  const shown = reach === undefined ? NOTHING_TOLD : told;
  const stages = answer.stages.map((stage, i) => stageOf(stage, i, reach ?? first.whole, shown));
  const { envelope } = cohorts.at(-1) ?? first;
  const label = definition.segments?.find(({ id }) => id === segment)?.label ?? segment;
  const hides = stages.some(({ missing, outcomes }) => missing === TOO_SMALL || outcomes === undefined);
  return {
    v: 1,
    status: reach?.[0]?.count === 0 ? 'empty' : 'ok',
    ...(reach?.[0]?.count === 0 ? { code: 'nothing-matches' as const } : {}),
    flags: [...envelope.flags.filter((flag) => flag === 'demo'), ...(hides ? (['suppressed'] as const) : [])],
    ...(envelope.definition === undefined ? {} : { definition: envelope.definition }),
    ...(envelope.asOf === undefined ? {} : { asOf: envelope.asOf }),
    ...(envelope.computedAt === undefined ? {} : { computedAt: envelope.computedAt }),
    ...(envelope.engine === undefined ? {} : { engine: envelope.engine }),
    warnings: [],
    data: {
      ...plainAnswer(answer),
      period,
      ...(segment === undefined || label === undefined ? {} : { segment: { id: segment, label } }),
      stages,
      side: [],
    },
  };
}

/** What an answer says beside numbers. */
function plainAnswer({ handoff: _, compare: __, period: ___, segment: ____, ...rest }: FunnelAnswer): FunnelAnswer {
  return rest;
}

const TOO_SMALL = 'Group too small to show';
const hidden: Rate = { value: null, reason: 'suppressed' };

/** A stage with what is told of it. Imputed entries and times are of groups of their own, and left out. */
function stageOf(
  { key, label, owner, term, missing }: FunnelStage,
  i: number,
  reach: Reach[],
  told: Told,
): FunnelStage {
  const [anchor, before, here, next] = [reach[0], reach[i - 1], reach[i], reach[i + 1]];
  const isTold = told.count[i] === true && here !== undefined;
  const share = (of: Reach | undefined, index: number): Rate =>
    isTold && of !== undefined && told.count[index] === true ? rate(here.count, of.count) : hidden;
  const [unresolved = 0, overdue = 0, recycled = 0, lost = 0, disqualified = 0] = here?.rest ?? [];
  const advanced = next?.count ?? here?.count ?? 0;
  return {
    key,
    label,
    ...(owner === undefined ? {} : { owner }),
    ...(term === undefined ? {} : { term }),
    ...(isTold && missing === undefined ? {} : { missing: missing ?? TOO_SMALL }),
    count: isTold ? here.count : 0,
    imputed: 0,
    ...(i === 0 ? {} : { stepRate: share(before, i - 1) }),
    cumulativeRate: share(anchor, 0),
    ...(isTold && told.rest[i] === true
      ? { outcomes: { advanced, open: unresolved + overdue, recycled, lost, disqualified, overdue } }
      : {}),
  };
}
