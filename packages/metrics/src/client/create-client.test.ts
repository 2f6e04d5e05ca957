import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import type { DataSource, Envelope, FunnelAnswer, MeasureAnswer, Question } from '../contracts/index.ts';
import { Envelope as Schema, MAX_QUESTIONS } from '../contracts/index.ts';
import { answer, counted, counting, of, question, refusal, sentIn, serve, src } from './testing/funnel-server.ts';
import { json, localServer, silence } from './testing/local-server.ts';
import { type Client, type ClientOptions, createClient, createReader, readBy, readEnvelope } from './index.ts';
import { sameText } from './same-text.ts';

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
  vi.unstubAllGlobals();
  if (left > 0) throw new Error(`${left} timers are left behind`);
});

test('an answer has the type of its question', async () => {
  const client = createClient({ src, fetch: localServer(json(answer())).fetch });
  const funnel = await client.query({ kind: 'funnel', funnel: 'lead-to-won' });
  expectTypeOf(funnel.data).toEqualTypeOf<FunnelAnswer | undefined>();
  expect(funnel.data?.stages[0]?.count).toBe(20);
  expectTypeOf<Awaited<ReturnType<typeof client.query<Question>>>['data']>().toEqualTypeOf<Envelope['data']>();
  const measure = await client.query({ kind: 'measure', measure: 'win-rate' });
  expectTypeOf(measure.data).toEqualTypeOf<MeasureAnswer | undefined>();
  expect(measure).toMatchObject({
    status: 'error',
    code: 'invalid-answer',
    message: 'data.kind: expected measure, not funnel',
  });
});

describe('questions asked together', () => {
  test('are one request, and equal ones are one question', async () => {
    const { asked, fetch } = localServer(counting);
    const [a, b] = [createClient({ src, fetch }), createClient({ src, fetch })];
    const envelopes = await Promise.all([
      a.query(of('1')),
      a.query(of('2')),
      b.query({ period: '1', funnel: 'lead-to-won', kind: 'funnel' }),
      a.query(of('3')),
    ]);
    expect(envelopes.map(counted)).toEqual([1, 2, 1, 3]);
    expect(asked.map((one) => sentIn(one).questions.map(({ period }) => period))).toEqual([['1', '2', '3']]);
    expect(asked[0]?.init.method).toBe('POST');
  });

  test('a single one travels in the address, unless it may hold personal values', async () => {
    const { asked, fetch } = localServer(counting);
    const client = createClient({ src, fetch });
    await client.query(of('1'));
    await client.query({ ...of('2'), filter: { field: 'attributes.email', eq: 'ana@example.com' } });
    const where = { field: 'attributes.email', eq: 'ana@example.com' } as const;
    await client.query({ kind: 'measure', measure: { of: 'person', where, aggregates: ['count'] } });
    expect(asked.map(({ init }) => init.method)).toEqual(['GET', 'POST', 'POST']);
    expect(asked.every(({ url }) => !decodeURIComponent(url.href).includes('example.com/v1/query?q=ana'))).toBe(true);
  });

  test('more than a batch may hold travel in several', async () => {
    const { asked, fetch } = localServer(counting);
    const client = createClient({ src, fetch });
    const periods = Array.from({ length: 2 * MAX_QUESTIONS + 1 }, (_, i) => String(i));
    const envelopes = await Promise.all(periods.map((period) => client.query(of(period))));
    expect(envelopes.map(counted)).toEqual(periods.map(Number));
    expect(asked.map((one) => sentIn(one).questions.length)).toEqual([MAX_QUESTIONS, MAX_QUESTIONS, 1]);
  });

  test('what is too large for the server is sent in halves, down to the one that is', async () => {
    const { asked, fetch } = localServer((one) =>
      sentIn(one).questions.some(({ period }) => period === '7')
        ? json(refusal('too-large', 'nests deeper than 32 levels'), 413)
        : counting(one),
    );
    const client = createClient({ src, fetch });
    const envelopes = await Promise.all(['5', '6', '7', '8'].map((period) => client.query(of(period))));
    expect(envelopes.map(counted)).toEqual([5, 6, undefined, 8]);
    expect(envelopes[2]).toMatchObject({ code: 'too-large', message: 'nests deeper than 32 levels' });
    expect(asked).toHaveLength(5);
  });

  test('a failure of one stands in its place; a batch that falls short is told', async () => {
    const mixed = localServer(serve((period) => (period === '2' ? refusal('invalid-period') : answer(Number(period)))));
    const client = createClient({ src, fetch: mixed.fetch });
    const [one, two] = await Promise.all([client.query(of('1')), client.query(of('2'))]);
    expect(counted(one)).toBe(1);
    expect(two).toMatchObject({ status: 'error', code: 'invalid-period' });

    const short = localServer(json({ v: 1, answers: [{ envelope: answer(1) }] }));
    const again = createClient({ src, fetch: short.fetch });
    const [first, second] = await Promise.all([again.query(of('1')), again.query(of('2'))]);
    expect(counted(first)).toBe(1);
    expect(second).toMatchObject({ status: 'error', code: 'invalid-answer' });
  });

  test('one who leaves does not stop the others of a batch, nor those who ask the same; the last does', async () => {
    let open: (value: Response) => void = () => undefined;
    const { asked, fetch } = localServer(() => new Promise((resolve) => (open = resolve)), silence);
    const client = createClient({ src, fetch });
    const [first, second] = [new AbortController(), new AbortController()];
    const leaving = client.query(of('1'), { signal: first.signal });
    const staying = client.query(of('1'), { signal: second.signal });
    const other = client.query(of('2'), { signal: second.signal });
    await vi.advanceTimersByTimeAsync(10);
    first.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    expect(asked[0]?.init.signal?.aborted).toBe(false);
    open(json({ v: 1, answers: [{ envelope: answer(1) }, { envelope: answer(2) }] }));
    expect([await staying, await other].map(counted)).toEqual([1, 2]);

    const last = new AbortController();
    const alone = ['3', '4'].map((period) => client.query(of(period), { signal: last.signal }));
    await vi.advanceTimersByTimeAsync(10);
    last.abort();
    for (const one of alone) await expect(one).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked[1]?.init.signal?.aborted).toBe(true);
  });

  test('one who leaves before it is sent asks nothing', async () => {
    const { asked, fetch } = localServer(counting);
    const leaver = new AbortController();
    const leaving = createClient({ src, fetch }).query(question, { signal: leaver.signal });
    leaver.abort();
    await expect(leaving).rejects.toMatchObject({ name: 'AbortError' });
    await vi.advanceTimersByTimeAsync(10);
    expect(asked.every(({ init }) => init.signal?.aborted)).toBe(true);
  });

  test('equal questions are those with equal fields', () => {
    const shuffled = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, field]) => [key, shuffled(field)]),
          )
        : value;
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(sameText(shuffled(a))).toBe(sameText(a));
        expect(sameText(a) === sameText(b)).toBe(sameText(JSON.parse(sameText(a))) === sameText(b));
        expect(JSON.parse(sameText(a))).toEqual(JSON.parse(JSON.stringify(a)));
      }),
    );
  });
});

describe('trying again', () => {
  test('waits twice as long each time, less some by chance, and not for ever', async () => {
    const at: number[] = [];
    const { fetch } = localServer(() => {
      at.push(Date.now());
      return new Response('', { status: 502 });
    });
    expect(await settled(createClient({ src, fetch }).query(question))).toMatchObject({ code: 'unavailable' });
    const waits = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(waits).toHaveLength(3);
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan(250 * 2 ** i - 1);
      expect(wait).toBeLessThanOrEqual(500 * 2 ** i);
    }
  });

  test.each([400, 401, 403, 404, 409, 422, 500])('%i does not heal and is asked once', async (status) => {
    const { asked, fetch } = localServer(new Response('', { status }));
    await settled(createClient({ src, fetch }).query(question));
    expect(asked).toHaveLength(1);
  });

  test('429 is tried again after the time the server asks for', async () => {
    const busy = json(refusal('rate-limited'), 429, { 'retry-after': '7' });
    const { asked, fetch } = localServer(busy, json(answer()));
    const asking = createClient({ src, fetch }).query(question);
    await vi.advanceTimersByTimeAsync(6_990);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(counted(await asking)).toBe(20);
  });

  test.each([
    ['seconds', '120'],
    ['a date', new Date(Date.parse('2026-07-01T00:02:00Z')).toUTCString()],
  ])('a longer wait than there is time, in %s, is told at once, and kept to', async (_, header) => {
    vi.setSystemTime(Date.parse('2026-07-01T00:00:00Z'));
    const busy = json(refusal('rate-limited', 'too many questions'), 429, { 'retry-after': header });
    const { asked, fetch } = localServer(busy, json(answer()));
    const client = createClient({ src, fetch });
    expect(await client.query(question)).toMatchObject({ code: 'rate-limited', message: 'too many questions' });
    await vi.advanceTimersByTimeAsync(119_000);
    expect(await client.query(of('other'), { fresh: true })).toMatchObject({ code: 'rate-limited' });
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(counted(await client.query(question))).toBe(20);
  });

  test('half a body is asked for again; one that ends too soon without an error is not readable', async () => {
    const half = () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"v":1,"sta'));
            controller.error(new TypeError('network error'));
          },
        }),
      );
    const broken = localServer(half, json(answer()));
    expect(counted(await settled(createClient({ src, fetch: broken.fetch }).query(question)))).toBe(20);
    const cut = localServer(new Response('{"v":1,"sta'));
    expect(await createClient({ src, fetch: cut.fetch }).query(question)).toMatchObject({ code: 'invalid-answer' });
    expect(cut.asked).toHaveLength(1);
  });

  test('a slow server is waited for until time is up', async () => {
    const { fetch } = localServer(silence);
    expect(await settled(createClient({ src, fetch, timeoutMs: 3000 }).query(question))).toMatchObject({
      code: 'timeout',
      message: 'metrics.example.com did not answer within 3 s',
    });
  });
});

describe('an answer that is being computed', () => {
  const computing = { v: 1, status: 'pending', flags: [], warnings: [] };

  test('is asked for again when it was asked alone (202)', async () => {
    const { asked, fetch } = localServer(
      json(computing, 202, { 'retry-after': '2' }),
      json(computing, 202),
      json(answer()),
    );
    expect(counted(await settled(createClient({ src, fetch }).query(question)))).toBe(20);
    expect(asked).toHaveLength(3);
  });

  test('is asked for again alone when the others of its batch are there', async () => {
    let computed = false;
    const { asked, fetch } = localServer(
      serve((period) => (period === '2' && !computed ? computing : answer(Number(period)))),
    );
    const client = createClient({ src, fetch });
    const [one, two] = [client.query(of('1')), client.query(of('2'))];
    expect(counted(await one)).toBe(1);
    computed = true;
    expect(counted(await settled(two))).toBe(2);
    expect(asked.map((each) => sentIn(each).questions.map(({ period }) => period))).toEqual([['1', '2'], ['2']]);
  });

  test.each([
    ['a client', (options: ClientOptions): DataSource[] => Array(3).fill(createClient(options))],
    [
      'readers of one server',
      (options: ClientOptions) => [1, 2, 3].map(() => createReader({ ...options, read: readEnvelope })),
    ],
  ])('is asked for again together with the others of its batch, by %s', async (_, sources) => {
    let computed = (_period: string) => false;
    const { asked, fetch } = localServer(serve((period) => (computed(period) ? answer(Number(period)) : computing)));
    computed = (period) => asked.length > 2 || period === '2';
    const answers = sources({ src, fetch }).map((source, i) => source.query(of(String(i + 1))));
    expect((await settled(Promise.all(answers))).map(counted)).toEqual([1, 2, 3]);
    expect(asked.map((each) => sentIn(each).questions.map(({ period }) => period))).toEqual([
      ['1', '2', '3'],
      ['1', '3'],
      ['1', '3'],
    ]);
  });

  test('is pending when time is up, also when the server asks for more time than there is', async () => {
    const slow = localServer(json(computing, 202));
    expect(await settled(createClient({ src, fetch: slow.fetch, timeoutMs: 4500 }).query(question))).toMatchObject({
      status: 'pending',
    });
    expect(slow.asked).toHaveLength(5);
    const slower = localServer(json(computing, 202, { 'retry-after': '60' }));
    expect(await createClient({ src, fetch: slower.fetch }).query(question)).toMatchObject({ status: 'pending' });
    expect(slower.asked).toHaveLength(1);
  });
});

describe('what is no answer', () => {
  test.each([
    ['no JSON', new Response('<!doctype html><title>Sign in</title>'), 'invalid-answer'],
    ['a list', json([answer()]), 'invalid-answer'],
    ['no flags', json({ v: 1, status: 'ok', warnings: [] }), 'invalid-answer'],
    ['a newer version', json({ v: 2, status: 'ok', shape: 'new' }), 'newer-version'],
    ['a newer batch', json({ v: 2, answers: [{ envelope: answer() }] }), 'newer-version'],
    ['a refusal of this version by an older server', json(refusal('newer-version'), 422), 'newer-version'],
  ])('%s is told as %s', async (_, reply, code) => {
    const { fetch } = localServer(reply);
    const client = createClient({ src, fetch });
    const envelopes = await Promise.all([client.query(of('1')), client.query(of('2'))]);
    for (const envelope of envelopes) expect(envelope).toMatchObject({ status: 'error', code });
    expect(envelopes[0]?.message).toBeTruthy();
  });

  test('by its head alone the server is trusted; readEnvelope looks at every field', async () => {
    const wrong = { ...answer(), data: { kind: 'funnel', stages: 'none' } };
    const { fetch } = localServer(json(wrong));
    expect(await createClient({ src, fetch }).query(question)).toEqual(wrong);
    expect(await createClient({ src, fetch, read: readEnvelope }).query(question)).toMatchObject({
      code: 'invalid-answer',
      message: 'data.label: expected a string',
    });
  });

  test('readBy looks at every field of every kind by the schemas', async () => {
    const wrong = { ...answer(), data: { kind: 'measure', label: 'Won', unit: 'apples', values: [] } };
    const { fetch } = localServer(json(wrong), json({ ...wrong, v: 2 }), json(answer()));
    const client = createClient({ src, fetch, read: readBy(Schema) });
    expect(await client.query({ kind: 'measure', measure: 'won' })).toMatchObject({
      code: 'invalid-answer',
      message: expect.stringMatching(/^data\.unit: /),
    });
    expect(await client.query({ kind: 'measure', measure: 'won' })).toMatchObject({ code: 'newer-version' });
    expect(counted(await client.query(question))).toBe(20);
  });

  test('an address that is none is told, and nothing is sent', async () => {
    const { asked, fetch } = localServer(json(answer()));
    const client: Client = createClient({ src: 'metrics', fetch });
    expect(await client.query(question)).toMatchObject({ status: 'error', code: 'unreachable' });
    client.watch(question, () => undefined)();
    expect(asked).toHaveLength(0);
  });
});
