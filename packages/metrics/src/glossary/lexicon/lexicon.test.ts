import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import fixture from '../../testing/fixtures/glossary-vectors.json' with { type: 'json' };
import { LEAD_TO_WON } from '../../definitions/index.ts';
import { loadGlossary, usedBy } from '../index.ts';
import { STARTING_LEXICON } from './index.ts';

const { terms: vectors } = z
  .object({
    terms: z.array(
      z.object({
        key: z.string(),
        term: z.string(),
        owner: z.string(),
        definition: z.string(),
        avoid: z.string(),
        ties: z.string(),
        version: z.string(),
        status: z.literal('proposed'),
      }),
    ),
  })
  .parse(fixture);

test('the lexicon passes the checks every glossary does', () => {
  expect(loadGlossary(JSON.stringify(STARTING_LEXICON), 'lexicon')).toEqual(STARTING_LEXICON);
  expect(STARTING_LEXICON.terms).toHaveLength(vectors.length);
});

test('every stage of the default funnel is a term of it', () => {
  const uses = STARTING_LEXICON.terms.flatMap((t) => usedBy(t.id, STARTING_LEXICON, [LEAD_TO_WON]));
  expect(uses.filter((u) => u.kind === 'stage')).toHaveLength(LEAD_TO_WON.stages.length);
  expect(usedBy('mql', STARTING_LEXICON, [LEAD_TO_WON])).toEqual([
    { kind: 'stage', funnel: 'lead-to-won', stage: 'mql' },
    { kind: 'term', key: 'handoff' },
    { kind: 'term', key: 'sal' },
    { kind: 'metric', id: 'mqlVolume' },
  ]);
});

test.for(vectors)('$key says what the vectors say', (vector) => {
  const term = STARTING_LEXICON.terms.find((t) => t.id === vector.key);
  if (term === undefined) throw new Error('not in the lexicon');
  const { abbreviation, owners, definition, version, agreedBy } = term;
  expect({ owners, definition, version, agreedBy }).toEqual({
    owners: [vector.owner === 'shared' ? 'both' : vector.owner],
    definition: vector.definition,
    version: vector.version,
    agreedBy: undefined,
  });
  expect(`${term.term}${abbreviation === undefined ? '' : ` (${abbreviation})`}`).toBe(vector.term);
  const ties = [
    ...(term.stage === undefined ? [] : [`stage ${term.stage}`]),
    ...(term.metrics ?? []),
    ...(term.ties ?? []),
  ];
  expect(ties.toSorted()).toEqual(vector.ties.split('; ').toSorted());
  // Without what stands in brackets, which became the note; `hot/warm/cold` are three words.
  const avoided = vector.avoid.replace(/ \([^)]*\)/g, '').split(/, |\//);
  expect((term.avoid ?? []).map((a) => a.word)).toEqual(avoided);
  // What no field of a record can say is a rule in words.
  expect(term.criteria ?? term.rule).toBeDefined();
});
