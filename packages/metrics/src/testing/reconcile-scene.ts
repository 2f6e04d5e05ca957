import {
  LEAD_TO_WON,
  OWNER_RIGHTS,
  type AnswerContext,
  type DataSource,
  type EntityRecord,
  type Envelope,
  type FunnelQuestion,
  type Question,
} from '../index.ts';
import type { Side } from '../reconcile/index.ts';
import { vectorCases } from './cases/vectors.ts';
import { journey, record } from './scene.ts';

/** Two versions of a funnel: with SAL and without. */
export const context: AnswerContext = {
  definitions: [
    LEAD_TO_WON,
    { ...LEAD_TO_WON, version: '2.0.0', stages: LEAD_TO_WON.stages.filter((s) => s.key !== 'sal') },
  ],
  rights: OWNER_RIGHTS,
  asOf: '2026-03-31T00:00:00Z',
  timeZone: 'UTC',
};
export const january: FunnelQuestion = { kind: 'funnel', funnel: 'lead-to-won@1.0.0', period: '2026-01' };
/** The eight leads of the worked vectors (funnel-vectors.json). */
export const world = vectorCases()[0] ?? { records: [], events: [] };
export const side = (label: string, change: object = {}, part: Partial<Side> = {}): Side => ({
  label,
  figure: { stage: 'mql' },
  question: { ...january, ...change },
  ...part,
});
export const sama = side('Sama');

const wonBy = (id: string, at: string, fetchedAt?: string) =>
  journey(`opportunity:${id}`, [`opportunity 2026-01-05`, `won ${at}`]).map((event) =>
    fetchedAt === undefined ? event : { ...event, source: { ...event.source, fetchedAt } },
  );
const deal = (id: string, amount: number, currency: string): EntityRecord =>
  record(`opportunity:${id}`, { amount, currency });
/** Four won deals: one in dollars, two fetched later, of which one is a double. */
export const deals = {
  records: [deal('O1', 10_000, 'EUR'), deal('O2', 20_000, 'USD'), deal('O3', 5000, 'EUR'), deal('O3b', 5000, 'EUR')],
  events: [
    ...wonBy('O1', '2026-01-20'),
    ...wonBy('O2', '2026-01-21'),
    ...wonBy('O3', '2026-01-22', '2026-02-01T00:00:00Z'),
    ...wonBy('O3b', '2026-01-23', '2026-02-02T00:00:00Z'),
  ],
};
export const ofDeals: AnswerContext = { ...context, definitions: [{ ...LEAD_TO_WON, grain: 'opportunity' }] };
export const merges = [{ entityType: 'opportunity' as const, id: 'O3b', into: 'O3' }];
export const rates = (usd: number) => ({ currency: 'EUR', per: { USD: usd } });
export const revenue = (label: string, reading: Side['reading']): Side => ({
  label,
  question: january,
  figure: { stage: 'won', of: 'value' },
  ...(reading && { reading }),
});

/** A source that only answers. */
export const sourceOf = (answer: (question: Question) => Promise<Envelope>): DataSource => ({
  query: answer,
  command: async () => ({ status: 'refused', message: 'only answers' }),
  subscribe: () => () => undefined,
});
