import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answer, counted, counting, of, question, refusal, sentIn, src } from './testing/funnel-server.ts';
import { json, localServer } from './testing/local-server.ts';
import { createClient } from './index.ts';

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

describe('answers that are kept', () => {
  test('are given again while they are fresh, and asked for past every cache on demand', async () => {
    const { asked, fetch } = localServer(json(answer(1)), json(answer(2)));
    const client = createClient({ src, fetch, freshMs: 5000 });
    await client.query(question);
    await vi.advanceTimersByTimeAsync(4999);
    expect(counted(await client.query(question))).toBe(1);
    expect(asked).toHaveLength(1);
    expect(counted(await client.query(question, { fresh: true }))).toBe(2);
    expect(asked[1]?.init.cache).toBe('reload');
  });

  test('are named to the server, which need not send them again', async () => {
    const { asked, fetch } = localServer(counting);
    const client = createClient({ src, fetch, freshMs: 0 });
    const ask = () => Promise.all(['1', '2'].map((period) => client.query(of(period))));
    const before = await ask();
    expect(await ask()).toEqual(before);
    expect(asked.map((one) => sentIn(one).known)).toEqual([undefined, ['hash-of-1', 'hash-of-2']]);
  });

  test.each([
    ['offline', () => new TypeError('Failed to fetch'), 'metrics.example.com cannot be reached: Failed to fetch'],
    ['stale', () => json(refusal('unavailable', 'the store is being rebuilt'), 503), 'the store is being rebuilt'],
    ['stale', () => json(refusal('rate-limited', 'too many'), 429, { 'retry-after': '90' }), 'too many'],
  ])('stand in, flagged %s, for what cannot be had', async (flag, failure, message) => {
    const { fetch } = localServer(json(answer()), failure());
    const client = createClient({ src, fetch, freshMs: 0 });
    await client.query(question);
    const shown = await settled(client.query(question));
    expect(shown).toEqual({ ...answer(), flags: ['as-supplied', flag], message });
  });

  test('are not given for what was refused, and forgotten when access is', async () => {
    const { fetch } = localServer(
      json(answer()),
      json(refusal('unknown-definition'), 404),
      json({ ...refusal('forbidden'), status: 'denied' }, 403),
      new TypeError('Failed to fetch'),
    );
    const client = createClient({ src, fetch, freshMs: 0, retries: 0 });
    await client.query(question);
    expect(await client.query(question)).toMatchObject({ code: 'unknown-definition' });
    expect(await client.query(question)).toMatchObject({ status: 'denied' });
    expect(await client.query(question)).toMatchObject({ status: 'error', code: 'unreachable' });
  });

  test('are a hundred at most', async () => {
    const { fetch } = localServer(...Array.from({ length: 101 }, () => counting), new TypeError('Failed to fetch'));
    const client = createClient({ src, fetch, freshMs: 0, retries: 0 });
    for (let i = 0; i <= 100; i += 1) await client.query(of(String(i)));
    expect(await client.query(of('0'))).toMatchObject({ code: 'unreachable' });
    expect(counted(await client.query(of('100')))).toBe(100);
  });

  test('a device without network asks once', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { asked, fetch } = localServer(new TypeError('Failed to fetch'));
    expect(await createClient({ src, fetch }).query(question)).toMatchObject({ code: 'unreachable' });
    expect(asked).toHaveLength(1);
  });
});
