import { Envelope, QueryBatchAnswer, type Question } from '@sama/metrics/contracts';
import { createClient } from '@sama/metrics/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encode, post, testApp } from '../testing/app.ts';
import { funnelEnvelope, ScriptedEngine } from '../testing/engine.ts';

const question = (period: string): Question => ({ kind: 'funnel', funnel: 'lead-to-won', period });

/** An engine that takes so many milliseconds for each question, by its period, and notes who is cancelled. */
function slowEngine(times: Record<string, number>) {
  const cancelled: string[] = [];
  const engine = new ScriptedEngine(async (asked, context) => {
    const period = 'period' in asked ? String(asked.period) : '';
    context.signal?.addEventListener('abort', () => cancelled.push(period));
    await new Promise((resolve) => setTimeout(resolve, times[period] ?? 0));
    return { ...funnelEnvelope(context), message: period };
  });
  return { engine, cancelled };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a slow answer is 202 first, goes on, and is there for whoever asks again, whatever time it is then', async () => {
  const { engine, cancelled } = slowEngine({ slow: 12_000 });
  let minute = 0;
  const { app } = testApp({ engine, asOf: () => `2026-06-16T06:0${(minute += 1)}:00Z` });
  const ask = async (afterMs: number): Promise<Response> => {
    const response = app.request(`/v1/query?q=${encode(question('slow'))}`);
    await vi.advanceTimersByTimeAsync(afterMs);
    return response;
  };
  const first = await ask(5_000);
  expect([first.status, first.headers.get('retry-after'), first.headers.get('etag')]).toEqual([202, '1', null]);
  expect(first.headers.get('cache-control')).toBe('no-store');
  expect(Envelope.parse(await first.json())).toMatchObject({ status: 'pending' });
  const second = await ask(5_000);
  expect(second.status).toBe(202);
  const third = await ask(3_000);
  expect(third.status).toBe(200);
  expect(third.headers.get('etag')).toMatch(/^W\/"/);
  expect(Envelope.parse(await third.json())).toMatchObject({ message: 'slow', asOf: '2026-06-16T06:01:00Z' });
  expect([engine.asked.length, cancelled.length]).toEqual([1, 0]);
});

test('an answer nobody comes back for is cancelled', async () => {
  const { engine, cancelled } = slowEngine({ slow: 29_000 });
  const { app } = testApp({ engine });
  const response = app.request(`/v1/query?q=${encode(question('slow'))}`);
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await response).status).toBe(202);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(cancelled).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(cancelled).toEqual(['slow']);
});

test('one reader who leaves does not take the answer from the other', async () => {
  const { engine, cancelled } = slowEngine({ slow: 3_000 });
  const { app } = testApp({ engine });
  const leaving = new AbortController();
  const url = `/v1/query?q=${encode(question('slow'))}`;
  const [left, stayed] = [app.request(url, { signal: leaving.signal }), app.request(url)];
  await vi.advanceTimersByTimeAsync(1_000);
  leaving.abort();
  expect((await left).status).toBe(503);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await stayed).status).toBe(200);
  expect([engine.asked.length, cancelled.length]).toEqual([1, 0]);
});

test('in a batch the slow ones are pending in their place, and none waits for more than one wait', async () => {
  const periods = ['a', 'slow-1', 'b', 'slow-2', 'slow-3', 'slow-4', 'late', 'c'];
  const times = Object.fromEntries(periods.map((period) => [period, period.startsWith('slow') ? 20_000 : 100]));
  const { engine } = slowEngine(times);
  const { app } = testApp({ engine });
  const response = app.request('/v1/query', post({ v: 1, questions: periods.map(question) }));
  await vi.advanceTimersByTimeAsync(5_001);
  const { answers } = QueryBatchAnswer.parse(await (await response).json());
  const seen = answers.map((answer) =>
    'envelope' in answer ? (answer.envelope.message ?? answer.envelope.status) : '',
  );
  expect(seen).toEqual(['a', 'pending', 'b', 'pending', 'pending', 'pending', 'pending', 'pending']);
  expect(answers.filter((answer) => 'envelope' in answer && answer.hash !== undefined)).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
});

test('a client gets all of them, the quick ones first', async () => {
  const { engine } = slowEngine({ slow: 9_000 });
  const { app } = testApp({ engine });
  const fetch: typeof globalThis.fetch = async (input, init) => app.request(String(input), init);
  const client = createClient({ src: 'http://localhost', fetch });
  const began = Date.now();
  const ends = ['quick', 'slow'].map(async (period) => {
    const { message } = await client.query({ kind: 'funnel', funnel: 'lead-to-won', period });
    return [message, Math.round((Date.now() - began) / 1000)];
  });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await Promise.all(ends)).toEqual([
    ['quick', 5],
    ['slow', 9],
  ]);
  expect(engine.asked).toHaveLength(2);
});
