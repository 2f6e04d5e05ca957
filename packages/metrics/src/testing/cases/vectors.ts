import * as z from 'zod/mini';
import fixture from '../fixtures/funnel-vectors.json' with { type: 'json' };
import { sortedGroups } from '../agreement.ts';
import type { FunnelCase } from '../expectation.ts';
import type { Choices } from '../plans.ts';
import { planOf } from '../plans.ts';
import { journey } from '../scene.ts';

const Counts = z.array(z.number());
const Vectors = z.object({
  asOf: z.string(),
  window: z.tuple([z.string(), z.string()]),
  events: z.record(z.string(), z.array(z.object({ stage: z.string(), at: z.string() }))),
  cohort_impute: z.object({ reached: Counts, imputedCounts: Counts, entities: z.array(z.string()) }),
  cohort_strict: z.object({ reached: Counts, entities: z.array(z.string()) }),
  activity_open: z.object({ enteredInWindow: Counts }),
  snapshot: z.record(z.string(), z.array(z.string())),
  mql_to_sal: z.object({ byVisit: Counts, byPerson: Counts, imputedCohort: Counts }),
  timeInStage: z.array(z.object({ entity: z.string(), stage: z.string(), days: z.number(), open: z.boolean() })),
});

/** The eight leads of the worked vectors, asked in every way the vectors have an answer for. */
export function vectorCases(): FunnelCase[] {
  const vectors = Vectors.parse(fixture.funnel);
  const events = Object.entries(vectors.events).flatMap(([entity, lines]) =>
    journey(
      entity,
      lines.map(({ stage, at }) => `${stage} ${at}`),
    ),
  );
  const ask = (name: string, choices: Choices, expected: FunnelCase['expected']): FunnelCase => ({
    name: `vectors: ${name}`,
    records: [],
    events,
    plan: planOf({ asOf: `${vectors.asOf}T00:00:00Z`, ...choices }),
    expected,
  });
  const period = vectors.window;
  const standing = (stage: string): number => vectors.snapshot[stage]?.length ?? 0;
  // "k of n" of the vectors, as the counts of the anchor and the stage after it.
  const kOfN = ([k = 0, n = 0]: readonly number[]): number[] => [n, k];
  const times = (stage: string) =>
    sortedGroups(
      vectors.timeInStage.filter((visit) => visit.stage === stage).map(({ days, open }) => [days, open ? 0 : 1, 1]),
    );

  return [
    ask(
      'January cohort, impute',
      { period },
      {
        count: vectors.cohort_impute.reached,
        imputed: vectors.cohort_impute.imputedCounts,
        entrants: vectors.cohort_impute.entities.length,
      },
    ),
    ask(
      'January cohort, strict',
      { period, skipPolicy: 'strict' },
      { count: vectors.cohort_strict.reached, entrants: vectors.cohort_strict.entities.length },
    ),
    ask('activity in January', { period, view: 'activity' }, { count: vectors.activity_open.enteredInWindow }),
    ask(
      'snapshot',
      { view: 'snapshot' },
      {
        count: ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won'].map(standing),
        side: { lost: standing('lost'), disqualified: standing('disqualified') },
      },
    ),
    // The vectors speak of the first two stages; the rest was counted by hand from the same events.
    ask(
      'MQL to SAL by visit',
      { anchor: 'mql', unit: 'visit', skipPolicy: 'strict' },
      { count: [...kOfN(vectors.mql_to_sal.byVisit), 3, 2, 1] },
    ),
    ask(
      'MQL to SAL by person',
      { anchor: 'mql', skipPolicy: 'strict' },
      { count: [...kOfN(vectors.mql_to_sal.byPerson), 3, 2, 1] },
    ),
    ask(
      'MQL to SAL in the imputed cohort',
      { anchor: 'mql', period },
      { count: [...kOfN(vectors.mql_to_sal.imputedCohort), 4, 3, 1] },
    ),
    ask('time in stage', {}, { days: { mql: times('mql'), sal: times('sal') } }),
  ];
}
