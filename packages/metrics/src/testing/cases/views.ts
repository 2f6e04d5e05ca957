import type { FunnelCase } from '../expectation.ts';
import { planOf } from '../plans.ts';
import { journey, record } from '../scene.ts';

/** Sections 3 to 7 of "How Sama counts": time in stage, maturity, activity and snapshot. */
export function viewCases(): FunnelCase[] {
  return [
    {
      name: 'time: a visit that ends exactly at the cutoff has ended, one that ends later is open until the cutoff',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01T00:00', 'mql 2026-01-11T00:00']),
        ...journey('Q', ['lead 2026-01-01T00:00', 'mql 2026-01-20T00:00']),
      ],
      plan: planOf({ window: { days: 10 } }),
      expected: {
        days: {
          lead: [
            [10, 0, 1],
            [10, 1, 1],
          ],
          mql: [[0, 0, 1]],
        },
      },
    },
    {
      name: 'time: a visit ends at the next event of the line, also when that is beyond the scope of the trial',
      records: [],
      events: journey('P', ['mql 2026-01-01T00:00', 'sal 2026-01-03T00:00', 'mql 2026-01-10T00:00']),
      plan: planOf({ anchor: 'mql', unit: 'visit' }),
      expected: {
        days: {
          mql: [
            [2, 1, 1],
            [80, 0, 1],
          ],
          sal: [[7, 1, 1]],
        },
      },
    },
    {
      name: 'time: every visit counts, a side stage ends one, and the final stage has none',
      records: [],
      events: journey('P', [
        'mql 2026-01-01T00:00',
        'lost 2026-01-03T00:00',
        'mql 2026-01-04T00:00',
        'won 2026-01-09T00:00',
      ]),
      plan: planOf({ anchor: 'mql' }),
      expected: {
        days: {
          mql: [
            [2, 1, 1],
            [5, 1, 1],
          ],
          won: [],
        },
      },
    },
    {
      name: 'time: under strict a visit outside the chain is still a visit',
      records: [],
      events: journey('P', ['lead 2026-01-01T00:00', 'sal 2026-01-03T00:00', 'sql 2026-01-04T00:00']),
      plan: planOf({ skipPolicy: 'strict' }),
      expected: { count: [1, 0, 0, 0, 0, 0], days: { sal: [[1, 1, 1]] } },
    },
    {
      name: 'time: nothing is collected unless it is asked for',
      records: [],
      events: journey('P', ['lead 2026-01-01T00:00', 'mql 2026-01-03T00:00']),
      plan: planOf({ time: false }),
      expected: { days: { lead: [] } },
    },
    {
      name: 'maturity: who has had the window by asOf is followed, who lacks a millisecond is not',
      records: [],
      events: [...journey('P', ['lead 2026-03-01T00:00']), ...journey('Q', ['lead 2026-03-01T00:00:00.001'])],
      plan: planOf({ window: { days: 30 } }),
      expected: { entrants: 2, followed: 1, horizonDays: 30 },
    },
    {
      name: 'maturity: without a window the horizon is the 90th percentile over all trials, also those outside the period',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01T00:00', 'won 2026-01-11T00:00']),
        ...journey('Q', ['lead 2026-01-01T00:00', 'won 2026-01-21T00:00']),
        ...journey('R', ['lead 2026-03-12T00:00']),
        ...journey('S', ['lead 2026-03-12T00:00:00.001']),
      ],
      // Type 7 of 10 and 20 days is 19; from 12 March these are over on the 31st.
      plan: planOf({ period: ['2026-03-01', '2026-04-01'] }),
      expected: { entrants: 2, horizonDays: 19, followed: 1 },
    },
    {
      name: 'maturity: without a window and without a win there is no horizon',
      records: [],
      events: journey('P', ['lead 2026-01-01', 'opportunity 2026-01-11']),
      plan: planOf(),
      expected: { entrants: 1, followed: 0, horizonDays: null },
    },
    {
      name: 'maturity: without a window and without the estimate asked for there is no horizon',
      records: [],
      events: journey('P', ['lead 2026-01-01', 'won 2026-01-11']),
      plan: planOf({ estimate: false }),
      expected: { entrants: 1, followed: 0, horizonDays: null },
    },
    {
      name: 'estimate: whole days from entry; won is 1, lost or disqualified 2, everything else censored at the cutoff',
      records: [],
      events: [
        ...journey('won-9', ['lead 2026-01-01T12:00', 'won 2026-01-11T11:59']),
        ...journey('won-then-churned', ['lead 2026-01-01', 'won 2026-01-04', 'churned 2026-01-09']),
        ...journey('lost-5', ['lead 2026-01-01T00:00', 'nurture 2026-01-03T00:00', 'lost 2026-01-06T13:00']),
        ...journey('disqualified-0', ['lead 2026-01-01T00:00', 'disqualified 2026-01-01T23:00']),
        ...journey('recycled', ['lead 2026-01-01', 'recycled 2026-01-05']),
        ...journey('lost-and-back', ['lead 2026-01-01', 'lost 2026-01-05', 'mql 2026-01-06']),
        ...journey('lost-too-late', ['lead 2026-01-01', 'lost 2026-02-20']),
        ...journey('young', ['lead 2026-03-20T12:00']),
      ],
      plan: planOf({ window: { days: 30 } }),
      expected: {
        conversion: [
          [0, 2, 1],
          [3, 1, 1],
          [5, 2, 1],
          [9, 1, 1],
          [10, 0, 1],
          [30, 0, 3],
        ],
        followed: 7,
      },
    },
    {
      name: 'activity: an entity counts once for each stage it entered in the period',
      records: [],
      events: journey('P', [
        'lead 2025-12-30',
        'mql 2026-01-05',
        'returned 2026-01-08',
        'mql 2026-01-10',
        'sal 2026-02-01',
      ]),
      plan: planOf({ view: 'activity', period: ['2026-01-01', '2026-02-01'] }),
      expected: { count: [0, 1, 0, 0, 0, 0], side: { returned: 1 } },
    },
    {
      name: 'activity by visit: every visit entered in the period counts',
      records: [],
      events: journey('P', [
        'lead 2025-12-30',
        'mql 2026-01-05',
        'returned 2026-01-08',
        'mql 2026-01-10',
        'mql 2026-01-11',
      ]),
      plan: planOf({ view: 'activity', unit: 'visit', period: ['2026-01-01', '2026-02-01'] }),
      expected: { count: [0, 2, 0, 0, 0, 0], side: { returned: 1 } },
    },
    {
      name: 'activity by cycle: every visit counts as well',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'lost 2026-01-06', 'mql 2026-01-10']),
      plan: planOf({ view: 'activity', unit: 'cycle', entryPolicy: 'every' }),
      expected: { count: [0, 2, 0, 0, 0, 0], side: { lost: 1 } },
    },
    {
      name: 'activity: all main stages are shown, also those before the anchor',
      records: [],
      events: journey('P', ['lead 2026-01-05', 'mql 2026-01-06']),
      plan: planOf({ view: 'activity', anchor: 'sal' }),
      expected: { count: [1, 1, 0, 0, 0, 0] },
    },
    {
      name: 'snapshot: everybody stands where the last visit is, whatever the period and the anchor',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-05', 'sal 2026-01-06', 'mql 2026-01-10']),
        ...journey('Q', ['lead 2026-01-05', 'lost 2026-02-01']),
        ...journey('R', ['lead 2026-01-05', 'mql 2026-04-20']),
      ],
      plan: planOf({ view: 'snapshot', anchor: 'sal', period: ['2025-01-01', '2025-02-01'] }),
      expected: { count: [1, 1, 0, 0, 0, 0], side: { lost: 1 }, entities: 3 },
    },
    {
      name: 'snapshot: a record without a dated event stands on its current stage; a dated event goes before it',
      records: [
        record('P', { currentStage: 'mql' }),
        record('Q', { currentStage: 'mql' }),
        record('R'),
        record('S', { currentStage: 'nurture' }),
      ],
      events: journey('Q', ['sal 2026-01-05']),
      plan: planOf({ view: 'snapshot' }),
      expected: { count: [0, 1, 1, 0, 0, 0], side: { nurture: 1 }, warnings: { undated: 2 }, entities: 4 },
    },
    {
      name: 'cohort: a record without a dated event is in no rate',
      records: [record('P', { currentStage: 'mql' })],
      events: journey('Q', ['lead 2026-01-05']),
      plan: planOf(),
      expected: { entrants: 1, count: [1, 0, 0, 0, 0, 0], entities: 2 },
    },
    {
      name: 'missing: a stage nobody ever visits is not recorded when a later one is, in any view and for any anchor',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-05', 'opportunity 2026-02-01', 'lost 2026-03-01']),
        ...journey('Q', ['sal 2026-01-05', 'mql 2026-04-05']),
      ],
      plan: planOf({ view: 'snapshot', anchor: 'sal' }),
      expected: { missing: ['mql', 'sql'] },
    },
    {
      name: 'snapshot: ages run from the entry of the last visit to asOf, without the undated',
      records: [record('U', { currentStage: 'mql' })],
      events: [
        ...journey('P', ['mql 2026-03-01T00:00', 'mql 2026-03-20T00:00']),
        ...journey('Q', ['lead 2026-01-05T00:00', 'mql 2026-03-30T12:00']),
      ],
      plan: planOf({ view: 'snapshot' }),
      expected: {
        count: [0, 3, 0, 0, 0, 0],
        days: {
          lead: [],
          mql: [
            [0.5, 0, 1],
            [30, 0, 1],
          ],
        },
      },
    },
  ];
}
