import { createClient } from '@sama/metrics/client';
import { LiveEvent, Refusal } from '@sama/metrics/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testApp } from '../testing/app.ts';
import { bearer, testSignIn } from '../testing/sign-in.ts';
import { MOST_OF_ONE, MOST_STREAMS } from './live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a stream has said since the last look. */
function hear(response: Response): { said: () => string; stop: () => Promise<void> } {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const read = async (): Promise<void> => {
    const part = await reader?.read();
    if (part === undefined || part.done) return;
    text += decoder.decode(part.value, { stream: true });
    return read();
  };
  void read();
  const said = () => {
    const now = text;
    text = '';
    return now;
  };
  return { said, stop: async () => reader?.cancel() };
}

test('names the data at once and when it is another, and says between that it is there', async () => {
  let version = 'a';
  const response = await testApp({ dataVersion: () => version }).app.request('/v1/live');
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const { said, stop } = hear(response);
  await vi.advanceTimersByTimeAsync(10);
  expect(said()).toBe('event: data\ndata: {"v":1,"dataVersion":"a"}\nid: a\n\n');
  version = 'b';
  await vi.advanceTimersByTimeAsync(1_000);
  const event = said();
  expect(LiveEvent.parse(JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? ''))).toEqual({ v: 1, dataVersion: 'b' });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(said()).toBe(': still here\n\n');
  await stop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('holds so many streams and no more, and takes the next when one has left', async () => {
  const { app } = testApp();
  const streams = await Promise.all(
    Array.from({ length: MOST_STREAMS }, async () => hear(await app.request('/v1/live'))),
  );
  expect(vi.getTimerCount()).toBe(1);
  const refused = await app.request('/v1/live');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60']);
  expect(Refusal.parse(await refused.json()).message).toContain('/v1/meta');
  await streams[0]?.stop();
  await vi.advanceTimersByTimeAsync(2_000);
  const next = await app.request('/v1/live');
  expect(next.status).toBe(200);
  for (const stream of [...streams, hear(next)]) await stream.stop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(vi.getTimerCount()).toBe(0);
});

test("one reader holds so many and no more, and takes no other's place", async () => {
  vi.useRealTimers();
  const gate = await testSignIn();
  const { app } = testApp({ signIn: gate.signIn });
  const open = async (sub: string) =>
    app.request('/v1/live', { headers: bearer(await gate.sign(gate.right({ sub }))) });
  const streams = await Promise.all(Array.from({ length: MOST_OF_ONE }, () => open('dana')));
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await open('dana');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  const other = await open('rae');
  expect(other.status).toBe(200);
  for (const stream of [...streams, other]) await stream.body?.cancel();
});

test('who asks for the head only keeps no place', async () => {
  const { app } = testApp();
  for (let i = 0; i <= MOST_STREAMS; i += 1)
    expect((await app.request('/v1/live', { method: 'HEAD' })).headers.get('content-type')).toBe('text/event-stream');
  expect(vi.getTimerCount()).toBe(0);
});

test('who reads nothing is told the last, and let go after a minute; who comes back hears only what is new', async () => {
  let version = 0;
  const { app } = testApp({ dataVersion: () => `${'x'.repeat(500)}${version}` });
  const response = await app.request('/v1/live');
  // Nobody reads, and each second there is news.
  for (let i = 0; i < 40; i += 1) {
    version += 1;
    await vi.advanceTimersByTimeAsync(1_000);
  }
  const late = hear(response);
  await vi.advanceTimersByTimeAsync(1_100);
  const waiting = late.said();
  // What waited is bounded: most of forty events were never written.
  expect(waiting.match(/^event/gm)?.length).toBeLessThan(10);
  const last = /id: (x+40)\n/.exec(waiting)?.[1] ?? '';
  await late.stop();

  const back = hear(await app.request('/v1/live', { headers: { 'last-event-id': last } }));
  await vi.advanceTimersByTimeAsync(10);
  expect(back.said()).toBe(': still here\n\n');
  version += 1;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(back.said()).toContain('x41"');
  await back.stop();

  const idle = await app.request('/v1/live');
  for (let i = 0; i < 80; i += 1) {
    version += 1;
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(vi.getTimerCount()).toBe(0);
  expect(await idle.text()).not.toContain('x121"');
});

test('ends when the server stops', async () => {
  const closing = new AbortController();
  const response = await testApp({ closing: closing.signal }).app.request('/v1/live');
  closing.abort();
  const text = response.text();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await text).toContain('data-1');
  expect(vi.getTimerCount()).toBe(0);
});

test('a client hears of an import and asks anew', async () => {
  let version = 'a';
  const { app } = testApp({ dataVersion: () => version });
  const paths: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    paths.push(new URL(String(input)).pathname);
    return app.request(String(input), init);
  };
  const client = createClient({ src: 'http://localhost', fetch });
  const shown: string[] = [];
  const stop = client.watch({ kind: 'funnel', funnel: 'lead-to-won' }, ({ status }) => shown.push(status));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown).toEqual(['ok']);
  version = 'b';
  await vi.advanceTimersByTimeAsync(1_100);
  expect(shown).toEqual(['ok', 'ok']);
  expect(paths.toSorted()).toEqual(['/v1/live', '/v1/meta', '/v1/query', '/v1/query']);
  stop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(vi.getTimerCount()).toBe(0);
});
