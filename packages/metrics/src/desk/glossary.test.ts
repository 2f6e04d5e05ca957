import { describe, expect, test } from 'vitest';
import { Envelope, type Criteria, KpiDefinition, OWNER_RIGHTS, type Question } from '../contracts/index.ts';
import { LEAD_TO_WON } from '../definitions/index.ts';
import { actor, MARKETING } from '../testing/handoff-desk.ts';
import { seatedDesk } from '../testing/seated.ts';

type Seated = ReturnType<typeof seatedDesk>;
const SALES = actor('seller', 'dana');

const ask = async (made: Seated, question: Question) => {
  const envelope = await made.source(SALES).query(question);
  expect(Envelope.parse(structuredClone(envelope))).toEqual(envelope);
  return envelope;
};
const term = async (made: Seated, key: string) => {
  const { data } = await ask(made, { kind: 'glossary', show: 'term', key });
  if (data?.kind !== 'glossary' || data.show !== 'term') throw new Error('no term');
  return data;
};

describe('the glossary', () => {
  test('terms by name, what a search meets, and the word to say instead', async () => {
    const made = seatedDesk();
    const { data } = await ask(made, { kind: 'glossary' });
    expect(data).toMatchObject({ show: 'terms', counts: { terms: 54, agreed: 0, open: 54 } });
    const hot = (await ask(made, { kind: 'glossary', search: 'hot lead' })).data;
    expect(hot).toMatchObject({ found: [{ key: 'mql', met: 'avoided', redirect: { word: 'hot lead' } }] });
    expect((await ask(made, { kind: 'glossary', search: 'zebra' })).code).toBe('nothing-matches');
  });

  test('both approve, a text is proposed, and its changes are marked', async () => {
    const made = seatedDesk();
    await made.give('mql', MARKETING, { type: 'term.approve', payload: { version: '1.0.0' } });
    expect(await term(made, 'mql')).toMatchObject({
      status: 'agreed-by-marketing',
      waitsFor: ['sales'],
      open: { approvals: { marketing: { by: { name: 'mia' } } } },
      can: expect.arrayContaining(['term.approve', 'term.reject']),
    });
    await made.give('mql', SALES, { type: 'term.approve', payload: { version: '1.0.0' } });
    const agreed = await term(made, 'mql');
    expect(agreed).toMatchObject({ status: 'agreed', inForce: true, open: null });
    expect(agreed.usedBy).toContainEqual({ kind: 'stage', id: 'lead-to-won', label: 'Lead to won', stage: 'MQL' });
    const { agreedBy: _, ...text } = agreed.term;
    const size = { field: 'attributes.size', gte: 50 };
    const next = { ...text, version: '2.0.0', criteria: { all: [...partsOf(text.criteria), size] } };
    const refused = await made.give('mql', SALES, { type: 'term.propose', payload: { term: next } });
    expect(refused).toMatchObject({ status: 'refused', field: 'payload.impact' });
    const { data } = await ask(made, { kind: 'glossary', show: 'impact', key: 'mql', text: next });
    expect(data).toMatchObject({ change: 'major', versionFault: null, impact: { value: null } });
    const impact = data?.kind === 'glossary' && data.show === 'impact' ? data.impact : undefined;
    await made.give('mql', SALES, { type: 'term.propose', payload: { term: next, impact } });
    const proposed = await term(made, 'mql');
    expect(proposed).toMatchObject({ inForce: true, next: { version: '2.0.0', status: 'proposed' } });
    expect(proposed.open?.criteria.filter(({ mark }) => mark !== 'kept')).toEqual([
      { depth: 0, text: 'Size is at least 50', mark: 'added' },
    ]);
    expect(proposed.open?.diff.map(({ field }) => field)).toEqual(['criteria']);
  });

  test('what rests on a term is told once for all versions, by the name the company gave it', async () => {
    const made = seatedDesk();
    const kpi = KpiDefinition.parse({
      kind: 'kpi',
      id: 'mqls',
      version: '1.0.0',
      label: 'MQLs of the month',
      owners: ['marketing'],
      formula: { kpi: 'mqlVolume', inputs: { mqls: { entries: { funnel: 'lead-to-won', stage: 'mql' } } } },
    });
    const definitions = [LEAD_TO_WON, { ...LEAD_TO_WON, version: '2.0.0' }, kpi];
    const { context } = made.sit({ reader: SALES, rights: OWNER_RIGHTS, definitions, timeZone: 'UTC' });
    const { data } = await made.engine.answer({ kind: 'glossary', show: 'term', key: 'mql' }, context());
    const uses = data?.kind === 'glossary' && data.show === 'term' ? data.usedBy : [];
    expect(uses.filter(({ kind }) => kind !== 'term').map(({ label }) => label)).toEqual([
      'Lead to won',
      'MQLs of the month',
    ]);
  });

  test('an impact counts the records of the last two quarters by both texts', async () => {
    const people = Array.from({ length: 8 }, (_, i) => ({ id: `x${i}`, size: i * 20, won: i > 5 }));
    const made = seatedDesk({
      glossary: {
        v: 1,
        kind: 'glossary',
        terms: [
          {
            kind: 'term',
            id: 'mql',
            version: '1.0.0',
            term: 'Qualified lead',
            owners: ['both'],
            definition: 'A lead worth a call.',
            of: 'person',
            stage: 'mql',
            criteria: { field: 'attributes.size', gte: 40 },
            agreedBy: ['marketing', 'sales'].map((team) => ({ team, by: team, at: '2026-01-01T00:00:00Z' })),
          },
        ],
      },
      data: {
        records: people.map(({ id, size }) => ({ entityType: 'person', id, attributes: { size }, batch: 'b' })),
        events: people.flatMap(({ id, won }) =>
          ['mql', 'sal', ...(won ? ['won'] : [])].map((stage, i) => ({
            entityId: id,
            entityType: 'person' as const,
            stage,
            at: `2026-02-0${i + 1}T10:00:00Z`,
            source: { system: 'crm', recordId: `${id}-${stage}` },
            batch: 'b',
          })),
        ),
      },
    });
    const before = made.desk.term('mql')?.state.agreed.at(-1)?.term;
    if (before === undefined) throw new Error('no term');
    const { agreedBy: _, ...text } = before;
    const next = { ...text, version: '2.0.0', criteria: { field: 'attributes.size', gte: 90 } };
    expect((await ask(made, { kind: 'glossary', show: 'impact', key: 'mql', text: next })).data).toMatchObject({
      change: 'major',
      impact: {
        period: { from: '2025-10-01', to: '2026-04-01' },
        records: 8,
        members: { before: 6, after: 3, kept: 3, gained: 0, lost: 3 },
        rates: [{ id: 'sal-to-won', before: { k: 2, n: 6 }, after: { k: 2, n: 3 } }],
      },
    });
  });
});

const partsOf = (criteria: Criteria | undefined): Criteria[] =>
  criteria !== undefined && 'all' in criteria ? criteria.all : [];
