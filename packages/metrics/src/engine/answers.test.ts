import { expect, test } from 'vitest';
import { Envelope } from '../contracts/index.ts';
import type { AttributionDefinition, Definition, Question, Rights } from '../contracts/index.ts';
import { answerCases } from '../testing/answer-cases.ts';
import { createMemoryEngine } from './memory.ts';

test.each(answerCases())('$name', async ({ records, events, activities, question, context, expected }) => {
  const answer = await createMemoryEngine({ records, events, activities }).answer(question, context);
  expect(answer).toMatchObject(expected);
  expect(Envelope.parse(JSON.parse(JSON.stringify(answer)))).toEqual(JSON.parse(JSON.stringify(answer)));
});

/** The cases' world of a kind, asked something else. */
async function ask(
  question: Question,
  {
    rights = {},
    definitions = (own) => own,
  }: {
    rights?: Partial<Rights>;
    definitions?: (own: readonly Definition[]) => Definition[] | readonly Definition[];
  } = {},
): Promise<Envelope> {
  const world = answerCases().find(({ question: { kind } }) => kind === question.kind);
  if (world === undefined) throw new Error(`no case of kind ${question.kind}`);
  const { context } = world;
  return createMemoryEngine(world).answer(question, {
    ...context,
    rights: { ...context.rights, ...rights },
    definitions: definitions(context.definitions),
  });
}

test('single records are for readers who may drill', async () => {
  expect((await ask({ kind: 'score', score: 'leads' }, { rights: { caps: [] } })).data).not.toHaveProperty('leads');
  expect(await ask({ kind: 'score', score: 'leads', ids: ['P1'] }, { rights: { caps: [] } })).toMatchObject({
    status: 'denied',
    code: 'forbidden',
    message: expect.stringContaining('drill'),
  });
});

test('rows a reader may not see are neither rated nor credited', async () => {
  const rows = { field: 'attributes.role', eq: 'intern' } as const;
  expect((await ask({ kind: 'score', score: 'leads' }, { rights: { rows } })).data).toMatchObject({
    rated: 1,
    leads: [{ id: 'P2' }],
  });
  const mine = { rights: { rows: { field: 'id', eq: 'O2' } as const } };
  expect((await ask({ kind: 'attribution', attribution: 'credit' }, mine)).data).toMatchObject({
    conversions: 0,
    lost: 1,
  });
});

const credited =
  (part: Partial<AttributionDefinition>) =>
  (own: readonly Definition[]): Definition[] =>
    own.map((definition) => (definition.kind === 'attribution' ? { ...definition, ...part } : definition));
const touches: NonNullable<AttributionDefinition['journeys']>['touches'] = [{ channel: { is: 'Any' } }];
const attribution = { kind: 'attribution', attribution: 'credit' } as const;

test.each<[string, Question, Partial<AttributionDefinition>, string, RegExp]>([
  [
    'no journeys',
    attribution,
    { journeys: undefined },
    'invalid-question',
    /journeys come from: give it journeys \{ funnel, touches \}/,
  ],
  [
    'an unknown funnel',
    attribution,
    { journeys: { funnel: 'other', touches } },
    'unknown-definition',
    /"other" is not defined; known: pipeline/,
  ],
  [
    'an unknown stage',
    attribution,
    { journeys: { funnel: 'pipeline', conversion: 'wn', touches } },
    'unknown-stage',
    /journeys\.conversion "wn" is no stage .* opportunity, won/,
  ],
  [
    'an unknown segment',
    { ...attribution, segment: 'tiny' },
    {},
    'unknown-segment',
    /attribution "credit"; it has large/,
  ],
  [
    'a score by stage',
    { kind: 'score', score: 'leads', filter: { field: 'stage', eq: 'won' } },
    {},
    'invalid-question',
    /"stage" needs a funnel of stages/,
  ],
  ['an unknown model', { kind: 'score', score: 'other' }, {}, 'unknown-definition', /known: leads@1\.0\.0, accounts/],
])('%s is refused with the remedy', async (_, question, part, code, message) => {
  const answer = await ask(question, { definitions: credited(part) });
  expect(answer).toMatchObject({ code, message: expect.stringMatching(message) });
});

test('a model that was never held to its schema is answered, not thrown', async () => {
  const definitions = (own: readonly Definition[]): Definition[] =>
    own.map((definition) =>
      definition.kind === 'score'
        ? { ...definition, bands: { grade: { A: 100, B: 50, C: 25 }, level: { 1: 75, 2: 50, 3: 25 } } }
        : definition,
    );
  expect(await ask({ kind: 'score', score: 'leads' }, { definitions })).toMatchObject({
    status: 'error',
    code: 'invalid-question',
    message: expect.stringMatching(/bands\.grade\.A: begins at 100, but at most 80 can be reached; lower it/),
  });
});

test('touches of a person, of an opportunity, and a group that the grain does not have', async () => {
  const by = async (group: 'person' | 'opportunity'): Promise<unknown> => {
    const { data } = await ask(attribution, {
      definitions: credited({ journeys: { funnel: 'pipeline', group, touches } }),
    });
    return data?.kind === 'attribution' ? [data.source.group, data.unattributed.conversions] : data;
  };
  // Of the three won deals only O5 names its person, who was touched; none is touched itself.
  expect(await by('person')).toEqual(['person', 2]);
  expect(await by('opportunity')).toEqual(['opportunity', 3]);
  const ofPersons = (own: readonly Definition[]): Definition[] =>
    credited({ journeys: { funnel: 'pipeline', group: 'opportunity', touches } })(own).map((definition) =>
      definition.kind === 'funnel' && definition.mode !== 'event' ? { ...definition, grain: 'person' } : definition,
    );
  expect(await ask(attribution, { definitions: ofPersons })).toMatchObject({
    code: 'invalid-question',
    message: expect.stringContaining('use "account" or "person"'),
  });
});
