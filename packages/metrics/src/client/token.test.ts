import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answer, counted, counting, of, question, src } from './testing/funnel-server.ts';
import { type Asked, json, localServer, silence } from './testing/local-server.ts';
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
  if (left > 0) throw new Error(`${left} timers are left behind`);
});

test('one that expires while an answer is being computed is renewed', async () => {
  const jwt = (exp: number) => `h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`;
  const tokens = vi.fn<() => Promise<string>>(async () => jwt(Date.now() / 1000 + 45));
  const expiry = ({ init }: Asked): number => {
    const token = new Headers(init.headers).get('authorization') ?? '';
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).exp * 1000;
  };
  const later = Date.now() + 50_000;
  const { asked, fetch } = localServer((one) =>
    expiry(one) < Date.now()
      ? json({}, 401)
      : Date.now() < later
        ? json({}, 202, { 'retry-after': '8' })
        : json(answer()),
  );
  const client = createClient({ src, fetch, fetchToken: tokens, timeoutMs: 60_000 });
  expect(counted(await settled(client.query(question)))).toBe(20);
  expect(tokens.mock.calls.length).toBeGreaterThan(1);
  expect(asked.every((one) => expiry(one) > 0)).toBe(true);
});

test('one that is withdrawn is renewed once for the whole batch', async () => {
  const tokens = vi.fn<() => Promise<string>>().mockResolvedValueOnce('old').mockResolvedValue('new');
  const { asked, fetch } = localServer((one) =>
    new Headers(one.init.headers).get('authorization') === 'Bearer new' ? counting(one) : json({}, 401),
  );
  const client = createClient({ src, fetch, fetchToken: tokens });
  const envelopes = await Promise.all(['1', '2'].map((period) => client.query(of(period))));
  expect(envelopes.map(counted)).toEqual([1, 2]);
  expect([asked.length, tokens.mock.calls.length]).toEqual([2, 2]);
});

test('one that is refused to several requests is renewed once, whatever the order of the refusals', async () => {
  let asked = 0;
  const tokens = async () => `t${++asked}`;
  const late = (ms: number, reply: Response) => new Promise<Response>((done) => setTimeout(() => done(reply), ms));
  let [good, wait] = ['t1', 0];
  const { fetch } = localServer((one) => {
    const isGood = new Headers(one.init.headers).get('authorization') === `Bearer ${good}`;
    return late((wait += 10), isGood ? counting(one) : json({}, 401));
  });
  const client = createClient({ src, fetch, fetchToken: tokens });
  await settled(client.query(of('0')));
  good = 't2';
  const queries = [];
  for (const period of ['1', '2', '3']) {
    queries.push(client.query(of(period)));
    await vi.advanceTimersByTimeAsync(1);
  }
  expect((await settled(Promise.all(queries))).map(counted)).toEqual([1, 2, 3]);
  expect(asked).toBe(2);
});

test('a page that never gives one is asked again later, for questions and commands', async () => {
  const tokens = vi.fn<() => Promise<string>>().mockReturnValueOnce(new Promise(() => undefined));
  tokens.mockResolvedValue('t');
  const { fetch } = localServer(json(answer()));
  const client = createClient({ src, fetch, fetchToken: tokens, timeoutMs: 12_000 });
  const command = { v: 1, commandId: 'c', expectedVersion: 0, type: 't', target: 'x', payload: {} } as const;
  const [first, outcome] = await settled(Promise.all([client.query(question), client.command(command)]));
  expect(first).toMatchObject({ code: 'timeout' });
  expect(outcome).toMatchObject({ status: 'refused' });
  expect(counted(await settled(client.query(question, { fresh: true })))).toBe(20);
  expect(tokens).toHaveBeenCalledTimes(2);
});

test('a command with a token that is over is sent once more with a new one', async () => {
  const tokens = vi.fn<() => Promise<string>>().mockResolvedValueOnce('old').mockResolvedValue('new');
  const { asked, fetch } = localServer(({ init }) =>
    new Headers(init.headers).get('authorization') === 'Bearer new' ? json({ version: 1 }) : json({}, 401),
  );
  const command = { v: 1, commandId: 'c', expectedVersion: 0, type: 't', target: 'x', payload: {} } as const;
  const client = createClient({ src, fetch, fetchToken: tokens });
  expect(await client.command(command)).toEqual({ status: 'done', version: 1 });
  expect(asked.map(({ init }) => JSON.parse(String(init.body)).commandId)).toEqual(['c', 'c']);
  const refusing = localServer(json({ message: 'who are you' }, 401));
  const denied = createClient({ src, fetch: refusing.fetch, fetchToken: tokens });
  expect(await denied.command(command)).toMatchObject({ status: 'refused', message: 'who are you' });
  expect(refusing.asked).toHaveLength(2);
});

test('another person gets neither the answers nor the token of the one before', async () => {
  const tokens = vi.fn<() => Promise<string>>().mockResolvedValueOnce('ana').mockResolvedValue('ben');
  const { asked, fetch } = localServer(silence, json(answer(2)), new TypeError('Failed to fetch'));
  const client = createClient({ src, fetch, fetchToken: tokens, retries: 0 });
  const first = client.query(question);
  await vi.advanceTimersByTimeAsync(10);
  client.clear();
  expect(counted(await client.query(question))).toBe(2);
  expect(asked.map(({ init }) => new Headers(init.headers).get('authorization'))).toEqual(['Bearer ana', 'Bearer ben']);
  expect(await settled(first)).toMatchObject({ code: 'timeout' });
  client.clear();
  expect(await client.query(question)).toMatchObject({ status: 'error', code: 'unreachable' });
});
