import type {
  AnswerContext,
  Envelope,
  FunnelAnswer,
  FunnelDefinition,
  FunnelQuestion,
  MetricsEngine,
  Person,
  StageEvent,
} from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { compileCriteria, recordReader } from '@sama/metrics/criteria';
import type * as z from 'zod/mini';
import type { Standing } from './told.ts';

/** Somebody of a small company: when they came, from where, how far, and what became of them. */
export interface Comer extends Standing {
  quarter: 1 | 2;
  region: string;
}

const STAGES = ['lead', 'mql', 'won'] as const;
const inRegion = (...regions: string[]) => ({ field: 'attributes.region', in: regions });

/** A funnel with two segments apart and one across both. */
export const SMALL: FunnelDefinition = {
  kind: 'funnel',
  id: 'small',
  version: '1.0.0',
  grain: 'person',
  owners: ['marketing'],
  stages: STAGES.map((key) => ({ key, owner: 'marketing' })),
  segments: [
    { id: 'a', where: inRegion('A') },
    { id: 'across', where: inRegion('A', 'B') },
    { id: 'b', where: inRegion('B') },
  ],
};

/** What is permitted to be asked of it, of two quarters. */
export const LATTICE: readonly FunnelQuestion[] = ['2025-Q1', '2025-Q2', '2025-01-01/2025-07-01'].flatMap((period) =>
  [undefined, 'a', 'b', 'across'].map((segment): FunnelQuestion => ({
    kind: 'funnel',
    funnel: 'small',
    period,
    ...(segment === undefined ? {} : { segment }),
  })),
);

/** Those a question of the lattice is about. */
export function askedFor({ period = '', segment }: FunnelQuestion, comers: readonly Comer[]): Comer[] {
  const regions = { a: ['A'], b: ['B'], across: ['A', 'B'] }[segment ?? ''];
  return comers.filter(
    ({ quarter, region }) =>
      (period.includes('/') || period.endsWith(`Q${quarter}`)) && (regions?.includes(region) ?? true),
  );
}

export const CONTEXT: AnswerContext = {
  definitions: [SMALL],
  rights: { ...OWNER_RIGHTS, scopes: ['funnel'] },
  asOf: '2026-06-16T06:00:00Z',
  timeZone: 'UTC',
};

const recordOf = ({ region }: Comer, i: number): z.infer<typeof Person> => ({
  entityType: 'person',
  id: `p${i}`,
  attributes: { region },
  batch: 'b',
});

/** Records and events of these, for an engine. */
export function historyOf(comers: readonly Comer[]): { records: z.infer<typeof Person>[]; events: StageEvent[] } {
  const events = comers.flatMap(({ quarter, stage, outcome }, i) => {
    const month = quarter === 1 ? '02' : '05';
    const side = { lost: 'lost', recycled: 'recycled', overdue: 'expired', disqualified: 'disqualified' }[outcome];
    const stops = [...STAGES.slice(0, stage + 1), ...(side === undefined ? [] : [side])];
    return stops.map((key, step): StageEvent => ({
      entityId: `p${i}`,
      entityType: 'person',
      stage: key,
      at: `2025-${month}-0${step + 1}T00:00:00Z`,
      source: { system: 'crm', recordId: `${i}-${step}` },
      batch: 'b',
    }));
  });
  return { records: comers.map(recordOf), events };
}

/** An engine that counts these and nothing else, for thousands of companies. */
export function countingEngine(comers: readonly Comer[]): MetricsEngine {
  const read = recordReader(comers.map(recordOf));
  return {
    answer(question) {
      if (question.kind !== 'funnel') throw new Error('only funnels are counted');
      const { filter = { all: [] }, period = '', asOf = '' } = question;
      const holds = compileCriteria(filter, read, { asOf: Date.parse(asOf), timeZone: 'UTC' });
      const from = period.startsWith('2025-01') ? 1 : 2;
      const cohort = comers.filter(({ quarter }, i) => quarter === from && holds(i));
      return Promise.resolve(envelopeOf(cohort, asOf));
    },
  };
}

function envelopeOf(cohort: readonly Comer[], asOf: string): Envelope {
  const count = (holds: (comer: Comer) => boolean): number => cohort.filter(holds).length;
  const stages = STAGES.map((key, i) => {
    const rest = (...names: string[]) =>
      i === STAGES.length - 1 ? 0 : count(({ stage, outcome }) => stage === i && names.includes(outcome));
    return {
      key,
      label: key,
      count: count(({ stage }) => stage >= i),
      imputed: 0,
      outcomes: {
        advanced: count(({ stage }) => stage > i || stage === STAGES.length - 1),
        open: rest('open', 'overdue'),
        overdue: rest('overdue'),
        lost: rest('lost'),
        recycled: rest('recycled'),
        disqualified: rest('disqualified'),
      },
    };
  });
  const data: FunnelAnswer = {
    kind: 'funnel',
    label: 'Small',
    anchor: 'lead',
    timeZone: 'UTC',
    side: [],
    stages,
    view: 'cohort',
    measure: 'count',
    unit: 'entity',
    entryPolicy: 'first',
    skipPolicy: 'impute',
  };
  return { v: 1, status: 'ok', flags: [], warnings: [], asOf, data };
}
