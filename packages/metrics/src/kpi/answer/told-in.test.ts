import { expect, test } from 'vitest';
import {
  OWNER_RIGHTS,
  type Definition,
  type EntityRecord,
  type Exchange,
  type KpiTile,
  type Question,
  type StageEvent,
} from '../../contracts/index.ts';
import { createMemoryEngine } from '../../engine/index.ts';

const source = { records: { of: 'opportunity', funnel: 'deals', during: 'reached.won' } } as const;
const money = { records: { ...source.records, value: { field: 'amount' } } } as const;
const definitions: Definition[] = [
  {
    kind: 'funnel',
    id: 'deals',
    version: '1.0.0',
    grain: 'opportunity',
    owners: ['sales'],
    stages: [
      { key: 'open', owner: 'sales' },
      { key: 'won', owner: 'sales' },
    ],
  },
  {
    kind: 'kpi',
    id: 'size',
    version: '1.0.0',
    owners: ['sales'],
    formula: { kpi: 'avgDealSize', inputs: { wonAmount: money, won: source, amounts: money } },
    targets: [{ period: '2026-01', value: 1000, currency: 'USD', pace: 'whole' }],
  },
];

/** A deal won on a day of January 2026. */
const deal = (id: string, amount: number, currency: string, day: string): [EntityRecord, ...StageEvent[]] => [
  { entityType: 'opportunity', id, amount, currency, attributes: {}, batch: 'b' },
  ...['open', 'won'].map((stage): StageEvent => ({
    entityId: id,
    entityType: 'opportunity',
    stage,
    at: `2026-01-${day}`,
    batch: 'b',
    source: { system: 'crm', recordId: `${id}-${stage}` },
  })),
];

async function asked(question: Question, deals: readonly ReturnType<typeof deal>[], exchange?: Exchange) {
  const records = deals.map(([record]) => record);
  const engine = createMemoryEngine({ records, events: deals.flatMap(([, ...events]) => events) });
  return engine.answer(question, {
    definitions,
    rights: OWNER_RIGHTS,
    asOf: '2026-02-01T00:00:00Z',
    timeZone: 'UTC',
    ...(exchange === undefined ? {} : { exchange }),
  });
}
async function size(currency: string | undefined, ...more: [Parameters<typeof asked>[1], Exchange?]) {
  const named = currency === undefined ? {} : { currency };
  const { data } = await asked({ kind: 'kpi', kpis: ['size'], period: '2026-01', trend: 'week', ...named }, ...more);
  const tile: KpiTile | undefined = data?.kind === 'kpi' ? data.kpis[0] : undefined;
  return { currency: tile?.currency, value: tile?.value.result.value, target: tile?.target?.value, tile };
}
async function worth(currency: string | undefined, ...more: [Parameters<typeof asked>[1], Exchange?]) {
  const named = currency === undefined ? {} : { currency };
  const envelope = await asked({ kind: 'funnel', funnel: 'deals', measure: 'value', ...named }, ...more);
  return {
    mixed: envelope.flags.includes('mixed-currency'),
    value: envelope.data?.kind === 'funnel' && envelope.data.stages[1]?.value,
  };
}

const dollars = [deal('A', 1000, 'USD', '05'), deal('B', 3000, 'USD', '20')];
const both = [...dollars, deal('C', 500, 'EUR', '10')];
const euro: Exchange = {
  to: 'EUR',
  rates: [
    { from: 'USD', rate: 0.5, on: '2026-01-01' },
    { from: 'USD', rate: 0.25, on: '2026-01-15' },
    { from: 'GBP', rate: 2, on: '2026-01-01' },
  ],
};

test('amounts are told in the currency a question names, and never called by the name of another', async () => {
  expect(await size(undefined, dollars)).toMatchObject({ currency: 'USD', value: 2000, target: 1000 });
  expect(await size('USD', dollars)).toMatchObject({ currency: 'USD', value: 2000, target: 1000 });
  const { tile, ...none } = await size('EUR', dollars);
  expect(none).toEqual({ currency: 'EUR', value: null, target: undefined });
  expect(tile?.value.flags).toEqual(['mixed-currency']);
  expect(tile?.trend?.flatMap(({ result }) => (result.value === null ? result.reason : []))).toContain(
    'mixed-currency',
  );
  // Each at the rate of its day, the target at that of the answer's.
  expect(await size('EUR', dollars, euro)).toMatchObject({ currency: 'EUR', value: (500 + 750) / 2, target: 250 });
  // Between two others by way of the reported one.
  expect(await size('GBP', dollars, euro)).toMatchObject({ currency: 'GBP', value: (250 + 375) / 2, target: 125 });
  expect(await size('CHF', dollars, euro)).toMatchObject({ currency: 'CHF', value: null });
  expect(await size(undefined, both)).toMatchObject({ currency: 'USD', value: null, target: 1000 });
});

test('so is what stages of a funnel are worth', async () => {
  const none = { mixed: true, value: { value: null, reason: 'mixed-currency' } };
  expect(await worth(undefined, dollars)).toEqual({ mixed: false, value: { value: 4000, currency: 'USD' } });
  expect(await worth('USD', dollars)).toEqual(await worth(undefined, dollars));
  expect(await worth('EUR', dollars)).toEqual(none);
  expect(await worth(undefined, both)).toEqual(none);
  expect(await worth(undefined, both, euro)).toEqual({ mixed: false, value: { value: 1500, currency: 'EUR' } });
  expect(await worth('GBP', both, euro)).toEqual({ mixed: false, value: { value: 750, currency: 'GBP' } });
  expect(await worth('CHF', both, euro)).toEqual(none);
});
