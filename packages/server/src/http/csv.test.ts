import { Refusal, type Envelope } from '@sama/metrics/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode, testApp } from '../testing/app.ts';
import { ScriptedEngine } from '../testing/engine.ts';
import { bearer, testSignIn } from '../testing/sign-in.ts';
import { csvOf } from './csv.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won' };

/** Reads CSV as RFC 4180 says, cell by cell. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const records = (values: readonly (string | number | boolean | null)[][], fields: string[]) =>
  csvOf({
    kind: 'records',
    label: 'L',
    view: 'cohort',
    grain: 'person',
    unit: 'entity',
    entryPolicy: 'first',
    skipPolicy: 'impute',
    timeZone: 'UTC',
    stage: { key: 'lead', label: 'Lead' },
    fields,
    sort: { by: 'entered', descending: true },
    total: values.length,
    offset: 0,
    records: values.map((one, i) => ({ id: `p${i}`, entered: null, values: one })),
  });

test('every text comes back as it was, but for the apostrophe before what a spreadsheet would run', () => {
  const beginnings = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '"', ',', ' ');
  const text = fc.tuple(beginnings, fc.string({ unit: 'grapheme', maxLength: 20 })).map(([a, b]) => a + b);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
      const rows = parse(
        records(
          texts.map((one) => [one]),
          ['attributes.note'],
        ),
      );
      expect(rows[0]).toEqual(['id', 'entered', 'attributes.note']);
      const back = rows.slice(1).map(([, , one]) => one);
      expect(back).toEqual(texts.map((one) => (/^[=+\-@\t\r\n＝＋－＠]/.test(one) ? `'${one}` : one)));
      for (const one of back) expect(one).not.toMatch(/^[=+\-@\t\r\n]/);
    }),
  );
});

test('numbers stand in full, and what a row holds inside under names with dots', () => {
  const text = records([[-1234567.5, true, null]], ['=cmd()', 'b', 'c']);
  expect(text).toBe(`id,entered,'=cmd(),b,c\r\np0,,-1234567.5,true,\r\n`);
});

async function gated() {
  const { signIn, sign, right } = await testSignIn();
  const engine = new ScriptedEngine();
  const { app } = testApp({ signIn, engine });
  const ask = async (path: string, question: unknown, changes = {}) =>
    app.request(`${path}?q=${encode(question)}`, { headers: bearer(await sign(right(changes))) });
  return { app, engine, ask };
}

test('a file is asked for with the rights of the question, and needs one more', async () => {
  const { engine, ask } = await gated();
  const rights = { rows: { field: 'owner', eq: 'dana' }, scopes: ['funnel'] };
  const file = await ask('/v1/query.csv', FUNNEL, rights);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="funnel-lead-to-won-2026-06-16.csv"',
    'cache-control': 'no-store',
  });
  const [head, lead, mql] = parse(await file.text());
  expect(head?.slice(0, 4)).toEqual(['key', 'label', 'owner', 'count']);
  expect([lead?.[3], mql?.[3]]).toEqual(['18400', '7312']);
  expect(engine.asked[0]?.context.rights.rows).toEqual(rights.rows);
  // What was answered to equal rights is given again: the answer on the page is that of the file.
  await ask('/v1/query', FUNNEL, rights);
  expect(engine.asked).toHaveLength(1);
  engine.asked.length = 0;
  for (const [question, changes] of [
    [FUNNEL, { caps: [] }],
    [FUNNEL, { scopes: ['kpi'] }],
    [{ ...FUNNEL, filter: { field: 'attributes.email', eq: 'x' } }, { scopes: ['funnel'] }],
    [{ kind: 'kpi' }, { suppress: 5 }],
  ] as const)
    expect((await ask('/v1/query.csv', question, changes)).status).toBe(403);
});

test('a reader of hidden groups gets the file of what they are answered, or the same refusal', async () => {
  const { ask } = await gated();
  const changes = { suppress: 5, scopes: ['funnel:lead-to-won'] };
  for (const question of [FUNNEL, { ...FUNNEL, period: '2026-07' }, { ...FUNNEL, view: 'snapshot' }]) {
    const [answer, file] = [await ask('/v1/query', question, changes), await ask('/v1/query.csv', question, changes)];
    expect(file.status).toBe(answer.status);
    const codes = [answer, file].map(async (one) => (one.status === 200 ? 'ok' : Refusal.parse(await one.json()).code));
    expect(await codes[1]).toBe(await codes[0]);
  }
});

test('a mark for spreadsheets stands at the front when it is asked for, and what is no answer is none', async () => {
  const { app, ask } = await gated();
  expect((await app.request('/v1/query.csv')).status).toBe(401);
  const file = await ask('/v1/query.csv', FUNNEL);
  expect((await file.text()).startsWith('key,')).toBe(true);
  const empty = testApp({
    engine: new ScriptedEngine(async (): Promise<Envelope> => ({ v: 1, status: 'empty', flags: [], warnings: [] })),
  });
  const at = (more: string) => `/v1/query.csv?q=${encode(FUNNEL)}${more}`;
  expect(await (await empty.app.request(at(''))).text()).toBe('');
  expect(new Uint8Array(await (await testApp().app.request(at('&bom=true'))).arrayBuffer()).slice(0, 3)).toEqual(
    new Uint8Array([0xef, 0xbb, 0xbf]),
  );
  expect((await empty.app.request(at('&bom=maybe'))).status).toBe(422);
  const slow = testApp({ engine: new ScriptedEngine(() => new Promise(() => {})), waitMs: 20 });
  expect((await slow.app.request(at(''))).status).toBe(202);
});
