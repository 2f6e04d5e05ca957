import type { DifferenceQuestion, DifferenceSide } from '../contracts/index.ts';
import type { AnswerCase } from './answer-case.ts';
import { context, world } from './reconcile-scene.ts';

const january = { funnel: 'lead-to-won@1.0.0', period: '2026-01', stage: 'mql' } satisfies DifferenceSide;

const asked = (b: Partial<DifferenceSide>, part: Partial<DifferenceQuestion> = {}): DifferenceQuestion => ({
  kind: 'difference',
  a: january,
  b: { ...january, ...b },
  ...part,
});

/** The eight leads of the worked vectors: six MQLs of January, counted and reported in other ways. */
export function differenceCases(): AnswerCase[] {
  const cases: [name: string, question: DifferenceQuestion, expected: AnswerCase['expected']][] = [
    [
      'who skipped a stage: 6 imputed, 4 strict',
      asked({ skipPolicy: 'strict' }, { records: 10 }),
      {
        status: 'ok',
        data: {
          kind: 'difference',
          grain: 'person',
          unit: 'count',
          a: { label: 'MQL', value: 6 },
          b: { label: 'MQL', value: 4 },
          difference: -2,
          items: [
            {
              causes: ['skip-policy'],
              from: ['impute'],
              to: ['strict'],
              amount: -2,
              after: 4,
              added: { total: 0, ids: [] },
              removed: { total: 2 },
            },
          ],
          unexplained: 0,
        },
      },
    ],
    [
      'what happened in the period: 6 of the cohort, 5 entries; the policy changes before the view',
      asked({ view: 'activity' }),
      {
        status: 'ok',
        data: { difference: -1, b: { value: 5 }, items: [{ causes: ['skip-policy'] }, { causes: ['view'], after: 5 }] },
      },
    ],
    [
      'who stands there: 1 of the snapshot, and back',
      {
        kind: 'difference',
        a: { funnel: 'lead-to-won@1.0.0', stage: 'mql', view: 'snapshot' },
        b: { funnel: 'lead-to-won@1.0.0', stage: 'mql', period: '2026-01' },
      },
      { status: 'ok', data: { a: { value: 1 }, b: { value: 6 }, difference: 5, unexplained: 0 } },
    ],
    [
      'a number that somebody brings, with the settings it was counted by',
      asked({ skipPolicy: 'strict', reported: 9 }),
      {
        status: 'ok',
        data: { b: { value: 9, answered: 4 }, difference: 3, items: [{ amount: -2 }], unexplained: 5 },
      },
    ],
    [
      'a number alone',
      asked({ reported: 7 }, { records: 1 }),
      { status: 'ok', data: { b: { value: 7, answered: 6 }, difference: 1, items: [], unexplained: 1 } },
    ],
    [
      'two versions of a definition, of which one lacks a stage before',
      asked({ funnel: 'lead-to-won@2.0.0', stage: 'sql' }, { records: 5 }),
      {
        status: 'ok',
        data: {
          b: { label: 'SQL', value: 4 },
          items: [{ causes: ['stages'], added: { total: 0 }, removed: { total: 2 } }],
        },
      },
    ],
    ['no stage of that name', asked({ stage: 'mal' }), { status: 'error', code: 'unknown-stage' }],
    ['a stage before the anchor', asked({ anchor: 'sal' }), { status: 'error', code: 'unknown-stage' }],
  ];
  return cases.map(([name, question, expected]) => ({
    name: `difference: ${name}`,
    records: world.records,
    events: world.events,
    activities: [],
    question,
    context,
    expected,
  }));
}
