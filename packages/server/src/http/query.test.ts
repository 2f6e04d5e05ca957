import { Envelope, QueryBatchAnswer, Refusal, type MetricsEngine, type Question } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS, LEAD_TO_WON } from '@sama/metrics/definitions';
import { describe, expect, test } from 'vitest';
import { encode, post, testApp } from '../testing/app.ts';
import { funnelEnvelope, ScriptedEngine } from '../testing/engine.ts';
import { signalled } from '../testing/signal.ts';

const QUESTION: Question = { kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q1' };

const ask = (app: ReturnType<typeof testApp>['app'], question: unknown, headers: Record<string, string> = {}) =>
  app.request(`/v1/query?q=${encode(question)}`, { headers });

describe('GET /v1/query', () => {
  test('answers with an envelope that caches must check first', async () => {
    const response = await ask(testApp().app, QUESTION);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    expect(response.headers.get('vary')).toBe('Authorization, Origin');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('etag')).toMatch(/^W\/"[0-9a-f]{64}"$/);
    expect(Envelope.parse(await response.json())).toEqual(funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' }));
  });

  test('hands definitions, rights, asOf, time zone and fiscal calendar to the engine', async () => {
    const engine = new ScriptedEngine();
    const fiscal = { kind: 'months' as const, startMonth: 7 };
    await ask(testApp({ engine, timeZone: () => 'Europe/Lisbon', fiscal }).app, QUESTION);
    expect(engine.asked).toHaveLength(1);
    expect(engine.asked[0]).toMatchObject({
      question: QUESTION,
      context: {
        definitions: DEFAULT_DEFINITIONS,
        asOf: '2026-06-16T06:00:00Z',
        timeZone: 'Europe/Lisbon',
        fiscal,
        rights: { scopes: ['*'] },
      },
    });
  });

  test.each([
    ['no q', '', 422, 'invalid-question', /^q is missing/],
    ['bad base64', '?q=%7B%22kind%22', 422, 'invalid-question', /^q is not base64url/],
    [
      'not UTF-8',
      `?q=${Buffer.from([0xff, 0xfe, 0x7b]).toString('base64url')}`,
      422,
      'invalid-question',
      /^q is not UTF-8/,
    ],
    ['bad JSON', `?q=${Buffer.from('{"kind":').toString('base64url')}`, 422, 'invalid-question', /^q is not JSON/],
    ['too long', `?q=${'A'.repeat(2049)}`, 413, 'too-large', /POST/],
    ['unknown kind', `?q=${encode({ kind: 'forecast' })}`, 422, 'invalid-question', /kind: .*'funnel' \| .*'measure'/],
    ['unknown field', `?q=${encode({ ...QUESTION, windw: 1 })}`, 422, 'invalid-question', /windw/],
    [
      'bad value deep inside',
      `?q=${encode({ ...QUESTION, filter: { all: [{ field: 'shoe', eq: 1 }] } })}`,
      422,
      'invalid-question',
      /filter\.all\.0\.field: a field is/,
    ],
    ['newer version', `?q=${encode({ ...QUESTION, v: 2 })}`, 422, 'newer-version', /v: 2/],
    ['not an object', `?q=${encode([1])}`, 422, 'invalid-question', /expected object/],
  ])('refuses %s', async (_name, query, status, code, message) => {
    const response = await testApp().app.request(`/v1/query${query}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = Refusal.parse(await response.json());
    expect(body).toMatchObject({ status: 'error', code });
    expect(body.message).toMatch(message);
  });

  test.each([
    ['unknown-definition', 404],
    ['definition-conflict', 409],
    ['invalid-period', 422],
    ['unavailable', 503],
  ] as const)('gives %s of the engine its status and no tag', async (code, status) => {
    const engine = new ScriptedEngine(() => ({
      v: 1,
      status: 'error',
      flags: [],
      code,
      message: 'named',
      warnings: [],
    }));
    const response = await ask(testApp({ engine }).app, QUESTION);
    expect(response.status).toBe(status);
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ status: 'error', code, message: 'named' });
  });

  test('marks demo data', async () => {
    const response = await ask(testApp({ demo: () => true }).app, QUESTION);
    expect(Envelope.parse(await response.json()).flags).toEqual(['immature', 'demo']);
  });

  test('says nothing of what an engine throws, and logs it', async () => {
    const engine = new ScriptedEngine(() => {
      throw new Error('SELECT secret FROM /var/lib/sama');
    });
    const { app, logged } = testApp({ engine });
    const response = await ask(app, QUESTION);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('internal');
    expect(text).not.toMatch(/SELECT|secret|\/var|at /);
    expect(logged).toEqual([new Error('SELECT secret FROM /var/lib/sama')]);
  });

  test('gives up an engine that neither answers nor listens', async () => {
    const engine: MetricsEngine = { answer: () => new Promise(() => {}) };
    const response = await ask(testApp({ engine, timeLimitMs: 5 }).app, QUESTION);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'timeout' });
  });

  test('tells the engine when the reader leaves', async () => {
    let told: AbortSignal | undefined;
    const started = signalled();
    const engine = new ScriptedEngine((_question, context) => {
      told = context.signal;
      started.resolve();
      return new Promise(() => {});
    });
    const leaving = new AbortController();
    const { app, logged } = testApp({ engine });
    const response = app.request(`/v1/query?q=${encode(QUESTION)}`, { signal: leaving.signal });
    await started.promise;
    expect(told?.aborted).toBe(false);
    leaving.abort();
    expect((await response).status).toBe(503);
    expect(told?.aborted).toBe(true);
    expect(logged).toEqual([]);
  });
});

describe('ETag', () => {
  const tagOf = async (question: unknown, changes: Parameters<typeof testApp>[0] = {}) =>
    (await ask(testApp(changes).app, question)).headers.get('etag');

  test('answers 304 without asking the engine', async () => {
    const engine = new ScriptedEngine();
    const { app } = testApp({ engine });
    const tag = (await ask(app, QUESTION)).headers.get('etag') ?? '';
    for (const header of [tag, tag.replace('W/', ''), `"other", ${tag}`, '*']) {
      const response = await ask(app, QUESTION, { 'if-none-match': header });
      expect(response.status).toBe(304);
      expect(await response.text()).toBe('');
      expect(response.headers.get('etag')).toBe(tag);
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
    }
    expect(engine.asked).toHaveLength(1);
    expect((await ask(app, QUESTION, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('is the same for the same question in another order of fields, or with the defaults said', async () => {
    const tag = await tagOf(QUESTION);
    expect(await tagOf({ period: '2026-Q1', funnel: 'lead-to-won', kind: 'funnel' })).toBe(tag);
    expect(await tagOf({ ...QUESTION, v: 1, asOf: '2026-06-16T06:00:00Z', timeZone: 'UTC' })).toBe(tag);
  });

  test.each([
    ['question', { ...QUESTION, period: '2026-Q2' }, {}],
    ['asOf', { ...QUESTION, asOf: '2026-05-01' }, {}],
    ['configured asOf', QUESTION, { asOf: () => '2026-06-16T06:01:00Z' }],
    ['time zone', QUESTION, { timeZone: () => 'Europe/Lisbon' }],
    ['data', QUESTION, { dataVersion: () => 'data-2' }],
    ['engine', QUESTION, { engineName: 'scripted 2' }],
    ['a label', QUESTION, { definitions: () => [{ ...LEAD_TO_WON, label: 'Other' }] }],
    ['demo', QUESTION, { demo: () => true }],
  ])('changes with the %s', async (_name, question, changes) => {
    expect(await tagOf(question, changes)).not.toBe(await tagOf(QUESTION));
  });
});

describe('POST /v1/query', () => {
  test('answers in order, and equal questions once', async () => {
    const engine = new ScriptedEngine((question, context) => ({
      ...funnelEnvelope(context),
      message: 'period' in question ? String(question.period) : '',
    }));
    const periods = ['2026-Q1', '2026-Q2', '2026-Q1', '2026-Q3', '2026-Q4', '2025', '2024'];
    const { app } = testApp({ engine });
    const response = await app.request(
      '/v1/query',
      post({ v: 1, questions: periods.map((period) => ({ ...QUESTION, period })) }),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('vary')).toBe('Authorization, Origin');
    const { answers } = QueryBatchAnswer.parse(await response.json());
    expect(answers.map((answer) => ('envelope' in answer ? answer.envelope.message : ''))).toEqual(periods);
    expect(engine.asked).toHaveLength(6);
  });

  test('answers what the reader holds with unchanged', async () => {
    const engine = new ScriptedEngine();
    const { app } = testApp({ engine });
    const first = QueryBatchAnswer.parse(
      await (await app.request('/v1/query', post({ v: 1, questions: [QUESTION] }))).json(),
    );
    const hash = first.answers[0]?.hash ?? '';
    const again = await app.request('/v1/query', post({ v: 1, questions: [QUESTION], known: [hash] }));
    expect(await again.json()).toEqual({ v: 1, answers: [{ hash, unchanged: true }] });
    expect(engine.asked).toHaveLength(1);
  });

  test('keeps a failure in its place', async () => {
    const engine = new ScriptedEngine((question, context) => {
      if (question.kind === 'funnel' && question.period === 'never') throw new Error('inside');
      return funnelEnvelope(context);
    });
    const questions = [QUESTION, { kind: 'forecast' }, { ...QUESTION, period: 'never' }];
    const response = await testApp({ engine }).app.request('/v1/query', post({ v: 1, questions }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      answers: [
        { envelope: { status: 'ok' } },
        {
          envelope: {
            status: 'error',
            code: 'invalid-question',
            message: expect.stringContaining('questions.1: kind'),
          },
        },
        { envelope: { status: 'error', code: 'internal' } },
      ],
    });
  });

  test.each([
    ['bad JSON', '{"v":1,', 422, 'invalid-question', /not JSON/],
    ['a missing version', { questions: [QUESTION] }, 422, 'invalid-question', /^The body: v:/],
    ['a newer version', { v: 2, questions: [QUESTION] }, 422, 'newer-version', /v: 2/],
    ['no question', { v: 1, questions: [] }, 422, 'invalid-question', /questions/],
    ['an unknown field', { v: 1, questions: [QUESTION], more: 1 }, 422, 'invalid-question', /more/],
    [
      'only unreadable questions',
      { v: 1, questions: [{ kind: 'forecast' }] },
      422,
      'invalid-question',
      /questions\.0: kind/,
    ],
    [
      'too many',
      { v: 1, questions: Array.from({ length: 51 }, () => QUESTION) },
      413,
      'too-large',
      /51 are more than 50/,
    ],
    ['too deep', `{"v":1,"questions":[${'['.repeat(60_000)}${']'.repeat(60_000)}]}`, 413, 'too-large', /nests deeper/],
    ['too large', { v: 1, questions: [QUESTION], pad: 'x'.repeat(256 * 1024) }, 413, 'too-large', /256 kB/],
  ])('refuses %s', async (_name, body, status, code, message) => {
    const engine = new ScriptedEngine();
    const response = await testApp({ engine }).app.request('/v1/query', post(body));
    expect(response.status).toBe(status);
    const refused = Refusal.parse(await response.json());
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
    expect(engine.asked).toEqual([]);
  });

  test('takes JSON only, so that a foreign page cannot post without asking first', async () => {
    const body = JSON.stringify({ v: 1, questions: [QUESTION] });
    const response = await testApp().app.request('/v1/query', post(body, { 'content-type': 'text/plain' }));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ message: 'Content-Type: send application/json.' });
  });
});
