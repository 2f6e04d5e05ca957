import type { FunnelCase } from '../expectation.ts';
import { planOf } from '../plans.ts';
import { journey, record } from '../scene.ts';

const O1 = record('opportunity:O1', { personId: 'P', amount: 500_000, currency: 'EUR' });
const O2 = record('opportunity:O2', { personId: 'P', amount: 700_000, currency: 'EUR' });

/** Rule 1.5 and "Value": which opportunity a trial sees, and whose amount counts. */
export function opportunityCases(): FunnelCase[] {
  return [
    {
      name: 'rule 5: the events of a linked opportunity join the person, those of an unlinked one are reported',
      records: [O1, record('opportunity:O9')],
      events: [
        ...journey('P', ['lead 2026-01-01']),
        ...journey('opportunity:O1', ['opportunity 2026-01-20', 'won 2026-02-01']),
        ...journey('opportunity:O9', ['opportunity 2026-01-20', 'won 2026-02-01']),
        ...journey('opportunity:O8', ['opportunity 2026-01-20']),
      ],
      plan: planOf(),
      expected: {
        count: [1, 1, 1, 1, 1, 1],
        imputed: [0, 1, 1, 1, 0, 0],
        entities: 1,
        // O9 has no link, O8 not even a record; O9's two events are one opportunity.
        warnings: { unlinked: 2 },
      },
    },
    {
      name: 'rules 3 to 5: an opportunity with nothing but future and unknown events is not reported as unlinked',
      records: [],
      events: [
        ...journey('opportunity:O8', ['demo 2026-01-20', 'won 2026-05-01']),
        ...journey('opportunity:O9', ['won 2026-01-20']),
      ],
      plan: planOf(),
      expected: { warnings: { unlinked: 1 }, entities: 0 },
    },
    {
      name: 'section 8: with a filter nothing is said of unlinked opportunities',
      records: [],
      events: journey('opportunity:O9', ['opportunity 2026-01-20']),
      plan: planOf({ filter: { field: 'id', present: true } }),
      expected: { warnings: { unlinked: 0 } },
    },
    {
      name: 'rule 5: an account funnel takes opportunities by accountId and never the events of persons',
      records: [
        record('account:A'),
        record('P', { accountId: 'A' }),
        record('opportunity:O5', { accountId: 'A', personId: 'P' }),
      ],
      events: [
        ...journey('account:A', ['lead 2026-01-01']),
        ...journey('P', ['mql 2026-01-05', 'lost 2026-03-01']),
        ...journey('opportunity:O5', ['opportunity 2026-01-20']),
      ],
      plan: planOf({ grain: 'account' }),
      expected: { count: [1, 1, 1, 1, 1, 0], imputed: [0, 1, 1, 1, 0, 0], open: [0, 0, 0, 0, 1, 0], entities: 1 },
    },
    {
      name: 'rule 5: of several opportunities a trial sees the first created after its entry, so a later win is not its own',
      records: [O1, O2],
      events: [
        ...journey('P', ['lead 2026-01-01']),
        ...journey('opportunity:O1', ['opportunity 2026-01-10', 'lost 2026-01-20']),
        ...journey('opportunity:O2', ['opportunity 2026-02-01', 'won 2026-02-10']),
      ],
      plan: planOf({ measure: 'value' }),
      expected: {
        count: [1, 1, 1, 1, 1, 0],
        lost: [0, 0, 0, 0, 1, 0],
        value: [...Array.from({ length: 5 }, () => ({ EUR: 500_000 })), {}],
      },
    },
    {
      name: 'rule 5: each trial of a person finds its own opportunity',
      records: [O1, O2],
      events: [
        ...journey('P', ['mql 2026-01-01', 'mql 2026-01-20']),
        ...journey('opportunity:O1', ['opportunity 2026-01-05', 'lost 2026-01-10']),
        ...journey('opportunity:O2', ['opportunity 2026-01-25', 'won 2026-01-30']),
      ],
      plan: planOf({ anchor: 'mql', unit: 'visit', measure: 'value' }),
      expected: {
        count: [2, 2, 2, 2, 1],
        lost: [0, 0, 0, 1, 0],
        value: [...Array.from({ length: 4 }, () => ({ EUR: 1_200_000 })), { EUR: 700_000 }],
      },
    },
    {
      name: 'rule 5: when all of several opportunities are older than the entry, the trial sees none',
      records: [O1, O2, record('P', { amount: 100, currency: 'EUR' })],
      events: [
        ...journey('P', ['mql 2026-01-10']),
        ...journey('opportunity:O1', ['opportunity 2026-01-01', 'won 2026-01-20']),
        ...journey('opportunity:O2', ['opportunity 2026-01-02']),
      ],
      plan: planOf({ anchor: 'mql', skipPolicy: 'open', measure: 'value' }),
      expected: { count: [1, 0, 0, 0, 0], open: [1, 0, 0, 0, 0], value: [{ EUR: 100 }, {}, {}, {}, {}] },
    },
    {
      name: 'rule 5: a single opportunity is seen even when it is older than the entry',
      records: [O1],
      events: [
        ...journey('P', ['mql 2026-01-10']),
        ...journey('opportunity:O1', ['opportunity 2026-01-01', 'won 2026-01-20']),
      ],
      plan: planOf({ anchor: 'mql', skipPolicy: 'open', measure: 'value' }),
      expected: { count: [1, 0, 0, 0, 1], value: [{ EUR: 500_000 }, {}, {}, {}, { EUR: 500_000 }] },
    },
    {
      name: 'rule 5: an opportunity created in the instant of the entry is created after it',
      records: [O1, O2],
      events: [
        ...journey('P', ['lead 2026-01-10T09:00']),
        ...journey('opportunity:O1', ['opportunity 2026-01-10T09:00', 'lost 2026-01-20']),
        ...journey('opportunity:O2', ['opportunity 2026-01-11', 'won 2026-01-12']),
      ],
      plan: planOf(),
      expected: { count: [1, 1, 1, 1, 1, 0], lost: [0, 0, 0, 0, 1, 0] },
    },
    {
      name: 'rule 5: of two opportunities created in the same instant the smaller id counts',
      records: [O1, O2],
      events: [
        ...journey('P', ['lead 2026-01-01']),
        ...journey('opportunity:O2', ['opportunity 2026-01-10', 'won 2026-01-12']),
        ...journey('opportunity:O1', ['opportunity 2026-01-10', 'lost 2026-01-20']),
      ],
      plan: planOf(),
      expected: { count: [1, 1, 1, 1, 1, 0], lost: [0, 0, 0, 0, 1, 0] },
    },
    {
      name: 'rule 5: a second opportunity without a dated event leaves the first alone on the line',
      records: [O1, O2],
      events: [
        ...journey('P', ['mql 2026-01-10']),
        ...journey('opportunity:O1', ['opportunity 2026-01-01', 'won 2026-01-20']),
        ...journey('opportunity:O2', ['opportunity 2026-05-01']),
      ],
      plan: planOf({ anchor: 'mql', skipPolicy: 'open' }),
      expected: { count: [1, 0, 0, 0, 1], warnings: { futureEvents: 1 } },
    },
    {
      name: 'rule 5: without the events of the other opportunity two visits of a trial become one',
      records: [O1, O2],
      events: [
        ...journey(
          'P',
          ['lead 2026-01-01', 'mql 2026-01-05', 'mql 2026-01-15'].map((line) => `${line}T00:00`),
        ),
        ...journey('opportunity:O1', ['opportunity 2026-01-04T00:00', 'won 2026-01-25T00:00']),
        ...journey('opportunity:O2', ['opportunity 2026-01-10T00:00']),
      ],
      plan: planOf(),
      // O1 is chosen: mql from the 5th to its win on the 25th, though O2 stands between.
      expected: { days: { mql: [[20, 1, 1]], opportunity: [[1, 1, 1]] }, count: [1, 1, 1, 1, 1, 1] },
    },
    {
      name: 'rule 5: cycles are found on the whole line, also by the loss of an opportunity the trial does not see',
      records: [O1, O2],
      events: [
        ...journey('P', ['mql 2026-01-01', 'mql 2026-03-01']),
        ...journey('opportunity:O1', ['opportunity 2026-01-05', 'lost 2026-01-10']),
        ...journey('opportunity:O2', ['opportunity 2026-03-05']),
      ],
      plan: planOf({ anchor: 'mql', entryPolicy: 'every' }),
      expected: { entrants: 2, count: [2, 2, 2, 2, 0], lost: [0, 0, 0, 1, 0], open: [0, 0, 0, 1, 0] },
    },
    {
      name: 'rule 5: a trial that enters by the event of an older opportunity follows that one, not the next created',
      records: [O1, O2],
      events: [
        ...journey('P', ['mql 2026-01-02']),
        ...journey('opportunity:O1', ['lost 2026-01-01', 'opportunity 2026-01-10', 'won 2026-01-20']),
        ...journey('opportunity:O2', ['opportunity 2026-01-15']),
      ],
      plan: planOf({ anchor: 'opportunity' }),
      expected: { entrants: 1, count: [1, 1] },
    },
    {
      name: 'rule 5: of two opportunities that enter the anchor at once the smaller id is followed, older or not',
      records: [O1, O2],
      events: [
        ...journey('opportunity:O2', ['opportunity 2026-01-10', 'won 2026-01-20'], { recordId: 'a' }),
        ...journey('opportunity:O1', ['lost 2026-01-01', 'opportunity 2026-01-10'], { recordId: 'b' }),
      ],
      plan: planOf({ anchor: 'opportunity' }),
      expected: { entrants: 1, count: [1, 0] },
    },
    {
      name: 'rule 5: an own event at the instant of the entry leaves the choice to the date of creation',
      records: [O1, O2],
      events: [
        ...journey('P', ['opportunity 2026-01-10']),
        ...journey('opportunity:O1', ['lost 2026-01-01', 'opportunity 2026-01-10']),
        ...journey('opportunity:O2', ['opportunity 2026-01-15', 'won 2026-01-20']),
      ],
      plan: planOf({ anchor: 'opportunity' }),
      expected: { entrants: 1, count: [1, 1] },
    },
    {
      name: 'value: the amount is that of the opportunity, else of the person; currencies stay apart; none is no zero',
      records: [
        O1,
        record('P', { amount: 1, currency: 'EUR' }),
        record('Q', { amount: 300, currency: 'USD' }),
        record('R'),
      ],
      events: [
        ...journey('P', ['lead 2026-01-01']),
        ...journey('opportunity:O1', ['opportunity 2026-01-10']),
        ...journey('Q', ['lead 2026-01-01', 'mql 2026-01-02']),
        ...journey('R', ['lead 2026-01-01', 'won 2026-01-05']),
      ],
      plan: planOf({ measure: 'value' }),
      expected: {
        count: [3, 3, 2, 2, 2, 1],
        value: [
          { EUR: 500_000, USD: 300 },
          { EUR: 500_000, USD: 300 },
          { EUR: 500_000 },
          { EUR: 500_000 },
          { EUR: 500_000 },
          {},
        ],
      },
    },
    {
      name: 'value: in an opportunity funnel the amount is the own, once for each trial that reached the stage',
      records: [O1],
      events: journey('opportunity:O1', ['mql 2026-01-01', 'lost 2026-01-10', 'mql 2026-03-01', 'won 2026-03-02']),
      plan: planOf({ grain: 'opportunity', entryPolicy: 'every', anchor: 'mql', measure: 'value' }),
      expected: {
        count: [2, 1, 1, 1, 1],
        value: [{ EUR: 1_000_000 }, ...Array.from({ length: 4 }, () => ({ EUR: 500_000 }))],
        warnings: { unlinked: 0 },
      },
    },
    {
      name: 'section 8: in a person funnel the owner asked for is the person’s, not the opportunity’s',
      records: [
        record('P', { owner: 'bob' }),
        record('opportunity:O1', { personId: 'P', owner: 'ann' }),
        record('Q', { owner: 'ann' }),
      ],
      events: [
        ...journey('P', ['lead 2026-01-01']),
        ...journey('opportunity:O1', ['won 2026-01-10']),
        ...journey('Q', ['lead 2026-01-01']),
      ],
      plan: planOf({ filter: { field: 'owner', eq: 'ann' } }),
      expected: { count: [1, 0, 0, 0, 0, 0], entities: 1 },
    },
  ];
}
