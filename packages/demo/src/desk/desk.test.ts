import { LeadCard, OWNER_RIGHTS, type HandoffsQuestion, type Question } from '@sama/metrics/contracts';
import { createMemoryDesk } from '@sama/metrics/desk';
import { expect, test } from 'vitest';
import { demoDefinitions } from '../definitions.ts';
import { DEFAULT_AS_OF } from '../frame.ts';
import { demoChunks } from '../records.ts';
import { demoDesk } from './desk.ts';

const OPTIONS = { persons: 5000 };

function seated(options = OPTIONS) {
  const { leads, readers, ...demo } = demoDesk(options);
  const cards = new Map(leads.map((card) => [card.id, card]));
  const chunks = [...demoChunks(options)];
  const data = { records: chunks.flatMap((c) => c.records), events: chunks.flatMap((c) => c.events) };
  const made = createMemoryDesk({ ...demo, data, lead: (id) => cards.get(id), now: () => DEFAULT_AS_OF });
  const ask = (question: Parameters<typeof made.engine.answer>[0], reader = readers.seller) => {
    const { context } = made.sit({ reader, rights: OWNER_RIGHTS, definitions: demoDefinitions(), timeZone: 'UTC' });
    return made.engine.answer(question, context());
  };
  return { ...made, ask, leads, readers, data };
}

test('equal options give equal desks, and the cards are such as the contract allows', () => {
  const [one, other] = [demoDesk(OPTIONS), demoDesk(OPTIONS)];
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  expect(one.leads.map((card) => LeadCard.parse(card))).toEqual(one.leads);
  expect(one.leads.every(({ email = '' }) => email.endsWith('.example'))).toBe(true);
  expect(() => demoDesk({ ...OPTIONS, handoffs: 0 })).toThrow('handoffs must be a whole number');
});

test('hand-offs stand in every state, some are due soon, some are over their time', async () => {
  const made = seated();
  const list = async (more: Partial<HandoffsQuestion>) => {
    const { data } = await made.ask({ kind: 'handoffs', limit: 500, ...more });
    if (data?.kind !== 'handoffs' || data.show !== 'list') throw new Error('no list');
    return data;
  };
  const all = await list({ view: 'all' });
  expect([...new Set(all.rows.map(({ status }) => status))].toSorted()).toEqual([
    'accepted',
    'disqualified',
    'draft',
    'expired',
    'offered',
    'qualified',
    'recycled',
    'returned',
    'working',
  ]);
  const mine = await list({ view: 'mine' });
  expect(mine.counts.mine).toBeGreaterThan(8);
  expect(mine.counts.returned).toBeGreaterThan(5);
  const soon = Date.parse(DEFAULT_AS_OF) + 3_600_000;
  const dues = mine.rows.map(({ clock }) => Date.parse(clock?.dueAt ?? ''));
  expect(dues.filter((due) => due > Date.parse(DEFAULT_AS_OF) && due < soon).length).toBeGreaterThan(1);
  expect(mine.rows.some(({ clock }) => clock?.breached === true)).toBe(true);
  expect(mine.rows.every(({ name, can }) => name !== null && can.length > 0)).toBe(true);
});

test.each([100, 1000, 5000])(
  'the ledger of %i persons says what the records say: a funnel over both counts nobody twice',
  async (persons) => {
    const made = seated({ persons });
    const counts = async (ask: () => ReturnType<typeof made.ask>) => {
      const { data } = await ask();
      return data?.kind === 'funnel' ? data.stages.map(({ key, count }) => [key, count]) : [];
    };
    const question: Question = { kind: 'funnel', funnel: 'lead-to-won', details: [] };
    const together = await counts(() => made.ask(question));
    const { leads, ...demo } = demoDesk({ persons });
    const alone = createMemoryDesk({ ...demo, events: [], data: made.data, now: () => DEFAULT_AS_OF });
    const { context } = alone.sit({
      reader: made.readers.seller,
      rights: OWNER_RIGHTS,
      definitions: demoDefinitions(),
      timeZone: 'UTC',
    });
    expect(await counts(() => alone.engine.answer(question, context()))).toEqual(together);
    const known = new Set(made.data.records.map(({ id }) => id));
    expect(leads.filter(({ id }) => !known.has(id))).toEqual([]);
    // And the ledger is not silent.
    expect(leads.length).toBeGreaterThan(10);
    expect([...made.desk.stageEvents()].length).toBeGreaterThan(persons / 100);
  },
);

test('more hand-offs than the records have, where they are asked for, are of new people', () => {
  expect(demoDesk({ persons: 100, handoffs: 60 }).leads.length).toBeGreaterThan(50);
});

test('terms of every standing, and a proposal that says whom it would leave out', async () => {
  const made = seated();
  const { data } = await made.ask({ kind: 'glossary' });
  if (data?.kind !== 'glossary' || data.show !== 'terms') throw new Error('no terms');
  const of = (status: string): number => data.terms.filter((term) => term.status === status).length;
  expect(['agreed', 'proposed', 'agreed-by-marketing', 'stale'].map(of)).toEqual([43, 9, 1, 1]);
  const { data: term } = await made.ask({ kind: 'glossary', show: 'term', key: 'mql' });
  expect(term).toMatchObject({ next: { version: '2.0.0', status: 'agreed-by-marketing' }, waitsFor: ['sales'] });
  const { data: impact } = await made.ask({ kind: 'glossary', show: 'impact', key: 'mql' });
  if (impact?.kind !== 'glossary' || impact.show !== 'impact' || 'value' in impact.impact) throw new Error('no impact');
  expect(impact.impact.members.lost).toBeGreaterThan(50);
  expect(impact.impact.members.gained).toBe(0);
});
