import { readGlossary } from '@sama/metrics/client';
import type { Question } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { glossaryDesk } from '../testing/glossary-desk.ts';

const asked: Question[] = [
  { kind: 'glossary' },
  { kind: 'glossary', search: 'hot lead' },
  { kind: 'glossary', show: 'term', key: 'mql' },
  { kind: 'glossary', show: 'term', key: 'velocity' },
  { kind: 'glossary', show: 'impact', key: 'mql' },
];

test.each(asked)('an answer of a desk is read as it is: %j', async (question) => {
  const answer = await glossaryDesk().source().query(question);
  expect(answer.status).toBe('ok');
  expect(readGlossary(structuredClone(answer))).toEqual(answer);
});

test('the stages of terms stand in the order of the funnel', async () => {
  const { data } = await glossaryDesk().source().query({ kind: 'glossary' });
  const stages = data?.kind === 'glossary' && data.show === 'terms' ? (data.stages ?? []) : [];
  expect(stages.map(({ key }) => key)).toEqual(['lead', 'mql', 'sal', 'sql', 'opportunity']);
});
