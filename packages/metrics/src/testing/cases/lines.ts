import type { FunnelCase } from '../expectation.ts';
import { planOf } from '../plans.ts';
import { journey, record } from '../scene.ts';

/** Section 1 of "How Sama counts", without opportunities: which events count, when, and in which order. */
export function lineCases(): FunnelCase[] {
  return [
    {
      name: 'rule 1: a correction takes the place of the event it names',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-02']),
        ...journey('P', ['sql 2026-01-10'], { recordId: 'wrong' }),
        ...journey('P', ['mql 2026-01-10'], { recordId: 'right', supersedes: 'wrong' }),
      ],
      plan: planOf(),
      expected: { count: [1, 1, 0, 0, 0, 0], imputed: [0, 0, 0, 0, 0, 0] },
    },
    {
      name: 'rule 1: in a chain of corrections only the last event is left, though the middle one is replaced itself',
      records: [],
      events: [
        ...journey('P', ['sql 2026-01-10'], { recordId: 'r1' }),
        ...journey('P', ['sal 2026-01-10'], { recordId: 'r2', supersedes: 'r1' }),
        ...journey('P', ['lead 2026-01-10'], { recordId: 'r3', supersedes: 'r2' }),
      ],
      plan: planOf(),
      expected: { count: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'rule 1: a correction of another entity or of another system replaces nothing',
      records: [],
      events: [
        ...journey('P', ['mql 2026-01-05'], { recordId: 'r' }),
        ...journey('P', ['lead 2026-01-02'], { recordId: 'x', system: 'map', supersedes: 'r' }),
        ...journey('Q', ['lead 2026-01-02'], { recordId: 'y', supersedes: 'r' }),
      ],
      plan: planOf(),
      expected: { count: [2, 1, 0, 0, 0, 0] },
    },
    {
      name: 'rule 1: an event that names its own record replaces the other events of that record, never itself',
      records: [],
      events: [
        ...journey('P', ['mql 2026-01-10'], { recordId: 'r', supersedes: 'r' }),
        ...journey('P', ['won 2026-01-12'], { recordId: 'r' }),
      ],
      plan: planOf(),
      expected: { count: [1, 1, 0, 0, 0, 0], imputed: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'rule 1 before rule 4: a correction dated after asOf still removes what it corrects',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-02']),
        ...journey('P', ['mql 2026-01-10'], { recordId: 'wrong' }),
        ...journey('P', ['mql 2026-05-10'], { recordId: 'right', supersedes: 'wrong' }),
      ],
      plan: planOf(),
      expected: { count: [1, 0, 0, 0, 0, 0], warnings: { futureEvents: 1 } },
    },
    {
      name: 'rule 2: the same event in two batches is one, another field of the same record is a second',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-02']),
        ...journey('P', ['demo 2026-01-03'], { recordId: 'r', batch: 'b1' }),
        ...journey('P', ['demo 2026-01-03'], { recordId: 'r', batch: 'b2' }),
        ...journey('P', ['demo 2026-01-03'], { recordId: 'r', field: 'status' }),
      ],
      plan: planOf(),
      expected: { warnings: { unknownStageEvents: 2 } },
    },
    {
      name: 'rule 3: an unknown stage between two equal ones does not part the visit',
      records: [],
      events: journey('P', ['mql 2026-01-01', 'demo 2026-01-03', 'mql 2026-01-05', 'sal 2026-01-08'].map(atMidnight)),
      plan: planOf({ anchor: 'mql', unit: 'visit' }),
      expected: {
        entrants: 1,
        count: [1, 1, 0, 0, 0],
        days: { mql: [[7, 1, 1]] },
        warnings: { unknownStageEvents: 1 },
      },
    },
    {
      name: 'rule 4: an event at asOf counts, one a millisecond later is future',
      records: [],
      events: journey('P', ['lead 2026-01-01', 'mql 2026-03-31T00:00', 'sal 2026-03-31T00:00:00.001']),
      plan: planOf(),
      expected: {
        count: [1, 1, 0, 0, 0, 0],
        warnings: { futureEvents: 1 },
        dataThrough: '2026-03-31T00:00:00.000Z',
      },
    },
    {
      name: 'rules 4 and 7: the day of asOf in the reporting zone counts and takes asOf, the day after is future',
      records: [],
      events: journey('P', ['lead 2026-03-29T23:00', 'mql 2026-03-31', 'sal 2026-04-01']),
      // 1 am of 31 March in Berlin, still the 30th in UTC.
      plan: planOf({ timeZone: 'Europe/Berlin', asOf: '2026-03-30T23:00:00Z' }),
      expected: {
        count: [1, 1, 0, 0, 0, 0],
        days: { lead: [[1, 1, 1]], mql: [[0, 0, 1]] },
        warnings: { futureEvents: 1 },
        dataThrough: '2026-03-30T23:00:00.000Z',
      },
    },
    {
      name: 'rules 6 and 8: of equal instants the lower rank comes first, whatever the order of the input',
      records: [],
      events: journey('P', ['sal 2026-01-05T10:00', 'mql 2026-01-05T10:00', 'lead 2026-01-05T11:00+01:00']),
      plan: planOf({ skipPolicy: 'strict' }),
      expected: { count: [1, 1, 1, 0, 0, 0], days: { lead: [[0, 1, 1]], mql: [[0, 1, 1]] } },
    },
    {
      name: 'rules 6 and 8: a side stage ranks after every main stage of the same instant',
      records: [],
      events: journey('P', ['lost 2026-01-05T10:00', 'lead 2026-01-05T10:00']),
      plan: planOf(),
      expected: { count: [1, 0, 0, 0, 0, 0], lost: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'rule 7: a day takes the instant of a higher-ranked event of that day and sorts before it',
      records: [],
      events: journey('P', ['lead 2026-01-02T10:00', 'mql 2026-01-05', 'sal 2026-01-05T10:00', 'sql 2026-01-07T10:00']),
      plan: planOf({ skipPolicy: 'strict' }),
      expected: { count: [1, 1, 1, 1, 0, 0], days: { lead: [[3, 1, 1]], mql: [[0, 1, 1]], sal: [[2, 1, 1]] } },
    },
    {
      name: 'rule 7: of two higher-ranked events of the day it takes the earlier, not the nearer in rank',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'sal 2026-01-05T14:00', 'sql 2026-01-05T09:00']),
      plan: planOf({ anchor: 'mql', skipPolicy: 'open' }),
      // At 14 it would enter after sql.
      expected: { count: [1, 1, 1, 0, 0], days: { mql: [[0, 1, 1]], sql: [[5 / 24, 1, 1]] } },
    },
    {
      name: 'rule 7: an event of the same stage lends no time, so that what lies between parts the two',
      records: [],
      events: journey('P', ['mql 2026-01-05T10:00', 'lead 2026-01-05T12:00', 'mql 2026-01-05']),
      plan: planOf({ anchor: 'mql', unit: 'visit' }),
      expected: { entrants: 2, dataThrough: '2026-01-05T23:59:59.999Z' },
    },
    {
      name: 'rule 7: a side stage is of higher rank too',
      records: [],
      events: journey('P', ['lead 2026-01-04T09:00', 'mql 2026-01-05', 'lost 2026-01-05T09:00']),
      plan: planOf(),
      expected: { count: [1, 1, 0, 0, 0, 0], lost: [0, 1, 0, 0, 0, 0], days: { lead: [[1, 1, 1]], mql: [[0, 1, 1]] } },
    },
    {
      name: 'rule 7: with only a lower-ranked event on its day, a day takes its last millisecond',
      records: [],
      events: journey('P', ['lead 2026-01-05T10:00', 'mql 2026-01-05', 'sal 2026-01-06T23:59:59.999']),
      plan: planOf(),
      expected: { count: [1, 1, 1, 0, 0, 0], days: { mql: [[1, 1, 1]] } },
    },
    {
      name: 'rule 7: a day lends no time to another day, and two days of one date end it in the order of rank',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'lead 2026-01-05', 'sal 2026-01-06T23:59:59.999']),
      plan: planOf({ skipPolicy: 'strict' }),
      expected: { count: [1, 1, 1, 0, 0, 0], days: { lead: [[0, 1, 1]], mql: [[1, 1, 1]] } },
    },
    {
      name: 'rule 7: the day is that of the reporting zone, so an event at 23:30 UTC is of the next day in Berlin',
      records: [],
      events: journey('P', ['lead 2026-01-04T22:59:59.999', 'mql 2026-01-05', 'sal 2026-01-05T23:30']),
      plan: planOf({ timeZone: 'Europe/Berlin' }),
      expected: { days: { lead: [[1, 1, 1]] } },
    },
    {
      name: 'rule 7: the day the clock goes forward in Berlin has 23 hours',
      records: [],
      events: journey('P', ['lead 2026-03-28', 'mql 2026-03-29']),
      plan: planOf({ timeZone: 'Europe/Berlin' }),
      expected: { days: { lead: [[23 / 24, 1, 1]] } },
    },
    {
      name: 'rule 7: the day that begins at 1 am in São Paulo has 23 hours as well',
      records: [],
      events: journey('P', ['lead 2018-11-03', 'mql 2018-11-04', 'sal 2018-11-05']),
      plan: planOf({ timeZone: 'America/Sao_Paulo', asOf: '2018-12-01T00:00:00Z' }),
      expected: { days: { lead: [[23 / 24, 1, 1]], mql: [[1, 1, 1]] }, dataThrough: '2018-11-06T01:59:59.999Z' },
    },
    {
      name: 'rule 9: two entries of one stage in a row are one visit, entered at the first',
      records: [],
      events: journey('P', ['mql 2026-01-05', 'mql 2026-01-08', 'sal 2026-01-10'].map(atMidnight)),
      plan: planOf({ anchor: 'mql', unit: 'visit' }),
      expected: { entrants: 1, days: { mql: [[5, 1, 1]], sal: [[80, 0, 1]] } },
    },
    {
      name: 'rule 10: a return exactly at the end of the cooling-off opens a cycle, a millisecond earlier does not',
      records: [],
      events: [
        ...journey('P', ['lead 2026-01-01', 'recycled 2026-01-10', 'mql 2026-02-09'].map(atMidnight)),
        ...journey('Q', ['lead 2026-01-01T00:00', 'recycled 2026-01-10T00:00', 'mql 2026-02-08T23:59:59.999']),
      ],
      plan: planOf({ entryPolicy: 'every' }),
      expected: { entrants: 3, count: [3, 2, 0, 0, 0, 0], imputed: [1, 0, 0, 0, 0, 0], recycled: [1, 0, 0, 0, 0, 0] },
    },
    {
      name: 'rule 10: a side stage that is not terminal opens no cycle, however long it lasted',
      records: [],
      events: journey('P', ['lead 2026-01-01', 'returned 2026-01-10', 'mql 2026-03-20']),
      plan: planOf({ entryPolicy: 'every' }),
      expected: { entrants: 1, count: [1, 1, 0, 0, 0, 0] },
    },
    {
      name: 'rule 10: a return below the re-entry stage continues the cycle, and so does what follows it',
      records: [],
      events: journey('P', ['mql 2026-01-01', 'disqualified 2026-01-10', 'lead 2026-02-20', 'mql 2026-03-05']),
      plan: planOf({ entryPolicy: 'every', anchor: 'mql' }),
      expected: { entrants: 1, count: [1, 0, 0, 0, 0], open: [1, 0, 0, 0, 0] },
    },
    {
      name: 'rule 10: the cooling-off runs from the side stage directly before the return',
      records: [],
      events: journey('P', ['mql 2026-01-01', 'lost 2026-01-10', 'nurture 2026-02-25', 'mql 2026-03-10']),
      plan: planOf({ entryPolicy: 'every', anchor: 'mql' }),
      expected: { entrants: 1 },
    },
    {
      name: 'rules 9 and 10: a repeated side entry does not start the cooling-off again',
      records: [],
      events: journey('P', ['mql 2026-01-01', 'lost 2026-01-10', 'lost 2026-02-01', 'mql 2026-02-09'].map(atMidnight)),
      plan: planOf({ entryPolicy: 'every', anchor: 'mql' }),
      expected: { entrants: 2, lost: [1, 0, 0, 0, 0], open: [1, 0, 0, 0, 0] },
    },
    {
      name: 'section 8: an entity with events but no record has its id only, so a test fails and its negation holds',
      records: [record('P', { owner: 'ann' }), record('R', { owner: 'bob' })],
      events: [...journey('P', ['lead 2026-01-01']), ...journey('Q', ['lead 2026-01-01', 'demo 2026-01-02'])],
      plan: planOf({ filter: { not: { field: 'owner', eq: 'ann' } } }),
      // Q by its events, R by its record.
      expected: { entities: 2, entrants: 1, warnings: { unknownStageEvents: 1 } },
    },
    {
      name: 'section 8: a filter hides an entity from the warnings too',
      records: [record('P', { owner: 'ann' })],
      events: [
        ...journey('P', ['lead 2026-01-01']),
        ...journey('Q', ['lead 2026-05-01', 'demo 2026-01-02', 'mql 2026-03-01']),
      ],
      plan: planOf({ filter: { field: 'owner', eq: 'ann' } }),
      expected: {
        entities: 1,
        warnings: { unknownStageEvents: 0, futureEvents: 0 },
        dataThrough: '2026-01-01T23:59:59.999Z',
      },
    },
    {
      name: 'section 8: a stage is missing only when nobody at all visits it, whoever passes the filter',
      records: [record('P', { owner: 'ann' })],
      events: [...journey('P', ['lead 2026-01-01', 'sal 2026-01-05']), ...journey('Q', ['mql 2026-02-01'])],
      plan: planOf({ filter: { field: 'owner', eq: 'ann' } }),
      expected: { entities: 1, missing: [] },
    },
    {
      name: 'section 8: whoever has nothing but future and unknown events is an entity, though never an entrant',
      records: [],
      events: [...journey('P', ['lead 2026-05-01']), ...journey('Q', ['demo 2026-01-05'])],
      plan: planOf(),
      expected: { entities: 2, entrants: 0, dataThrough: 'never' },
    },
    {
      name: 'section 8: a null attribute is missing, so that even eq null fails',
      records: [record('P', { attributes: { region: null } }), record('Q', { attributes: { region: 'emea' } })],
      events: [...journey('P', ['lead 2026-01-01']), ...journey('Q', ['lead 2026-01-01'])],
      plan: planOf({
        filter: {
          any: [
            { field: 'attributes.region', eq: null },
            { field: 'attributes.region', in: ['emea', null] },
          ],
        },
      }),
      expected: { entities: 1, entrants: 1 },
    },
    {
      name: 'nothing at all gives zeros',
      records: [],
      events: [],
      plan: planOf({ measure: 'value', window: { days: 30 } }),
      expected: {
        count: [0, 0, 0, 0, 0, 0],
        value: [{}, {}, {}, {}, {}, {}],
        entrants: 0,
        followed: 0,
        entities: 0,
        conversion: [],
        dataThrough: 'never',
      },
    },
  ];
}

/** `mql 2026-01-05` as an instant, where the day's own end would blur the arithmetic. */
function atMidnight(line: string): string {
  return `${line}T00:00`;
}
