import { Envelope } from '@sama/metrics/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDuckDbEngine } from '../engine/duckdb.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { batchOf, person, temporaryFolder, testStore } from '../testing/stores.ts';

/** Texts that do harm where they are taken for something else: SQL, HTML, formulas, templates, paths, headers. */
const PAYLOADS = [
  `'; DROP TABLE records; --`,
  `" OR "1"="1`,
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '</script><!--',
  '=HYPERLINK("http://evil.example","x")',
  '+1+cmd|"/c calc"!A0',
  '@SUM(1)',
  '-2+3',
  '${7*7}{{7*7}}<%= 7 %>',
  '../../../../etc/passwd',
  'a\r\nSet-Cookie: x=y',
  '\u202Egnp.exe',
  '$1 %s %n {0}',
  '𝄞 ´ ẞ',
];

test('SQL, HTML and formulas come back as the texts they are, wherever they stand in a record', async () => {
  const store = await testStore(await temporaryFolder());
  const ids = PAYLOADS.map((payload, i) => `${i} ${payload}`);
  await store.importChunks(
    batchOf('hostile'),
    PAYLOADS.map((payload, i) =>
      person(ids[i] ?? '', { stage: 'lead', owner: payload, attributes: { note: payload } }),
    ),
  );
  const { app } = testApp({ engine: createDuckDbEngine(store), dataVersion: () => store.current()?.dataVersion ?? '' });
  const question = {
    kind: 'records',
    funnel: 'lead-to-won',
    stage: 'lead',
    fields: ['owner', 'attributes.note'],
    sort: { by: 'id' },
  };
  const response = await app.request(`/v1/query?q=${encode(question)}`);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const { data } = Envelope.parse(await response.json());
  const records = data?.kind === 'records' ? data.records : [];
  expect(records.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  for (const { id, values } of records) {
    const payload = PAYLOADS[Number.parseInt(id, 10)];
    expect(values).toEqual([payload, payload]);
  }
  // As filters they find the one record that has them, and change nothing.
  for (const [i, payload] of PAYLOADS.entries()) {
    const filter = {
      all: [
        { field: 'owner', eq: payload },
        { field: 'attributes.note', eq: payload },
      ],
    };
    const found = await app.request('/v1/query', post({ v: 1, questions: [{ ...question, filter }] }));
    expect(await found.text()).toContain(JSON.stringify(ids[i]));
  }
  expect(await store.reader().all('SELECT count(*)::INT AS n FROM records')).toEqual([{ n: PAYLOADS.length }]);
});

test('what is refused is said back as JSON that holds no markup a page could run', async () => {
  const { app } = testApp();
  const hostile = fc.oneof(fc.constantFrom(...PAYLOADS), fc.string({ unit: 'binary', maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (a, b) => {
      const questions = [{ kind: 'funnel', funnel: a, period: b }];
      for (const response of [
        await app.request('/v1/query', post({ v: 1, questions })),
        await app.request(`/v1/query?q=${encode({ kind: a, [b]: a })}`),
        await app.request(`/${encodeURIComponent(a.replaceAll(/\p{Cs}/gu, ''))}`),
      ]) {
        expect(response.status).toBeLessThan(500);
        expect(response.headers.get('content-type')).toBe('application/json');
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(await response.json()).toBeTypeOf('object');
      }
    }),
    { numRuns: 100 },
  );
});
