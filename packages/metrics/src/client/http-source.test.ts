import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Command, Envelope, FunnelQuestion } from '../contracts/index.ts';
import { json, localServer, silence, type Step } from './testing/local-server.ts';
import { createHttpSource, plainEnvelope } from './index.ts';

const src = 'https://metrics.example.com/base/';
const question: FunnelQuestion = { kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q3' };
const answer = plainEnvelope([
  { stage: 'Lead', count: 20 },
  { stage: 'Won', count: 5 },
]);

/** Lets time pass until the promise is settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  await vi.runAllTimersAsync();
  return promise;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers are left behind`);
});

describe('asking', () => {
  test('a short question travels in the address', async () => {
    const { asked, fetch } = localServer(json(answer));
    expect(await createHttpSource({ src, fetch }).query(question)).toEqual(answer);
    const url = asked[0]?.url;
    expect(`${url?.origin}${url?.pathname}`).toBe('https://metrics.example.com/base/v1/query');
    expect(JSON.parse(Buffer.from(url?.searchParams.get('q') ?? '', 'base64url').toString())).toEqual(question);
  });

  test.each([
    ['a filter', { ...question, filter: { field: 'attributes.email', eq: 'ana@example.com' } }],
    ['more than 2 kB', { ...question, period: 'x'.repeat(2000) }],
  ] satisfies [string, FunnelQuestion][])('a question with %s travels in the body', async (_, asks) => {
    const { asked, fetch } = localServer(json({ v: 1, answers: [{ hash: 'abcdefgh', envelope: answer }] }));
    expect(await createHttpSource({ src, fetch }).query(asks)).toEqual(answer);
    expect(asked[0]?.url.href).toBe('https://metrics.example.com/base/v1/query');
    expect(asked[0]?.init.method).toBe('POST');
    expect(JSON.parse(String(asked[0]?.init.body))).toEqual({ v: 1, questions: [asks] });
  });

  test('an address that is none is told, and nothing is sent', async () => {
    const { asked, fetch } = localServer(json(answer));
    for (const bad of ['javascript:alert(1)', 'metrics', 'https://user:secret@metrics.example.com']) {
      expect(await createHttpSource({ src: bad, fetch }).query(question)).toMatchObject({
        status: 'error',
        code: 'unreachable',
      });
    }
    expect(asked).toHaveLength(0);
  });

  test('fresh asks past the cache of the browser', async () => {
    const { asked, fetch } = localServer(json(answer));
    await createHttpSource({ src, fetch }).query(question, { fresh: true });
    expect(asked[0]?.init.cache).toBe('reload');
  });
});

describe('sharing', () => {
  test('equal questions under way share one request, also between sources', async () => {
    const { asked, fetch } = localServer(json(answer));
    const [a, b] = [createHttpSource({ src, fetch }), createHttpSource({ src, fetch })];
    const envelopes = await Promise.all([
      a.query(question),
      b.query({ ...question }),
      a.query({ ...question, view: 'snapshot' }),
    ]);
    expect(envelopes).toEqual([answer, answer, answer]);
    expect(asked).toHaveLength(2);
    await a.query(question);
    expect(asked).toHaveLength(3);
  });

  test('readers with different tokens never share', async () => {
    const { asked, fetch } = localServer(json(answer));
    await Promise.all([
      createHttpSource({ src, fetch, fetchToken: async () => 'a' }).query(question),
      createHttpSource({ src, fetch, fetchToken: async () => 'b' }).query(question),
    ]);
    expect(asked.map(({ init }) => new Headers(init.headers).get('authorization')).toSorted()).toEqual([
      'Bearer a',
      'Bearer b',
    ]);
  });

  test('one who leaves does not stop the others; the last one does', async () => {
    let open: (value: Response) => void = () => undefined;
    const { asked, fetch } = localServer(() => new Promise((resolve) => (open = resolve)));
    const source = createHttpSource({ src, fetch });
    const [first, second] = [new AbortController(), new AbortController()];
    const leaving = source.query(question, { signal: first.signal });
    const staying = source.query(question, { signal: second.signal });
    first.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    expect(asked[0]?.init.signal?.aborted).toBe(false);
    open(json(answer));
    expect(await staying).toEqual(answer);

    const alone = new AbortController();
    const { asked: again, fetch: silent } = localServer(silence);
    const asking = createHttpSource({ src, fetch: silent }).query(question, { signal: alone.signal });
    await vi.advanceTimersByTimeAsync(10);
    alone.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    expect(again[0]?.init.signal?.aborted).toBe(true);
    await expect(source.query(question, { signal: alone.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('what goes wrong', () => {
  test.each([
    [400, 'error', 'invalid-question'],
    [401, 'denied', 'unauthenticated'],
    [403, 'denied', 'forbidden'],
    [404, 'error', 'not-found'],
    [413, 'error', 'too-large'],
    [422, 'error', 'invalid-question'],
    [429, 'error', 'rate-limited'],
    [500, 'error', 'internal'],
    [503, 'error', 'unavailable'],
    [418, 'error', 'invalid-answer'],
  ])('status %i without words is %s, %s', async (status, expected, code) => {
    const { fetch } = localServer(new Response('<h1>Sorry</h1>', { status }));
    const envelope = await settled(createHttpSource({ src, fetch }).query(question));
    expect(envelope).toMatchObject({ v: 1, status: expected, code, message: `metrics.example.com answered ${status}` });
    expect(envelope.data).toBeUndefined();
  });

  test('what the server says about it is kept', async () => {
    const refusal: Envelope = {
      v: 1,
      status: 'error',
      flags: [],
      code: 'invalid-period',
      message: 'period: 2026-Q7 has no such quarter',
      warnings: [],
    };
    const { fetch } = localServer(json(refusal, 422));
    expect(await createHttpSource({ src, fetch }).query(question)).toEqual(refusal);
  });

  test('an error status never shows data', async () => {
    const { fetch } = localServer(json(answer, 500));
    expect(await createHttpSource({ src, fetch }).query(question)).toMatchObject({ status: 'error', code: 'internal' });
  });

  test.each([
    ['no JSON', new Response('nonsense'), 'invalid-answer', 'the whole'],
    [
      'another shape',
      json({ ...answer, data: { ...answer.data, stages: [{ key: 'a', label: 'A', count: -1, imputed: 0 }] } }),
      'invalid-answer',
      'data.stages[0].count',
    ],
    ['a newer version', json({ ...answer, v: 2 }), 'newer-version', 'version 2'],
    ['a newer batch', json({ v: 2, replies: [] }), 'newer-version', 'version 2'],
  ])('an answer with %s is refused', async (_, reply, code, message) => {
    const { fetch } = localServer(reply);
    const envelope = await createHttpSource({ src, fetch }).query(question);
    expect(envelope).toMatchObject({ status: 'error', code });
    expect(envelope.message).toContain(message);
  });

  test('silence ends with the time limit', async () => {
    const { asked, fetch } = localServer(silence);
    expect(await settled(createHttpSource({ src, fetch, timeoutMs: 2000 }).query(question))).toMatchObject({
      status: 'error',
      code: 'timeout',
      message: 'metrics.example.com did not answer within 2 s',
    });
    expect(asked).toHaveLength(1);
  });

  test('a network error is tried once more', async () => {
    const lucky = localServer(new TypeError('Failed to fetch'), json(answer));
    expect(await settled(createHttpSource({ src, fetch: lucky.fetch }).query(question))).toEqual(answer);
    const unlucky = localServer(new TypeError('Failed to fetch'));
    expect(await settled(createHttpSource({ src, fetch: unlucky.fetch }).query(question))).toMatchObject({
      code: 'unreachable',
    });
    expect(unlucky.asked).toHaveLength(2);
  });

  test('a 503 is tried once more, after the time the server asks for', async () => {
    const { asked, fetch } = localServer(
      new Response('', { status: 503, headers: { 'retry-after': '3' } }),
      json(answer),
    );
    const asking = createHttpSource({ src, fetch }).query(question);
    await vi.advanceTimersByTimeAsync(2900);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await asking).toEqual(answer);
  });

  test('an answer that is being computed is asked for again, and pending when time is up', async () => {
    const soon = localServer(json({}, 202, { 'retry-after': '1' }), json({}, 202), json(answer));
    expect(await settled(createHttpSource({ src, fetch: soon.fetch }).query(question))).toEqual(answer);
    const never = localServer(json({}, 202, { 'retry-after': '1' }));
    const pending = await settled(createHttpSource({ src, fetch: never.fetch, timeoutMs: 4500 }).query(question));
    expect(pending).toMatchObject({ status: 'pending' });
    expect(never.asked).toHaveLength(5);
  });
});

describe('tokens', () => {
  test('one request for all widgets, and one new token after a 401', async () => {
    const tokens = vi.fn<() => Promise<string>>().mockResolvedValueOnce('old').mockResolvedValue('new');
    const { asked, fetch } = localServer(({ init }) =>
      new Headers(init.headers).get('authorization') === 'Bearer new' ? json(answer) : json({}, 401),
    );
    const sources = [1, 2].map(() => createHttpSource({ src, fetch, fetchToken: tokens }));
    expect(await Promise.all(sources.map((source) => source.query(question)))).toEqual([answer, answer]);
    expect(asked).toHaveLength(2);
    expect(tokens).toHaveBeenCalledTimes(2);
    await sources[0]?.query(question);
    expect(tokens).toHaveBeenCalledTimes(2);
  });

  test('a token is renewed before it expires', async () => {
    const jwt = (exp: number) => `h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`;
    const tokens = vi.fn<() => Promise<string>>(async () => jwt(Date.now() / 1000 + 300));
    const { fetch } = localServer(json(answer));
    const source = createHttpSource({ src, fetch, fetchToken: tokens });
    await source.query(question);
    vi.setSystemTime(Date.now() + 260_000);
    await source.query(question);
    expect(tokens).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 20_000);
    await source.query(question);
    expect(tokens).toHaveBeenCalledTimes(2);
  });

  test('a page that gives none is told, and asked again the next time', async () => {
    const { asked, fetch } = localServer(json(answer));
    const tokens = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('signed out')).mockResolvedValue('t');
    const source = createHttpSource({ src, fetch, fetchToken: tokens });
    expect(await source.query(question)).toMatchObject({
      status: 'denied',
      code: 'unauthenticated',
      message: 'fetchToken failed: signed out',
    });
    expect(asked).toHaveLength(0);
    expect(await source.query(question)).toEqual(answer);
  });
});

describe('commands', () => {
  const command: Command = { v: 1, commandId: 'c1', expectedVersion: 3, type: 'accept', target: 'lead-1', payload: {} };

  test.each([
    ['is done', json({ version: 4, state: { stage: 'sal' } }), { status: 'done', version: 4 }],
    [
      'meets a conflict',
      json({ version: 5, by: { id: 'u', name: 'Dana', team: 'sales' }, at: '2026-01-01T00:00:00Z' }, 409),
      { status: 'conflict', by: { name: 'Dana' } },
    ],
    [
      'is refused',
      json({ message: 'caps: act is missing' }, 403),
      { status: 'refused', message: 'caps: act is missing' },
    ],
    [
      'finds no ledger',
      new Response('', { status: 404 }),
      { status: 'refused', message: 'This server keeps no ledger.' },
    ],
    [
      'finds nobody',
      new TypeError('Failed to fetch'),
      { status: 'refused', message: 'No confirmation came: Failed to fetch' },
    ],
  ] satisfies [string, Step, object][])('a command %s', async (_, reply, outcome) => {
    const { asked, fetch } = localServer(reply);
    expect(await createHttpSource({ src, fetch }).command(command)).toMatchObject(outcome);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url.pathname).toBe('/base/v1/commands');
  });
});

describe('watching the data', () => {
  test('tells of a new data version, and stops', async () => {
    let version = 'a';
    const { asked, fetch } = localServer(() => json({ v: 1, dataVersion: version }));
    const changed = vi.fn<() => void>();
    const stop = createHttpSource({ src, fetch }).subscribe('data', changed);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(asked).toHaveLength(3);
    expect(changed).not.toHaveBeenCalled();
    version = 'b';
    await vi.advanceTimersByTimeAsync(15_000);
    expect(changed).toHaveBeenCalledTimes(1);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(4);
  });

  test('another topic has nothing to tell', () => {
    const { asked, fetch } = localServer(json({}));
    createHttpSource({ src, fetch }).subscribe('handoffs', () => undefined)();
    expect(asked).toHaveLength(0);
  });
});
