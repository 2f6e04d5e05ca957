import type { FunnelCase } from '../expectation.ts';
import { planOf } from '../plans.ts';
import { journey } from '../scene.ts';

const TWO_CYCLES = ['lead 2026-01-01', 'mql 2026-01-05', 'recycled 2026-01-10', 'mql 2026-02-20', 'sal 2026-02-21'];

/** Section 2 of "How Sama counts": entries, scopes, what is reached and what became of the rest. */
export function trialCases(): FunnelCase[] {
  return [
    {
      name: 'first: everything after the first entry counts, whatever the cycle',
      records: [],
      events: journey('P', TWO_CYCLES),
      plan: planOf({ anchor: 'mql' }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0], advanced: [1, 0, 0, 0, 0], open: [0, 1, 0, 0, 0] },
    },
    {
      name: 'every: each cycle is a trial of its own, so the first ends recycled',
      records: [],
      events: journey('P', TWO_CYCLES),
      plan: planOf({ anchor: 'mql', entryPolicy: 'every' }),
      expected: {
        entrants: 2,
        count: [2, 1, 0, 0, 0],
        advanced: [1, 0, 0, 0, 0],
        recycled: [1, 0, 0, 0, 0],
        open: [0, 1, 0, 0, 0],
      },
    },
    {
      name: 'every, strict: a cycle without the anchor is no trial',
      records: [],
      events: journey('P', TWO_CYCLES),
      plan: planOf({ anchor: 'lead', entryPolicy: 'every', skipPolicy: 'strict' }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0, 0], recycled: [0, 1, 0, 0, 0, 0] },
    },
    {
      name: 'reasons: of the event that began the loss, of several on its day the first by code point, else none',
      records: [],
      events: [
        ...journey('A', ['mql 2026-01-05']),
        ...journey('A', ['lost 2026-01-09'], { reason: 'price', recordId: 'a' }),
        ...journey('B', ['mql 2026-01-05']),
        ...journey('B', ['lost 2026-01-09T10:00'], { reason: 'timing', recordId: 'b1' }),
        ...journey('B', ['churned 2026-01-09'], { reason: 'fit', recordId: 'b2' }),
        ...journey('B', ['lost 2026-01-10'], { reason: 'bad day', recordId: 'b3' }),
        ...journey('C', ['mql 2026-01-05', 'sal 2026-01-06']),
        ...journey('C', ['recycled 2026-01-07'], { reason: 'price', recordId: 'c' }),
        ...journey('D', ['mql 2026-01-05', 'lost 2026-01-09']),
        ...journey('E', ['mql 2026-01-05']),
        ...journey('E', ['lost 2026-01-09'], { reason: 'price', recordId: 'e' }),
        ...journey('E', ['sal 2026-01-20']),
      ],
      plan: planOf({ anchor: 'mql', reasons: true }),
      expected: {
        count: [5, 2, 0, 0, 0],
        lost: [3, 0, 0, 0, 0],
        recycled: [0, 1, 0, 0, 0],
        reasons: {
          mql: ['["lost","bad day",1]', '["lost","price",1]', '["lost",null,1]'],
          sal: ['["recycled","price",1]'],
        },
      },
    },
    {
      name: 'last: the latest visit to the anchor within the latest cycle is the entry',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'sal 2026-01-06', 'mql 2026-01-10']),
      plan: planOf({ anchor: 'mql', entryPolicy: 'last', period: ['2026-01-10', '2026-01-11'] }),
      expected: { entrants: 1, count: [1, 0, 0, 0, 0] },
    },
    {
      name: 'last, impute: a later cycle without the anchor enters where it is inferred',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'disqualified 2026-01-10', 'sal 2026-02-20']),
      plan: planOf({ anchor: 'mql', entryPolicy: 'last', period: ['2026-02-20', '2026-02-21'] }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0], imputed: [1, 0, 0, 0, 0] },
    },
    {
      name: 'last, strict: the latest cycle that has the anchor counts, and all that follows it',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'disqualified 2026-01-10', 'sal 2026-02-20']),
      plan: planOf({ anchor: 'mql', entryPolicy: 'last', skipPolicy: 'strict' }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0], imputed: [0, 0, 0, 0, 0] },
    },
    {
      name: 'visit: each visit to the anchor is a trial and succeeds before the next one or not at all',
      records: [],
      events: journey('P', ['mql 2026-01-01', 'returned 2026-01-05', 'mql 2026-01-10', 'sal 2026-01-12']),
      plan: planOf({ anchor: 'mql', unit: 'visit' }),
      expected: { entrants: 2, count: [2, 1, 0, 0, 0], advanced: [1, 0, 0, 0, 0], recycled: [1, 0, 0, 0, 0] },
    },
    {
      name: 'visit, impute: the anchor is never inferred',
      records: [],
      events: [...journey('P', ['sal 2026-01-01']), ...journey('Q', ['mql 2026-01-01', 'sql 2026-01-02'])],
      plan: planOf({ anchor: 'mql', unit: 'visit' }),
      expected: { entrants: 1, count: [1, 1, 1, 0, 0], imputed: [0, 1, 0, 0, 0] },
    },
    {
      name: 'impute: whoever is first seen at a later stage enters then, inferred at all stages before',
      records: [],
      events: journey('P', ['sql 2026-02-10']),
      plan: planOf({ anchor: 'mql', period: ['2026-02-10', '2026-02-11'] }),
      expected: { entrants: 1, count: [1, 1, 1, 0, 0], imputed: [1, 1, 0, 0, 0], days: { mql: [] } },
    },
    {
      name: 'impute: an inferred entry is not counted as inferred when the anchor is visited later',
      records: [],
      events: journey('P', ['sal 2026-01-05', 'mql 2026-01-08']),
      plan: planOf({ anchor: 'mql', period: ['2026-01-05', '2026-01-06'] }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0], imputed: [0, 0, 0, 0, 0], advanced: [1, 0, 0, 0, 0] },
    },
    {
      name: 'impute: a side stage, though of higher rank, reaches nothing',
      records: [],
      events: [...journey('P', ['lead 2026-01-01', 'lost 2026-01-02']), ...journey('Q', ['lost 2026-01-02'])],
      plan: planOf(),
      expected: { entrants: 1, count: [1, 0, 0, 0, 0, 0], lost: [1, 0, 0, 0, 0, 0], conversion: [] },
    },
    {
      name: 'strict: the chain may pass over a visit that comes too early and use the next one',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01', 'sal 2026-01-03', 'mql 2026-01-05', 'sal 2026-01-07']),
        ...journey('Q', ['lead 2026-01-01', 'sal 2026-01-03', 'mql 2026-01-05']),
      ],
      plan: planOf({ skipPolicy: 'strict' }),
      expected: { count: [2, 2, 1, 0, 0, 0] },
    },
    {
      name: 'strict: nothing after a missing stage is reached, and events before the anchor do not help',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01', 'sal 2026-01-03', 'sql 2026-01-05']),
        ...journey('Q', ['mql 2025-12-30', 'lead 2026-01-01', 'sal 2026-01-03']),
      ],
      plan: planOf({ skipPolicy: 'strict' }),
      expected: { count: [2, 0, 0, 0, 0, 0], open: [2, 0, 0, 0, 0, 0] },
    },
    {
      name: 'open: stages are independent, and who skips the next one did not advance',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01', 'sal 2026-01-03', 'lost 2026-01-09']),
        ...journey('Q', ['sal 2026-01-03']),
      ],
      plan: planOf({ skipPolicy: 'open' }),
      expected: {
        entrants: 1,
        count: [1, 0, 1, 0, 0, 0],
        advanced: [0, 0, 0, 0, 0, 0],
        lost: [1, 0, 1, 0, 0, 0],
      },
    },
    {
      name: 'outcome: a side stage followed by a main stage, though a lower one, no longer counts',
      records: [],
      events: journey('P', ['lead 2026-01-01', 'mql 2026-01-05', 'lost 2026-01-10', 'lead 2026-01-12']),
      plan: planOf(),
      expected: { count: [1, 1, 0, 0, 0, 0], open: [0, 1, 0, 0, 0, 0], lost: [0, 0, 0, 0, 0, 0] },
    },
    {
      name: 'outcome: of two side stages the last one decides',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01', 'disqualified 2026-01-05', 'returned 2026-01-06']),
        ...journey('Q', ['lead 2026-01-01', 'returned 2026-01-05', 'disqualified 2026-01-06']),
      ],
      plan: planOf(),
      expected: { recycled: [1, 0, 0, 0, 0, 0], disqualified: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'outcome: expired is open and overdue, until somebody advances',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01', 'mql 2026-01-02', 'expired 2026-01-05']),
        ...journey('Q', ['lead 2026-01-01', 'mql 2026-01-02', 'expired 2026-01-05', 'sal 2026-01-06']),
      ],
      plan: planOf(),
      expected: {
        count: [2, 2, 1, 0, 0, 0],
        advanced: [2, 1, 0, 0, 0, 0],
        open: [0, 1, 1, 0, 0, 0],
        overdue: [0, 1, 0, 0, 0, 0],
      },
    },
    {
      name: 'outcome: the final stage has always advanced, also for a customer who left',
      records: [],
      events: journey('P', ['lead 2026-01-01', 'won 2026-01-05', 'churned 2026-02-01']),
      plan: planOf({ skipPolicy: 'open' }),
      expected: { count: [1, 0, 0, 0, 0, 1], advanced: [0, 0, 0, 0, 0, 1], lost: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'cutoff: the end of the window is included, a millisecond later is not',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01T00:00', 'mql 2026-01-11T00:00']),
        ...journey('Q', ['lead 2026-01-01T00:00', 'mql 2026-01-11T00:00:00.001']),
      ],
      plan: planOf({ window: { days: 10 } }),
      expected: { count: [2, 1, 0, 0, 0, 0], open: [1, 1, 0, 0, 0, 0] },
    },
    {
      name: 'cutoff: a loss after the window does not exist for the trial, one at its end does',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01T00:00', 'lost 2026-01-11T00:00']),
        ...journey('Q', ['lead 2026-01-01T00:00', 'lost 2026-01-11T00:00:00.001']),
      ],
      plan: planOf({ window: { days: 10 } }),
      expected: { lost: [1, 0, 0, 0, 0, 0], open: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'cutoff: a window is elapsed time, also over the night the clock goes forward',
      records: [],
      events: [
        ...journey('P', ['lead 2026-03-28T12:00+01:00', 'mql 2026-03-29T13:00+02:00']),
        ...journey('Q', ['lead 2026-03-28T12:00+01:00', 'mql 2026-03-29T13:01+02:00']),
      ],
      plan: planOf({ timeZone: 'Europe/Berlin', window: { hours: 24 } }),
      expected: { count: [2, 1, 0, 0, 0, 0] },
    },
    {
      name: 'period: the first instant of the first local day is in, that of the day after the last is out',
      records: [],
      events: [
        ...journey('P', ['lead 2025-12-31T23:00']),
        ...journey('Q', ['lead 2025-12-31T22:59:59.999']),
        ...journey('R', ['lead 2026-01-31T22:59:59.999']),
        ...journey('S', ['lead 2026-01-31T23:00']),
      ],
      plan: planOf({ timeZone: 'Europe/Berlin', period: ['2026-01-01', '2026-02-01'] }),
      expected: { entrants: 2, entities: 4 },
    },
    {
      name: 'period: it selects entries, while success may come long after it',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-31', 'mql 2026-03-20']),
        ...journey('Q', ['lead 2025-12-31', 'mql 2026-01-15']),
      ],
      plan: planOf({ period: ['2026-01-01', '2026-02-01'] }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0, 0] },
    },
    {
      name: 'period: the first entry is the first of all time, not the first in the period',
      records: [],
      events: journey('P', ['lead 2025-12-31', 'mql 2026-01-05', 'lead 2026-01-10']),
      plan: planOf({ period: ['2026-01-01', '2026-02-01'] }),
      expected: { entrants: 0, count: [0, 0, 0, 0, 0, 0] },
    },
  ];
}
