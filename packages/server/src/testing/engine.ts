import type { AnswerContext, Envelope, FunnelAnswer, MetricsEngine, Question } from '@sama/metrics/contracts';

/** A small cohort of two stages. */
export const FUNNEL_ANSWER: FunnelAnswer = {
  kind: 'funnel',
  label: 'Lead to won',
  view: 'cohort',
  measure: 'count',
  anchor: 'lead',
  unit: 'entity',
  entryPolicy: 'first',
  skipPolicy: 'impute',
  timeZone: 'UTC',
  stages: [
    {
      key: 'lead',
      label: 'Lead',
      owner: 'marketing',
      count: 18_400,
      imputed: 0,
      cumulativeRate: { value: 1, low: 0.9998, high: 1, k: 18_400, n: 18_400 },
      outcomes: { advanced: 7312, open: 3086, recycled: 4980, lost: 0, disqualified: 3022, overdue: 0 },
      time: {
        median: { value: 6 * 86_400_000 },
        p90: { value: null, reason: 'insufficient-data' },
        visits: 18_400,
        open: 3086,
      },
    },
    {
      key: 'mql',
      label: 'MQL',
      owner: 'both',
      count: 7312,
      imputed: 212,
      stepRate: { value: 7312 / 18_400, low: 0.3904, high: 0.4043, k: 7312, n: 18_400 },
      cumulativeRate: { value: 7312 / 18_400, low: 0.3904, high: 0.4043, k: 7312, n: 18_400 },
      outcomes: { advanced: 7312, open: 0, recycled: 0, lost: 0, disqualified: 0, overdue: 0 },
      before: {
        count: 7000,
        change: { difference: -0.046, low: -0.07, high: -0.021, verdict: 'down' },
      },
    },
  ],
  side: [],
};

/** An envelope around `FUNNEL_ANSWER`. */
export function funnelEnvelope(context: Pick<AnswerContext, 'asOf'>): Envelope {
  return {
    v: 1,
    status: 'ok',
    flags: ['immature'],
    definition: { id: 'lead-to-won', version: '1.0.0', hash: 'a'.repeat(64), agreed: ['marketing', 'sales'] },
    asOf: context.asOf,
    computedAt: '2026-06-16T06:00:00Z',
    engine: 'test',
    warnings: [{ code: 'imputed-entries', params: { count: 212 } }],
    data: FUNNEL_ANSWER,
  };
}

/** An engine that records what it is asked and answers as told. */
export class ScriptedEngine implements MetricsEngine {
  readonly asked: { question: Question; context: AnswerContext }[] = [];
  readonly #reply: (question: Question, context: AnswerContext) => Envelope | Promise<Envelope>;

  constructor(
    reply: (question: Question, context: AnswerContext) => Envelope | Promise<Envelope> = (_q, c) => funnelEnvelope(c),
  ) {
    this.#reply = reply;
  }

  async answer(question: Question, context: AnswerContext): Promise<Envelope> {
    this.asked.push({ question, context });
    return this.#reply(question, context);
  }
}
