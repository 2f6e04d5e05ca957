import { createMemoryEngine } from '@sama/metrics';
import { createClient } from '@sama/metrics/client';
import {
  Envelope,
  Meta,
  QueryBatchAnswer,
  type Criteria,
  type KpiDefinition,
  type Question,
  type StageEvent,
  type Person,
} from '@sama/metrics/contracts';
import { LEAD_TO_WON } from '@sama/metrics/definitions';
import { compileCriteria, recordReader } from '@sama/metrics/criteria';
import fc from 'fast-check';
import { untilMet } from '@sama/metrics/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type * as z from 'zod/mini';
import { doorOf } from '../ledger/index.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { askedFor, historyOf, LATTICE, SMALL, type Comer } from '../testing/cohorts.ts';
import { funnelEnvelope, ScriptedEngine } from '../testing/engine.ts';
import { commandOn, offer, openTestKeeper } from '../testing/ledgers.ts';
import { ALL, bearer, LITTLE, NOON, testSignIn } from '../testing/sign-in.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { numbersOf, smallestGroups } from '../testing/told.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won' } as const;

describe('POST /v1/tokens', () => {
  test('gives a token for what was asked, and says what is wrong with the rest', async () => {
    const { signIn, keyring } = await testSignIn();
    const { app } = testApp({ signIn });
    const { secret } = await keyring.add('intranet', 'issue', { ...LITTLE, origins: ['https://intranet.example.com'] });
    const ask = async (body: unknown, headers = bearer(secret)) => {
      const response = await app.request('/v1/tokens', post(body, headers));
      return { status: response.status, body: await response.json(), kept: response.headers.get('cache-control') };
    };
    const given = await ask({ v: 1, sub: 'dana', seconds: 60 });
    expect(given).toMatchObject({ status: 200, kept: 'no-store', body: { expiresAt: '2026-06-16T12:01:00.000Z' } });
    expect(await ask({ v: 1, sub: 'dana', caps: ['act'] })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await ask({ v: 1 })).toMatchObject({ status: 422, body: { message: expect.stringContaining('sub') } });
    expect(await ask({ v: 1, sub: 'dana', seconds: 601 })).toMatchObject({ status: 422 });
    expect(await ask('{')).toMatchObject({ status: 422 });
    expect(await ask({ v: 2, sub: 'dana' })).toMatchObject({ body: { code: 'newer-version' } });
    expect((await ask({ v: 1, sub: 'x'.repeat(20_000) })).status).toBe(413);
    // Whoever has no key hears nothing of the rest.
    expect(await ask('{', bearer('sama_other'))).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect((await testApp().app.request('/v1/tokens', post({ v: 1, sub: 'dana' }))).status).toBe(404);
  });
});

test('a page that a key names may ask, and others may not', async () => {
  const { signIn, keyring, sign, right } = await testSignIn();
  const { app } = testApp({ signIn });
  const page = 'https://intranet.example.com';
  const { key } = await keyring.add('intranet', 'issue', { ...ALL, origins: [page] });
  const headers = { ...bearer(await sign(right())), origin: page };
  const response = await app.request('/v1/meta', { headers });
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, page]);
  const preflight = await app.request('/v1/query', { method: 'OPTIONS', headers: { origin: page } });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, page]);
  await keyring.revokeKey(key.id);
  expect((await app.request('/v1/meta', { headers })).status).toBe(403);
});

test('answers, tags and known answers are those of the same rights', async () => {
  const { signIn, sign, right } = await testSignIn();
  const engine = new ScriptedEngine((_question, context) => ({
    ...funnelEnvelope(context),
    engine: JSON.stringify(context.rights.rows),
  }));
  const { app } = testApp({ signIn, engine });
  const rows = (region: string) => ({ rows: { field: 'attributes.region', eq: region } });
  const north = bearer(await sign(right(rows('North'))));
  const south = bearer(await sign(right(rows('South'))));
  const path = `/v1/query?q=${encode(FUNNEL)}`;
  const tag = (await app.request(path, { headers: north })).headers.get('etag') ?? '';
  expect((await app.request(path, { headers: { ...north, 'if-none-match': tag } })).status).toBe(304);
  expect((await app.request(path, { headers: { ...south, 'if-none-match': tag } })).status).toBe(200);
  const known = [/"(.*)"/.exec(tag)?.[1]];
  const batch = async (headers: Record<string, string>) => {
    const response = await app.request('/v1/query', post({ v: 1, questions: [FUNNEL], known }, headers));
    return QueryBatchAnswer.parse(await response.json()).answers[0];
  };
  expect(await batch(north)).toMatchObject({ unchanged: true });
  for (const [headers, region] of [
    [south, 'South'],
    [north, 'North'],
  ] as const)
    expect(await (await app.request(path, { headers })).text()).toContain(region);
  expect(await batch(south)).toMatchObject({ envelope: { engine: expect.stringContaining('South') } });
  // Each reader's was computed once, and kept for that reader.
  expect(engine.asked.map(({ context }) => context.rights.rows)).toEqual(
    ['North', 'South'].map((region) => rows(region).rows),
  );
});

test('what a reader may not ask of is not listed, and a batch says so of single questions', async () => {
  const { signIn, sign, right } = await testSignIn();
  const definitions = [LEAD_TO_WON, SMALL];
  const { app } = testApp({ signIn, definitions: () => definitions });
  const meta = async (changes: Record<string, unknown>) =>
    Meta.parse(await (await app.request('/v1/meta', { headers: bearer(await sign(right(changes))) })).json());
  expect((await meta({ scopes: ['funnel:small'] })).definitions.map(({ id }) => id)).toEqual(['small']);
  expect(await meta({ scopes: ['funnel:small'] })).toMatchObject({ questions: ['funnel', 'difference'] });
  expect((await meta({})).definitions).toHaveLength(2);
  expect((await meta({ scopes: ['*'], suppress: 5 })).questions).toEqual(['funnel']);
  const headers = bearer(await sign(right({ scopes: ['funnel:small'] })));
  const questions = [FUNNEL, { kind: 'funnel', funnel: 'small' }];
  const response = await app.request('/v1/query', post({ v: 1, questions }, headers));
  expect(QueryBatchAnswer.parse(await response.json()).answers).toMatchObject([
    { envelope: { status: 'denied', code: 'forbidden' } },
    { envelope: { status: 'ok' } },
  ]);
});

test('a client asks for a new token once after 401, for questions, commands and news; without one it is told', async () => {
  let now = NOON;
  const { signIn, sign, right } = await testSignIn(() => now);
  const keeper = await openTestKeeper(await temporaryFolder());
  onTestFinished(() => keeper.close());
  await offer(keeper, 'H1');
  const { app } = testApp({
    signIn,
    engine: keeper.engine(new ScriptedEngine()),
    ledger: doorOf(keeper),
  });
  const statuses: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await app.request(String(input), init);
    statuses.push(response.status);
    return response;
  };
  let asked = 0;
  const fetchToken = async (): Promise<string> => {
    asked += 1;
    // Of a page whose clock goes wrong: the client thinks it holds for long.
    const { exp: _, ...claims } = right({ sub: 'servo' });
    return sign({ ...claims, exp: now + 60 });
  };
  const src = 'http://localhost';
  const client = createClient({ src, fetch, fetchToken, freshMs: 0 });
  expect(await client.query(FUNNEL)).toMatchObject({ status: 'ok' });
  expect([asked, statuses]).toEqual([1, [200]]);
  now += 120;
  const [one, other] = await Promise.all([
    client.query(FUNNEL, { fresh: true }),
    client.command(commandOn('H1', 'note', { text: 'called' }, 2)),
  ]);
  expect([one.status, other.status]).toEqual(['ok', 'done']);
  expect(keeper.desk.log('H1').at(-1)?.by).toMatchObject({ id: 'servo', name: 'Dana', role: 'seller' });
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(2);
  expect(asked).toBe(2);
  const nobody = createClient({ src, fetch });
  expect(await nobody.query(FUNNEL)).toMatchObject({ status: 'denied', code: 'unauthenticated' });
  const refused = createClient({ src, fetch, fetchToken: () => sign(right({ aud: 'other' })) });
  const before = statuses.length;
  expect(await refused.query(FUNNEL)).toMatchObject({ status: 'denied', code: 'unauthenticated' });
  expect(statuses.slice(before)).toEqual([401, 401]);
});

test('news end with the rights they were asked with, and count the ledger only for its readers', async () => {
  let now = NOON;
  const { signIn, sign, right } = await testSignIn(() => now);
  const keeper = await openTestKeeper(await temporaryFolder());
  onTestFinished(() => keeper.close());
  const ledger = { ...doorOf(keeper), version: () => 7 };
  const { app } = testApp({ signIn, ledger });
  const hear = async (changes: Record<string, unknown>) => {
    const headers = bearer(await sign(right(changes)));
    return app.request('/v1/live', { headers });
  };
  const all = await hear({ exp: now + 30 });
  const little = await hear({ scopes: ['funnel'], exp: now + 30 });
  now += 40;
  expect(await all.text()).toContain('"ledgerVersion":"7"');
  expect(await little.text()).toMatch(/^event: data\ndata: \{"v":1,"dataVersion":"data-1"\}\nid: data-1\n\n$/);
});

const KPI: KpiDefinition = {
  kind: 'kpi',
  id: 'size',
  version: '1.0.0',
  owners: ['sales'],
  formula: {
    measure: {
      of: 'person',
      aggregates: ['sum'],
      value: { field: 'attributes.size' },
    },
  },
};
const WHO = ['North', 'South', 'East'];
const test1 = (field: string, values: readonly (string | number)[]) =>
  fc.constantFrom(...values).map((eq) => ({ field, eq }));
const criteria: fc.Arbitrary<Criteria> = fc.letrec<{ any: Criteria }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    test1('attributes.region', WHO),
    test1('owner', ['ann', 'bob']),
    test1('id', ['p1', 'p2', 'p3']),
    fc.constantFrom<Criteria>(
      { field: 'attributes.size', gte: 3 },
      { field: 'reached.won', present: true },
      { field: 'stage', eq: 'mql' },
      { field: 'attributes.region', matches: '*' },
      { any: [] },
      { all: [] },
    ),
    fc.array(tie('any'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('any'), { maxLength: 3 }).map((any) => ({ any })),
    tie('any').map((not) => ({ not })),
  ),
})).any;
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const frame = { filter: maybe(criteria), asOf: maybe(fc.constantFrom('2026-03-01', '2026-06-01')) };
const period = maybe(fc.constantFrom('2026', '2026-Q1', '2026-02', 'last-90-days'));
const compare = fc.constantFrom('previous', { segment: 'rest' }, { period: '2025' });
const counted = {
  funnel: fc.constant('lead-to-won'),
  ...frame,
  period,
  view: maybe(fc.constantFrom('cohort', 'activity', 'snapshot')),
  segment: maybe(fc.constantFrom('all', 'rest')),
  window: maybe(fc.constantFrom('none', { days: 30 })),
};
const measure = maybe(fc.constantFrom('count', 'value'));
const stage = fc.constantFrom('mql', 'won');
const side = fc.record({
  ...counted,
  stage,
  skipPolicy: maybe(fc.constantFrom('impute', 'strict')),
  reported: maybe(fc.constantFrom(3, 12)),
});
const question: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ kind: fc.constant('funnel'), ...counted, measure, compare: maybe(compare) }),
  fc.record({ kind: fc.constant('records'), ...counted, stage, fields: maybe(fc.constant(['id', 'owner'])) }),
  fc.record({ kind: fc.constant('difference'), a: side, b: side, of: measure, records: maybe(fc.constant(100)) }),
  fc.record({
    kind: fc.constant('measure'),
    ...frame,
    measure: fc.record({
      of: fc.constant('person'),
      funnel: fc.constant('lead-to-won'),
      where: maybe(criteria),
      aggregates: fc.constant(['count', 'sum', 'median']),
      value: fc.constant({ field: 'attributes.size' }),
      by: maybe(fc.constantFrom('owner', 'stage', 'attributes.region')),
    }),
  }),
  fc.record({
    kind: fc.constant('kpi'),
    kpis: fc.constant(['size']),
    ...frame,
    period,
  }),
);

test('no field of a question widens the rows of a token: it is as if the others did not exist', async () => {
  const { signIn, sign, right } = await testSignIn();
  const definitions = [
    {
      ...LEAD_TO_WON,
      segments: [
        { id: 'all', where: { all: [] } },
        { id: 'rest', where: { not: { field: 'attributes.region', eq: 'North' } } },
      ],
    },
    KPI,
  ];
  const records = Array.from({ length: 24 }, (_, i): z.infer<typeof Person> => ({
    entityType: 'person',
    id: `p${i}`,
    batch: 'b',
    amount: i * 100,
    currency: 'EUR',
    owner: i % 3 === 0 ? 'ann' : 'bob',
    attributes: {
      region: WHO[i % 3] ?? null,
      size: i % 7,
    },
  }));
  const stages = ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won', 'lost'];
  // Each region has somebody at each stage, since a stage nobody ever reached is one the source does not have.
  const events = records.flatMap(({ id }, i) =>
    stages
      .slice(0, 1 + ((i * 5) % 7))
      .concat(i < 3 ? stages : [])
      .map((stage, step): StageEvent => ({
        entityId: id,
        entityType: 'person',
        stage,
        at: `2026-0${1 + (i % 5)}-${10 + step}T08:00:00Z`,
        batch: 'b',
        source: {
          system: 'crm',
          recordId: `${id}-${step}`,
        },
      })),
  );
  const appOf = (kept: ReadonlySet<string>) =>
    testApp({
      signIn,
      definitions: () => definitions,
      engine: createMemoryEngine(
        {
          records: records.filter(({ id }) => kept.has(id)),
          events: events.filter((e) => kept.has(e.entityId)),
        },
        { now: () => '2026-06-16T12:00:00Z' },
      ),
    }).app;
  const whole = appOf(new Set(records.map(({ id }) => id)));
  const own: Criteria[] = [
    { field: 'attributes.region', eq: 'North' },
    {
      any: [
        { field: 'attributes.region', eq: 'South' },
        { field: 'owner', eq: 'ann' },
      ],
    },
    { not: { field: 'attributes.region', in: ['North', 'South'] } },
  ];
  const readers = await Promise.all(
    own.map(async (rows) => {
      const holds = compileCriteria(rows, recordReader(records), { asOf: NOON * 1000, timeZone: 'UTC' });
      const app = appOf(new Set(records.flatMap(({ id }, i) => (holds(i) ? [id] : []))));
      return { app, headers: bearer(await sign(right({ rows }))) };
    }),
  );
  let told = 0;
  await untilMet(
    fc.asyncProperty(question, fc.constantFrom(...readers), async (asked, { app, headers }) => {
      const ask = async (from: typeof app) =>
        Envelope.parse(
          await (
            await from.request('/v1/query', post({ v: 1, questions: [asked] }, headers))
          )
            .json()
            .then((body) => QueryBatchAnswer.parse(body).answers[0])
            .then((answer) => (answer !== undefined && 'envelope' in answer ? answer.envelope : undefined)),
        );
      const [all, alone] = [await ask(whole), await ask(app)];
      expect(all).toEqual(alone);
      told += all.data === undefined ? 0 : 1;
    }),
    { numRuns: 150, met: () => told > 75 },
  );
  expect(told).toBeGreaterThan(75);
});

test('a reader from whom small groups are hidden gets none over HTTP either, and no page of single persons', async () => {
  const { signIn, sign, right } = await testSignIn();
  const comers = Array.from({ length: 45 }, (_, i): Comer => ({
    quarter: 1,
    region: i < 3 ? 'B' : 'A',
    stage: i % 11 === 0 ? 1 : 0,
    outcome: i % 6 === 0 ? 'lost' : 'open',
  }));
  const { app } = testApp({
    signIn,
    definitions: () => [SMALL],
    asOf: () => '2026-06-16T06:00:00Z',
    engine: createMemoryEngine(historyOf(comers)),
  });
  const headers = bearer(await sign(right({ scopes: ['funnel:small', 'handoffs'], suppress: 5, caps: [] })));
  const ask = async (asked: Question) => {
    const response = await app.request(`/v1/query?q=${encode(asked)}`, { headers });
    return { status: response.status, envelope: Envelope.parse(await response.json()) };
  };
  const told = [];
  for (const asked of LATTICE) {
    const { status, envelope } = await ask(asked);
    expect(status).toBe(200);
    told.push(...numbersOf(envelope, askedFor(asked, comers)));
  }
  expect(smallestGroups(told, comers).filter((n) => n < 5)).toEqual([]);
  expect(told.some(({ number }) => number === 45)).toBe(true);
  for (const asked of [
    { kind: 'handoffs' },
    { kind: 'funnel', funnel: 'small', period: '2025-02' },
  ] satisfies Question[])
    expect((await ask(asked)).status).toBe(403);
});
